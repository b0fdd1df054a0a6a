import { describe, expect, it } from 'vitest';
import { importTrace, type ImportMapping, type TraceColumn } from '../../../sim-core/index.ts';
import { labelsOf, printLabels } from '../../../renderer/features/drop/label-text.ts';
import { qualityFacts } from '../../../renderer/features/drop/quality-facts.ts';
import { gapsOf } from '../../../renderer/features/drop/Sparkline.tsx';
import {
  roleChoices,
  saysColumn,
  unitChoices,
  withCounter,
  withoutColumn,
  withRole,
  withUnit,
} from '../../../renderer/features/drop/trace-settings.ts';

const header = 'timestamp,rps,hits,cpu,took_ms,note';
const table = [
  header,
  ...Array.from({ length: 9 }, (_, i) => `2026-01-01T00:0${i}:00Z,${10 + i},${600 * (i + 1)},${i / 10},${80 + i},x`),
].join('\n');

const matrix = JSON.stringify({
  status: 'success',
  data: {
    resultType: 'matrix',
    result: ['cart', 'search'].map((job, k) => ({
      metric: { job },
      values: [0, 30, 60].map((at) => [1_767_225_600 + at, String(5 * (k + 1))]),
    })),
  },
});

const read = (text: string, mapping: ImportMapping = {}) => importTrace('t', new TextEncoder().encode(text), mapping);

const columnsOf = (text: string, mapping: ImportMapping = {}): readonly TraceColumn[] =>
  read(text, mapping).report!.columns;

const named = (columns: readonly TraceColumn[], name: string): TraceColumn =>
  columns.find((column) => column.name.includes(name))!;

const rolesOf = (columns: readonly TraceColumn[]): Record<string, string> =>
  Object.fromEntries(columns.map(({ name, role }) => [name, role]));

describe('a role given to a column', () => {
  it.each([
    ['hits', 'demand', { hits: 'demand', rps: 'other' }],
    ['cpu', 'memory', { cpu: 'memory', rps: 'demand' }],
    ['rps', 'unused', { rps: 'unused' }],
    ['cpu', 'demand', { cpu: 'demand', rps: 'other' }],
    ['took_ms', 'duration', { took_ms: 'duration' }],
    ['timestamp', 'unused', { timestamp: 'unused', rps: 'demand' }],
  ] as const)('%s as %s is read so', (name, role, expected) => {
    const columns = columnsOf(table);
    const column = named(columns, name);
    const mapping = withRole({}, column, role, columns);
    expect(saysColumn(mapping, column)).toBe(true);
    const { report } = read(table, mapping);
    expect(rolesOf(report!.columns)).toMatchObject(expected);
    expect(withoutColumn(mapping, column)).toEqual({});
  });

  it('takes the place of the one before, and forgets what the demand before counted', () => {
    const columns = columnsOf(table);
    const rps = withUnit({}, named(columns, 'rps'), 'requests/min');
    expect(rps).toEqual({ unit: 'requests/min' });
    const hits = withRole(rps, named(columns, 'hits'), 'demand', columns);
    expect(hits).toEqual({ column: 'hits' });
    const took = withRole(hits, named(columns, 'took_ms'), 'duration', columns);
    expect(took).toEqual({ duration: 'took_ms', kind: 'timestamps' });
    expect(withRole(took, named(columns, 'rps'), 'demand', columns)).toEqual({ column: 'rps' });
  });

  it('chooses one of several series by its labels', () => {
    const columns = columnsOf(matrix);
    expect(columns.some(({ isDemand }) => isDemand)).toBe(false);
    const mapping = withRole({}, named(columns, 'search'), 'demand', columns);
    expect(mapping).toEqual({ series: { job: 'search' } });
    const chosen = read(matrix, mapping);
    expect([...chosen.series!.rate]).toEqual([10, 10, 10]);
    expect(named(chosen.report!.columns, 'search')).toMatchObject({ isDemand: true });
    // The other can still be turned to.
    const other = withRole(mapping, named(chosen.report!.columns, 'cart'), 'demand', chosen.report!.columns);
    expect([...read(matrix, other).series!.rate]).toEqual([5, 5, 5]);
  });
});

describe('what a column counts', () => {
  it('can be said of each, and taken back', () => {
    const columns = columnsOf(table);
    const cpu = named(columns, 'cpu');
    expect(unitChoices(cpu)).toContain('%');
    const mapping = withUnit({}, cpu, '%');
    expect(named(columnsOf(table, mapping), 'cpu').unit).toBe('%');
    expect(read(table, mapping).recorded.find(({ name }) => name === 'cpu')!.values[4]).toBeCloseTo(0.004);
    expect(withUnit(mapping, cpu, '')).toEqual({});
    const time = named(columns, 'timestamp');
    expect(withUnit({}, time, 'ms')).toEqual({ timeUnit: 'ms' });
  });

  it('can be a count since some start', () => {
    const columns = columnsOf(table);
    const demand = withRole({}, named(columns, 'hits'), 'demand', columns);
    const { series, report } = read(table, withCounter(demand, named(columnsOf(table, demand), 'hits'), true));
    expect([...series!.rate]).toEqual(Array.from({ length: 8 }, () => 10));
    expect(unitChoices(named(report!.columns, 'hits'))).toEqual([]);
  });
});

describe('what stands in the panel', () => {
  it('is a choice only where the file leaves one', () => {
    expect(roleChoices(named(columnsOf(table), 'note'))).toEqual(['time', 'unused']);
    const log = '10.0.0.1 - - [27/Nov/2026:09:00:00 +0000] "GET / HTTP/1.1" 200 512\n'.repeat(3);
    for (const column of columnsOf(log)) expect(roleChoices(column)).toEqual([column.role]);
  });

  it('counts what there is none of, too', () => {
    const text = 'time,rps\n0,1\n60,\n120,3\n120,4\n300,2\n';
    const facts = qualityFacts(read(text, { duplicates: 'last' }).report!);
    const counts = Object.fromEntries(facts.map(({ name, text: said }) => [name, said]));
    expect(counts).toMatchObject({ Gaps: '2', 'Without a value': '1', 'Same time': '1', Negative: '0' });
    expect(facts.find(({ name }) => name === 'Negative')!.clean).toBe(true);
    expect(counts['Not in the demand']).toBe('1');
  });

  it('shows where values are missing', () => {
    const { series } = read('time,rps\n0,1\n60,\n120,3\n180,4\n420,2\n');
    expect(gapsOf(series!, 480)).toEqual([
      [0.125, 0.25],
      [0.5, 0.875],
    ]);
  });

  it('reads labels as they are written', () => {
    expect(labelsOf('job=cart, path="/a=b"')).toEqual({ job: 'cart', path: '/a=b' });
    expect(labelsOf(' ')).toBeUndefined();
    expect(() => labelsOf('cart')).toThrow('label=value');
    expect(printLabels({ job: 'cart', code: '200' })).toBe('job=cart, code=200');
  });
});
