import type { LaneMark, LaneModel, LaneSeries } from '../lane-model.ts';
import { rowAt } from '../extremes.ts';
import type { LaneContext, VisiblePolicy } from '../lane-options.ts';
import { columnsOf, largestOf, mainSeries, sideSeries } from './policy-lines.ts';

/**
 * Replicas: ready as steps, with what was desired, what waited for a node (where any did) and what theory needs for the
 * policies shown in detail.
 */
export function replicasLane(context: LaneContext): LaneModel {
  const mains = context.policies.map((policy) => {
    const { ready, desired } = columnsOf(policy);
    return mainSeries(context, policy, { label: 'ready', values: ready, band: 'ready', step: true, next: desired });
  });
  const sides: LaneSeries[] = [];
  for (const policy of context.policies) {
    if (!policy.detailed) continue;
    sides.push(sideSeries(policy, 'desired', columnsOf(policy).desired, { line: 'dashed', step: true }));
    const { unplaced } = columnsOf(policy);
    if (largestOf([unplaced]) > 0)
      sides.push(sideSeries(policy, 'without a node', unplaced, { line: 'solid', step: true }));
    const needed = context.options.needed?.get(policy.name);
    if (needed !== undefined) sides.push(sideSeries(policy, 'needed', needed, { line: 'dotted', step: true }));
  }
  return {
    id: 'replicas',
    name: 'Replicas',
    unit: 'ready',
    quantity: 'replicas',
    currency: '',
    axisFactor: 1,
    weight: 1.3,
    series: [...sides, ...mains.map((main) => main.series)],
    readings: mains.map((main) => main.reading),
    marks: context.policies.map(scalingMarks),
    shades: [],
    ceiling: null,
    objective: null,
    emptyText: 'No replicas in this window.',
  };
}

/** Where a policy asked for more or fewer: from its decisions, or from the desired column when it kept no log. */
function scalingMarks(policy: VisiblePolicy): LaneMark[] {
  const { decisions, columns, recordingInterval } = policy.result.example;
  const { time, desired, ready } = columns;
  const marks: LaneMark[] = [];
  const add = (at: number, from: number, to: number): void => {
    if (to === from || Number.isNaN(to - from)) return;
    const direction = to > from ? 'up' : 'down';
    const value = ready[rowAt(time, recordingInterval, at)] ?? NaN;
    marks.push({
      policy: policy.name,
      slot: policy.slot,
      time: at,
      direction,
      from,
      to,
      value: Number.isNaN(value) ? to : value,
    });
  };
  if (decisions.length > 0) {
    for (const { time: at, current, applied } of decisions) add(at, current, applied);
  } else {
    for (let i = 1; i < desired.length; i++) {
      add(time[i]!, desired[i - 1]!, desired[i]!);
    }
  }
  return marks;
}
