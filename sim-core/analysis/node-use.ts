import type { NodeLife, RunSummary } from '../experiment/result.ts';
import type { RunColumns } from '../kernel/columns.ts';
import type { Scenario } from '../scenario/schema.ts';
import { billedSpan, mostBilled, nodeCost } from './cost.ts';

export type NodeNumbers = Pick<
  RunSummary,
  'nodesMean' | 'nodesMax' | 'nodeHours' | 'nodeCost' | 'unplacedReplicaSeconds'
>;

const withoutNodes: NodeNumbers = {
  nodesMean: NaN,
  nodesMax: NaN,
  nodeHours: NaN,
  nodeCost: NaN,
  unplacedReplicaSeconds: NaN,
};

/**
 * What the nodes under the replicas were within [from, end], each from ready to removed; NaN where there is room without
 * end. Replicas that wait for room are known at the ends of rows: between them a straight line is drawn.
 *
 * @param first row that counts
 * @param durationOf s a row lasts
 */
export function nodeNumbers(
  nodes: readonly NodeLife[],
  cost: Scenario['cost'],
  { from, end }: { readonly from: number; readonly end: number },
  { unplaced }: Pick<RunColumns, 'unplaced'>,
  first: number,
  durationOf: (row: number) => number,
): NodeNumbers {
  if (nodes.length === 0) return withoutNodes;
  const spans = nodes.map(({ readyAt, goneAt }) => billedSpan({ startedAt: readyAt, goneAt }, from, end));
  const seconds = spans.reduce((sum, [start, stop]) => sum + Math.max(0, stop - start), 0);
  let waited = 0;
  for (let row = first; row < unplaced.length; row++) {
    waited += ((unplaced[row]! + (unplaced[row - 1] ?? 0)) / 2) * durationOf(row);
  }
  return {
    nodesMean: end > from ? seconds / (end - from) : NaN,
    nodesMax: mostBilled(spans),
    nodeHours: seconds / 3600,
    nodeCost: nodeCost(nodes, cost, from, end),
    unplacedReplicaSeconds: waited,
  };
}
