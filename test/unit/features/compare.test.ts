import { describe, expect, it } from 'vitest';
import type { PolicyResult } from '../../../sim-core/index.ts';
import { bestOf } from '../../../renderer/features/compare/best.ts';
import { summaryNames } from '../../../sim-core/index.ts';
import { settingRows } from '../../../renderer/features/compare/configuration.ts';
import { parallelAxes } from '../../../renderer/features/compare/parallel-axes.ts';
import { judgement, metricGroupsOf, metricsOf, significance } from '../../../renderer/features/compare/metrics.ts';
import { verdictOf } from '../../../renderer/features/compare/Verdict.tsx';

const metric = (key: string) => metricsOf('USD').find((candidate) => candidate.key === key)!;

describe('differences', () => {
  it('count only when their interval excludes zero', () => {
    expect(significance({ mean: -3, halfWidth: 2 })).toBe(-1);
    expect(significance({ mean: -3, halfWidth: 3 })).toBe(0);
    expect(significance({ mean: -3, halfWidth: NaN })).toBe(0);
    expect(significance({ mean: 0, halfWidth: 0 })).toBe(0);
  });

  it('are better or worse by what is wished of the metric', () => {
    expect(judgement(metric('sloAttainment'), { mean: 0.02, halfWidth: 0.01 })).toBe('better');
    expect(judgement(metric('latencyP95'), { mean: 0.02, halfWidth: 0.01 })).toBe('worse');
    expect(judgement(metric('cost'), { mean: 0.02, halfWidth: 0.05 })).toBe('unsure');
  });

  it('print in the unit of the value they stand below', () => {
    expect(metric('latencyP95').print(0.431)).toBe('431 ms');
    expect(metric('latencyP95').printDifference({ mean: -0.181, halfWidth: 0.015 }, 0.431)).toBe('−181 ± 15');
    expect(metric('sloAttainment').printDifference({ mean: 0.0266, halfWidth: 0.0018 }, 0.9978)).toBe('+2.66 ± 0.18');
    expect(metric('cost').printDifference({ mean: 4.48, halfWidth: NaN }, 30.23)).toBe('+4.48');
    expect(metric('latencyP95').printDifference({ mean: 66, halfWidth: 12 }, 127.2)).toBe('+1.10 ± 0.20');
  });

  it('keep their digits calm: no more than the mean shows, but never nothing', () => {
    expect(metric('cost').printHalfWidth(0.0048, 2.42)).toBe('0.005');
    expect(metric('cost').printHalfWidth(0.00001, 2.42)).toBe('0');
    expect(metric('sloAttainment').print(1)).toBe('100 %');
    expect(metric('sloAttainment').printDifference({ mean: 0.0214, halfWidth: 0 }, 1)).toBe('+2.14 ± 0');
    expect(metric('flaps').print(0.6667)).toBe('0.7');
    expect(metric('latencyP95').print(NaN)).toBe('–');
  });
});

describe('the best', () => {
  const policy = (name: string, values: readonly number[]) =>
    ({
      policy: name,
      summary: { latencyP95: { mean: values.reduce((sum, value) => sum + value, 0) / values.length, halfWidth: 0 } },
      replications: values.map((latencyP95) => ({ latencyP95 })),
    }) as unknown as PolicyResult;
  const p95 = { key: 'latencyP95', better: 'lower' } as const;

  it('is named when its paired difference to every other excludes zero', () => {
    expect(bestOf([policy('a', [1.0, 1.2, 1.1]), policy('b', [0.5, 0.7, 0.6])], p95)).toBe('b');
  });

  it('is not named when two cannot be told apart', () => {
    expect(
      bestOf([policy('a', [1.0, 1.2, 1.1]), policy('b', [0.5, 0.7, 0.6]), policy('c', [0.7, 0.5, 0.61])], p95),
    ).toBeNull();
  });

  it('is not named from one replication, from unequal ones, or without a rival', () => {
    expect(bestOf([policy('a', [1]), policy('b', [0.5])], p95)).toBeNull();
    expect(bestOf([policy('a', [1, 2]), policy('b', [0.5, 0.6, 0.4])], p95)).toBeNull();
    expect(bestOf([policy('a', [1, 2])], p95)).toBeNull();
  });
});

describe('the verdict', () => {
  const result = (met: boolean, stable: boolean, stopped = false) =>
    verdictOf({
      slo: { met, misses: met ? [] : ['p95 is 612 ms, not 500 ms.'] },
      stability: { stable, reasons: ['14 flaps.'] },
      example: { stoppedEarly: stopped ? { at: 60, reason: 'Stopped.' } : null },
    } as unknown as PolicyResult);

  it('names what is wrong, all of it', () => {
    expect(result(true, true)).toMatchObject({ word: 'stable', wrong: false });
    expect(result(true, false)).toMatchObject({ word: 'flaps', wrong: true });
    expect(result(false, true)).toMatchObject({
      word: 'SLO not met',
      reasons: ['p95 is 612 ms, not 500 ms.', '14 flaps.'],
    });
    expect(result(false, false)).toMatchObject({ word: 'SLO not met', also: 'and flaps' });
    expect(result(true, true, true)).toMatchObject({ word: 'stopped early', wrong: true });
  });
});

describe('the groups of metrics', () => {
  it('hold every number of a summary once, and print what is endless or missing', () => {
    const metrics = metricGroupsOf('EUR').flatMap((group) => group.metrics);
    expect(metrics.map(({ key }) => key).sort()).toEqual([...summaryNames].sort());
    for (const { print } of metrics) {
      expect(print(NaN)).toBe('–');
      expect(print(Infinity)).toBe('∞');
      expect(print(0)).toMatch(/^(€ )?0/);
    }
  });
});

describe('the settings of several policies', () => {
  const rows = settingRows([
    { name: 'a', controller: { hpa: { maxReplicas: 20, metrics: [{ target: 60 }] } } },
    { name: 'b', controller: { hpa: { maxReplicas: 20, metrics: [{ target: 70 }] } }, guards: { cooldown: '5m' } },
  ]);
  it('are every value under its path, and tell what differs', () => {
    expect(rows).toEqual([
      { path: 'controller.hpa.maxReplicas', values: ['20', '20'], differs: false },
      { path: 'controller.hpa.metrics[0].target', values: ['60', '70'], differs: true },
      { path: 'guards.cooldown', values: [undefined, '5m'], differs: true },
    ]);
  });
});

describe('parallel coordinates', () => {
  const policy = (p95: number, met: number) =>
    ({ summary: { latencyP95: { mean: p95, halfWidth: 0 }, sloAttainment: { mean: met, halfWidth: 0 } } }) as never;
  it('have better above worse, whatever is better, and no axis without a number', () => {
    const policies = [policy(0.2, 0.9), policy(0.4, 1), policy(NaN, 0.95)];
    const axes = parallelAxes(policies, [metric('latencyP95'), metric('sloAttainment')]);
    expect(axes.map(({ best, worst }) => [best, worst])).toEqual([
      [0.2, 0.4],
      [1, 0.9],
    ]);
    expect([0.2, 0.3, 0.4, NaN].map((value) => axes[0]!.placeOf(value))).toEqual([
      1,
      expect.closeTo(0.5),
      expect.closeTo(0),
      null,
    ]);
    expect(parallelAxes([policy(NaN, 1)], [metric('latencyP95')])).toEqual([]);
  });
});
