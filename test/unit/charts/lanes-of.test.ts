import { describe, expect, test } from 'vitest';
import { lanesOf, overviewOf } from '../../../sim-core/export/chart/lanes-of.ts';
import type { LaneOptions } from '../../../sim-core/export/chart/lane-options.ts';
import type { LaneId, LaneModel } from '../../../sim-core/export/chart/lane-model.ts';
import { assignColours } from '../../../sim-core/export/chart/palette.ts';
import { syntheticComparison } from '../../support/synthetic-comparison.ts';

const names = ['live', 'eager', 'lazy'];
const comparison = syntheticComparison({ rows: 240, interval: 60, policies: names });
const colours = assignColours(names, 'live');

function lane(id: LaneId, options: Partial<LaneOptions> = {}, of = comparison): LaneModel {
  return lanesOf(of, { colours, ...options }).find((found) => found.id === id)!;
}

const labels = (model: LaneModel): string[] => model.series.map(({ policy, label }) => `${policy ?? '*'} ${label}`);

test('the lanes stand in their order', () => {
  expect(lanesOf(comparison, { colours }).map(({ id }) => id)).toEqual([
    'demand',
    'replicas',
    'latency',
    'backlog',
    'cpu',
    'cost',
  ]);
});

test('hidden policies leave every lane; with none left there are no lanes, and the overview stays', () => {
  const shown = lanesOf(comparison, { colours, hiddenPolicies: new Set(['eager']) });
  for (const model of shown) for (const { policy } of model.readings) expect(policy).not.toBe('eager');
  expect(lanesOf(comparison, { colours, hiddenPolicies: new Set(names) })).toEqual([]);
  expect(overviewOf(comparison)!.values).toHaveLength(240);
});

test('the baseline is drawn first, beneath the others', () => {
  const swapped = { ...comparison, baseline: 'lazy' };
  expect(lane('backlog', {}, swapped).series.map(({ policy }) => policy)).toEqual(['lazy', 'live', 'eager']);
});

test('demand is what customers offered: arrivals without retries, a second', () => {
  const { example } = comparison.policies[0]!;
  const retried = {
    ...comparison,
    policies: [
      {
        ...comparison.policies[0]!,
        example: { ...example, columns: { ...example.columns, retries: new Float64Array(240).fill(60) } },
      },
    ],
  };
  const [offered] = lane('demand', {}, retried).series;
  expect(offered!.values[5]).toBeCloseTo(example.columns.arrivals[5]! / 60 - 1, 9);
  expect(offered!.band, 'the band of attempts is not one of demand').toBeNull();
  expect(lane('demand').series[0]!.band!.upper[5]).toBeCloseTo((example.columns.arrivals[5]! / 60) * 1.06, 9);
});

describe('lanes for what not every scenario has', () => {
  const one = comparison.policies[0]!;
  const withExample = (changes: Partial<typeof one.example>) => ({
    ...comparison,
    policies: [{ ...one, example: { ...one.example, ...changes } }],
  });

  test('nodes, where replicas need room', () => {
    expect(lane('nodes')).toBeUndefined();
    const columns = { ...one.example.columns, nodes: new Float64Array(240).fill(3) };
    expect(lane('nodes', {}, withExample({ columns })).series[0]!.values[7]).toBe(3);
  });

  test('alerts: how many rules fire in each row', () => {
    expect(lane('alerts')).toBeUndefined();
    const rule = { name: 'slow', severity: 'critical', falseAlarms: 0, breaks: 0, caught: 0, leadTimes: [] } as const;
    const firings = [
      { from: 120, to: 300 },
      { from: 14_340, to: 14_400 },
    ];
    const alerts = [
      { ...rule, firings },
      { ...rule, name: 'busy', firings: [{ from: 240, to: 360 }] },
    ];
    const { values } = lane('alerts', {}, withExample({ alerts })).series[0]!;
    expect(Array.from(values.subarray(0, 8))).toEqual([0, 0, 1, 1, 2, 1, 0, 0]);
    expect(values[239]).toBe(1);
  });
});

describe('detail', () => {
  test('replicas that waited for a node are drawn where there were any', () => {
    const one = comparison.policies[0]!;
    const unplaced = new Float64Array(240).fill(2, 30, 40);
    const columns = { ...one.example.columns, unplaced };
    const short = { ...comparison, policies: [{ ...one, example: { ...one.example, columns } }] };
    expect(labels(lane('replicas', {}, short))).toEqual(['live desired', 'live without a node', 'live ready']);
    expect(labels(lane('replicas', {}, { ...comparison, policies: [one] }))).toEqual(['live desired', 'live ready']);
  });

  test('many policies show their main lines only', () => {
    expect(labels(lane('replicas'))).toEqual(['live ready', 'eager ready', 'lazy ready']);
  });

  test('the focused policy shows what it desired, served and used, and its other quantiles', () => {
    const options = { focus: 'eager' };
    expect(labels(lane('replicas', options))).toContain('eager desired');
    expect(labels(lane('latency', options))).toEqual(expect.arrayContaining(['eager p50', 'eager p99']));
    expect(labels(lane('cpu', options))).toContain('eager used');
    expect(labels(lane('demand', options))).toContain('eager served');
  });

  test('two policies both show desired and needed', () => {
    const needed = new Map([['live', new Float64Array(240).fill(7)]]);
    const options = { hiddenPolicies: new Set(['lazy']), needed };
    expect(labels(lane('replicas', options))).toEqual([
      'live desired',
      'live needed',
      'eager desired',
      'live ready',
      'eager ready',
    ]);
  });
});

