import type { LaneModel, LaneSeries, LaneShade } from '../lane-model.ts';
import type { LaneContext, VisiblePolicy } from '../lane-options.ts';
import { formatSeconds } from '../quantity.ts';
import { columnsOf, largestOf, mainSeries, sideSeries } from './policy-lines.ts';

const measures = [
  { key: 'p95', name: 'p95 latency', column: 'latencyP95' },
  { key: 'p99', name: 'p99 latency', column: 'latencyP99' },
  { key: 'p50', name: 'p50 latency', column: 'latencyP50' },
  { key: 'mean', name: 'Mean latency', column: 'latencyMean' },
] as const;

/** Latency at the quantile the objective is stated for (p95 when there is none), its violations shaded. */
export function latencyLane(context: LaneContext): LaneModel {
  const slo = context.options.slo;
  const measure = measures.find(({ key }) => slo?.[key] !== undefined) ?? measures[0];
  const limit = slo?.[measure.key];
  const mains = context.policies.map((policy) =>
    mainSeries(context, policy, {
      label: measure.key,
      values: columnsOf(policy)[measure.column],
      ...(measure.column === 'latencyP95' ? { band: 'latencyP95' as const } : {}),
    }),
  );
  const sides: LaneSeries[] = [];
  for (const policy of context.policies) {
    if (!policy.focused) continue;
    for (const side of measures) {
      if (side.key === measure.key || side.key === 'mean') continue;
      sides.push(sideSeries(policy, side.key, columnsOf(policy)[side.column], { line: 'dotted', opacity: 0.65 }));
    }
  }
  const largest = Math.max(limit ?? 0, largestOf(mains.map((main) => main.series.values)));
  const [unit, axisFactor] =
    largest > 600 ? ['minutes', 1 / 60] : largest >= 1 || largest === 0 ? ['seconds', 1] : ['milliseconds', 1000];
  return {
    id: 'latency',
    name: measure.name,
    unit,
    quantity: 'seconds',
    currency: '',
    axisFactor,
    weight: 1.15,
    series: [...sides, ...mains.map((main) => main.series)],
    readings: mains.map((main) => main.reading),
    marks: [],
    shades: limit === undefined ? [] : context.policies.flatMap((policy) => violations(policy, measure.column, limit)),
    ceiling: null,
    objective: limit === undefined ? null : { value: limit, label: `SLO ${formatSeconds(limit)}` },
    emptyText: 'No request completed in this window.',
  };
}

/** Stretches of rows above the limit, neighbours joined. */
function violations(policy: VisiblePolicy, column: (typeof measures)[number]['column'], limit: number): LaneShade[] {
  const { time } = columnsOf(policy);
  const values = columnsOf(policy)[column];
  const interval = policy.result.example.recordingInterval;
  const shades: LaneShade[] = [];
  let start = NaN;
  for (let i = 0; i <= values.length; i++) {
    const above = i < values.length && values[i]! > limit;
    if (above && Number.isNaN(start)) start = time[i]!;
    if (!above && !Number.isNaN(start)) {
      shades.push({ meaning: 'violation', policy: policy.name, start, end: time[i - 1]! + interval });
      start = NaN;
    }
  }
  return shades;
}
