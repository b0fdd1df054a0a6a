import type { LaneModel } from '../lane-model.ts';
import type { LaneContext } from '../lane-options.ts';
import { costOf, isPriced, nodeSecondsOf } from '../row-cost.ts';
import { columnsOf, mainSeries } from './policy-lines.ts';

/** What replicas and nodes have cost so far, see `costOf`; without a price, the replica-hours. */
export function costLane(context: LaneContext): LaneModel {
  const { cost } = context.options;
  const priced = isPriced(cost);
  const prices = priced ? cost! : { perReplicaHour: 1 };
  const mains = context.policies.map((policy) => {
    const columns = columnsOf(policy);
    const { recordingInterval } = policy.result.example;
    let [replicaSeconds, nodeSeconds] = [0, 0];
    const values = columns.replicaSeconds.map((seconds, row) => {
      replicaSeconds += seconds;
      nodeSeconds += nodeSecondsOf(columns, row, recordingInterval);
      return costOf(replicaSeconds, nodeSeconds, prices);
    });
    return mainSeries(context, policy, { label: 'so far', values });
  });
  return {
    id: 'cost',
    name: priced ? 'Cost' : 'Usage',
    unit: priced ? `${cost!.currency}, so far` : 'replica-hours',
    quantity: priced ? 'money' : 'hours',
    currency: priced ? cost!.currency : '',
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