test('marks stand where a decision changed the count, at the replicas that were ready', () => {
  const { decisions, columns } = comparison.policies[1]!.example;
  const changes = decisions.filter(({ applied, current }) => applied !== current);
  const marks = lane('replicas').marks[1]!;
  expect(marks.map(({ time, from, to }) => [time, from, to])).toEqual(
    changes.map(({ time, current, applied }) => [time, current, applied]),
  );
  const [first] = marks;
  expect(first!.direction).toBe(first!.to > first!.from ? 'up' : 'down');
  expect(first!.value).toBe(columns.ready[first!.time / 60]);
});

test('without a decision log the desired column tells', () => {
  const [policy] = comparison.policies;
  const silent = { ...comparison, policies: [{ ...policy!, example: { ...policy!.example, decisions: [] } }] };
  expect(lane('replicas', {}, silent).marks[0]!.map(({ time }) => time)).toEqual(
    lane('replicas').marks[0]!.map(({ time }) => time),
  );
});

describe('latency', () => {
  test('its objective is a line, and the rows above it are shaded, neighbours joined', () => {
    const model = lane('latency', { slo: { p95: 0.5 } });
    const values = comparison.policies[0]!.example.columns.latencyP95;
    const above = [...values].filter((value) => value > 0.5).length;
    const shaded = model.shades.filter(({ policy }) => policy === 'live');
    expect(model.objective).toEqual({ value: 0.5, label: 'SLO 500 ms' });
    expect(above).toBeGreaterThan(0);
    expect(shaded.reduce((sum, { start, end }) => sum + (end - start), 0)).toBe(above * 60);
    expect(shaded.length).toBeLessThan(above);
  });

  test('is shown at the quantile its objective is stated for', () => {
    expect(lane('latency', { slo: { p99: 1 } })).toMatchObject({ name: 'p99 latency', objective: { value: 1 } });
    expect(lane('latency')).toMatchObject({ name: 'p95 latency', objective: null, shades: [] });
  });

  test('takes the unit its largest value suits', () => {
    expect(lane('latency', { hiddenPolicies: new Set(['live', 'eager']) }).unit).toBe('milliseconds');
    expect(lane('latency').unit).toBe('seconds');
  });
});

test('a policy that never looks at the CPU shows what was used', () => {
  const [policy] = comparison.policies;
  const columns = { ...policy!.example.columns, cpuSeen: new Float64Array(240).fill(NaN) };
  const blind = { ...comparison, policies: [{ ...policy!, example: { ...policy!.example, columns } }] };
  const model = lane('cpu', {}, blind);
  expect(model.name).toBe('CPU used');
  expect(model.readings[0]!.values).toBe(columns.cpuUtilisation);
});

test('cost sums what is billed at its price; without one it counts replica-hours', () => {
  const seconds = comparison.policies[0]!.example.columns.replicaSeconds.reduce((sum, value) => sum + value, 0);
  const priced = lane('cost', { cost: { perReplicaHour: 0.12, currency: 'EUR' } });
  expect(priced).toMatchObject({ quantity: 'money', currency: 'EUR', unit: 'EUR, so far' });
  expect(priced.series[0]!.values.at(-1)).toBeCloseTo((seconds / 3600) * 0.12, 9);
  expect(lane('cost').series[0]!.values.at(-1)).toBeCloseTo(seconds / 3600, 9);
});

test('nodes with a price are in the cost lane', () => {
  const prices = { perReplicaHour: 0, perNodeHour: 1, currency: 'EUR' };
  const [one] = comparison.policies;
  const columns = { ...one!.example.columns, nodes: new Float64Array(240).fill(3) };
  const three = { ...comparison, policies: [{ ...one!, example: { ...one!.example, columns } }] };
  const model = lane('cost', { cost: prices }, three);
  expect(model).toMatchObject({ name: 'Cost', unit: 'EUR, so far' });
  // Three nodes for 240 minutes.
  expect(model.series[0]!.values.at(-1)).toBeCloseTo(12, 9);
});

test('bands are mean ± half-width, never below zero; one replication has none', () => {
  const [policy] = comparison.policies;
  const wide = { mean: Float64Array.of(2, 1, NaN), halfWidth: Float64Array.of(0.5, 3, NaN) };
  const bands = { ...policy!.bands, ready: wide };
  const band = lane('replicas', {}, { ...comparison, policies: [{ ...policy!, bands }] }).series.find(
    ({ label }) => label === 'ready',
  )!.band!;
  expect([...band.lower]).toEqual([1.5, 0, NaN]);
  expect([...band.upper]).toEqual([2.5, 4, NaN]);
  const single = syntheticComparison({ rows: 20, policies: names, replications: 1 });
  for (const model of lanesOf(single, { colours })) for (const series of model.series) expect(series.band).toBeNull();
});

test('lines show replication 0, or the mean on request', () => {
  const [policy] = comparison.policies;
  const mean = new Float64Array(240).fill(9.5);
  const bands = { ...policy!.bands, ready: { mean, halfWidth: new Float64Array(240).fill(0.1) } };
  const averaged = { ...comparison, policies: [{ ...policy!, bands }] };
  expect(lane('replicas', {}, averaged).readings[0]!.values).toBe(policy!.example.columns.ready);
  expect(lane('replicas', { lines: 'mean' }, averaged).readings[0]!.values).toBe(mean);
});

test('a candidate beyond the distinct colours is dashed', () => {
  const many = Array.from({ length: 11 }, (_, i) => `p${i}`);
  const model = lanesOf(syntheticComparison({ rows: 20, policies: many }), { colours: assignColours(many, 'p0') }).find(
    ({ id }) => id === 'backlog',
  )!;
  expect(model.series.map(({ line }) => line)).toEqual([...Array<string>(9).fill('solid'), 'dashed', 'dashed']);
});
