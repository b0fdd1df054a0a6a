import type { LaneModel } from '../lane-model.ts';
import type { LaneContext } from '../lane-options.ts';
import { countLane } from './count-lane.ts';
import { columnsOf, largestOf } from './policy-lines.ts';

/** Nodes that are ready; no lane where replicas have room without end. */
export function nodesLane(context: LaneContext): LaneModel | null {
  if (largestOf(context.policies.map((policy) => columnsOf(policy).nodes)) === 0) return null;
  return countLane(context, {
    id: 'nodes',
    name: 'Nodes',
    unit: 'ready',
    weight: 0.8,
    label: 'nodes',
    values: (policy) => columnsOf(policy).nodes,
    emptyText: 'No nodes in this window.',
  });
}
