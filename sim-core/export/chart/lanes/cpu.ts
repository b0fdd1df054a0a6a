import type { LaneModel, LaneSeries } from '../lane-model.ts';
import type { LaneContext } from '../lane-options.ts';
import { columnsOf, hasData, mainSeries, sideSeries } from './policy-lines.ts';

/**
 * CPU as the autoscaler saw it, late and averaged; what was really used beside it for policies shown in detail.
 * A policy that never looks (a static one, say) shows what was used.
 */
export function cpuLane(context: LaneContext): LaneModel {
  const looks = context.policies.map((policy) => hasData(columnsOf(policy).cpuSeen));
  const mains = context.policies.map((policy, i) =>
    looks[i]
      ? mainSeries(context, policy, { label: 'seen', values: columnsOf(policy).cpuSeen })
      : mainSeries(context, policy, {
          label: 'used',
          values: columnsOf(policy).cpuUtilisation,
          band: 'cpuUtilisation',
        }),
  );
  const sides: LaneSeries[] = [];
  context.policies.forEach((policy, i) => {
    if (policy.detailed && looks[i]) {
      sides.push(sideSeries(policy, 'used', columnsOf(policy).cpuUtilisation, { line: 'dotted' }));
    }
  });
  return {
    id: 'cpu',
    name: looks.length === 0 || looks.includes(true) ? 'CPU seen' : 'CPU used',
    unit: 'of request',
    quantity: 'fraction',
    currency: '',
    axisFactor: 1,
    weight: 0.95,
    series: [...sides, ...mains.map((main) => main.series)],
    readings: mains.map((main) => main.reading),
    marks: [],
    shades: [],
    ceiling: null,
    objective: null,
    emptyText: 'No CPU sample in this window.',
  };
}
