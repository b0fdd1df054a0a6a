import type { LaneModel } from '../lane-model.ts';
import type { LaneContext } from '../lane-options.ts';
import { columnsOf, largestOf, mainSeries } from './policy-lines.ts';

/** Nodes that are ready; no lane where replicas have room without end. */
export function nodesLane(context: LaneContext): LaneModel | null {
  if (largestOf(context.policies.map((policy) => columnsOf(policy).nodes)) === 0) return null;
  const mains = context.policies.map((policy) =>
    mainSeries(context, policy, { label: 'nodes', values: columnsOf(policy).nodes, step: true }),
  );
  return {
    id: 'nodes',
    name: 'Nodes',
    unit: 'ready',
    // Few and whole, as replicas are.
    quantity: 'replicas',
    currency: '',
    axisFactor: 1,
    weight: 0.8,
    series: mains.map((main) => main.series),
    readings: mains.map((main) => main.reading),
    marks: [],
    shades: [],
    ceiling: null,
    objective: null,
    emptyText: 'No nodes in this window.',
  };
}
