import { describe, expect, it } from 'vitest';
import { parseScenario } from '../../../sim-core/scenario/parse.ts';
import { smallScenario } from '../../support/small-scenario.ts';

const parse = (replications: string, warmup = '0s') =>
  parseScenario(smallScenario.replace('replications: 3', `replications: ${replications}\nwarmup: ${warmup}`));

describe('replications', () => {
  it.each([
    ['7', 7],
    ['{until: {halfWidth: 5%}}', { until: { metric: 'latencyP95', halfWidth: { share: 0.05 } }, min: 10, max: 200 }],
    [
      '{until: {metric: latencyMean, halfWidth: 10ms}, min: 4, max: 30}',
      { until: { metric: 'latencyMean', halfWidth: { amount: 0.01 } }, min: 4, max: 30 },
    ],
    [
      '{until: {metric: cost, halfWidth: 0.5}}',
      { until: { metric: 'cost', halfWidth: { amount: 0.5 } }, min: 10, max: 200 },
    ],
  ])('%s', (written, read) => expect(parse(written).scenario?.replications).toEqual(read));

  it.each([
    ['0', 'out-of-range', ['replications'], /at least 1/],
    ['{untl: 3}', 'unknown-key', ['replications', 'untl'], /Did you mean `until`/],
    ['{until: {metric: latencyP9, halfWidth: 5%}}', 'bad-value', ['replications', 'until', 'metric'], /latencyP95/],
    ['{until: {metric: cost, halfWidth: 5ms}}', 'bad-unit', ['replications', 'until', 'halfWidth'], /such as 5%/],
    ['{until: {halfWidth: 0%}}', 'bad-unit', ['replications', 'until', 'halfWidth'], /more than zero/],
    ['{until: {halfWidth: 5}, min: 9, max: 8}', 'contradictory-bounds', ['replications', 'min'], /more than `max`/],
  ])('%s is an issue', (written, code, path, message) => {
    const { issues } = parse(written);
    expect(issues).toHaveLength(1);
    expect(issues[0]).toMatchObject({ code, path, message: expect.stringMatching(message) as string });
  });
});

describe('warmup', () => {
  it('is a duration or auto', () => {
    expect(parse('3', '1m').scenario?.warmup).toBe(60);
    expect(parse('3', 'auto').scenario?.warmup).toBe('auto');
    expect(parse('3', 'autp').issues).toMatchObject([{ code: 'bad-unit', path: ['warmup'] }]);
    expect(parse('3', '10m').issues).toMatchObject([{ code: 'contradictory-bounds', path: ['warmup'] }]);
  });
});
