import { describe, expect, it } from 'vitest';
import type { CalibrationEntry } from '../../../sim-core/reality/measure.ts';
import { replayEntries } from '../../../sim-core/reality/measure.ts';

const service = ['services', 'shop'];
const step = {
  of: 'service' as const,
  assumption: '',
  replicaError: 1,
};

describe('entries of a calibration by replay', () => {
  const measured: CalibrationEntry[] = [
    {
      path: [...service, 'serviceTime'],
      was: '300ms',
      becomes: '327ms',
      interval: null,
      method: 'measured',
      points: 8,
    },
  ];
  const changes = [
    {
      ...step,
      path: [...service, 'metrics', 'delay'],
      was: null,
      becomes: '15s',
      asGood: ['15s', '30s'],
      triedValues: [],
    },
    {
      ...step,
      path: [...service, 'serviceTime'],
      was: '327ms',
      becomes: '294ms',
      asGood: ['266ms', '294ms'],
      triedValues: ['327ms', '266ms', '294ms', '0.5s'],
    },
    {
      ...step,
      path: [...service, 'metrics'],
      was: { delay: '15s' },
      becomes: { delay: '30s', window: '15s' },
      asGood: [
        { delay: '30s', window: '15s' },
        { delay: '20s', window: '1m' },
      ],
      triedValues: [
        { delay: '0s', window: '30s' },
        { delay: '30s', window: '15s' },
        { delay: '20s', window: '1m' },
        { delay: '45s', window: '2m' },
      ],
    },
  ];
  const told = replayEntries({ changes, points: 30, engine: 'fluid' }, measured);

  it('are one a number, the last change of each, beside what stood there at first', () => {
    expect(told.map(({ path, was, becomes }) => [path.slice(2).join('.'), was, becomes])).toEqual([
      ['serviceTime', '300ms', '294ms'],
      ['metrics.delay', null, '30s'],
      ['metrics.window', null, '15s'],
    ]);
  });

  it('have an interval each', () => {
    expect(told.map(({ interval }) => interval)).toEqual([
      ['266ms', '327ms'],
      ['20s', '45s'],
      ['15s', '1m'],
    ]);
    expect(told.map(({ method }) => method.split('; ').slice(1))).toEqual([
      ['interval to the next value tried'],
      ['interval to the next value tried'],
      ['interval to the next value tried', 'nothing less was tried'],
    ]);
  });

  it.each([
    [
      'replicas',
      'startup',
      { lognormal: { sigma: 1, p50: '5s' } },
      [{ lognormal: { sigma: 1, p50: '4s' } }, { lognormal: { sigma: 1, p50: '7s' } }],
    ],
    ['resources', 'cpuPerBusySlot', '1.5', ['700m', '2100m']],
    ['metrics', 'delay', '15s', ['0s', '30s']],
  ])('have one from the values beside it where no other did as well: %s.%s', (part, key, becomes, beside) => {
    const path = [...service, part, key];
    const change = { ...step, path, was: null, becomes, asGood: [becomes], triedValues: [...beside, becomes] };
    expect(replayEntries({ changes: [change], points: 30, engine: 'fluid' })[0]!.interval).toEqual(beside);
  });

  it('keep what was measured and not changed', () => {
    const [entry] = replayEntries({ changes: [], points: 30, engine: 'fluid' }, measured);
    expect(entry).toBe(measured[0]);
  });
});
