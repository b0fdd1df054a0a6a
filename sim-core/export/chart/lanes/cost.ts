import type { LaneModel } from '../lane-model.ts';
import type { LaneContext } from '../lane-options.ts';
import { columnsOf, mainSeries } from './policy-lines.ts';

/**
 * What the replicas have cost so far, by the second; without a price, the replica-hours.
 * Billing by started hours and the price of violations belong to the whole run and stand in its summary.
 */
export function costLane(context: LaneContext): LaneModel {
  const price = context.options.cost?.perReplicaHour ?? 0;
  const perSecond = (price > 0 ? price : 1) / 3600;
  const mains = context.policies.map((policy) =>
    mainSeries(context, policy, { label: 'so far', values: cumulative(columnsOf(policy).replicaSeconds, perSecond) }),
  );
  return {
    id: 'cost',
    name: price > 0 ? 'Cost' : 'Usage',
    unit: price > 0 ? `${context.options.cost!.currency}, so far` : 'replica-hours',
    quantity: price > 0 ? 'money' : 'hours',
    currency: price > 0 ? context.options.cost!.currency : '',
    axisFactor: 1,
    weight: 0.85,
    series: mains.map((main) => main.series),
    readings: mains.map((main) => main.reading),
    marks: [],
    shades: [],
    ceiling: null,
    objective: null,
    emptyText: 'Nothing billed in this window.',
  };
}

function cumulative(replicaSeconds: Float64Array, perSecond: number): Float64Array {
  let sum = 0;
  return replicaSeconds.map((seconds) => (sum += seconds) * perSecond);
}
