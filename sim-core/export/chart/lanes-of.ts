import type { Comparison } from '../../experiment/result.ts';
import type { LaneModel, OverviewModel } from './lane-model.ts';
import { laneContext } from './lane-options.ts';
import type { LaneContext, LaneOptions } from './lane-options.ts';
import { alertsLane } from './lanes/alerts.ts';
import { backlogLane } from './lanes/backlog.ts';
import { costLane } from './lanes/cost.ts';
import { cpuLane } from './lanes/cpu.ts';
import { demandLane, demandOverview } from './lanes/demand.ts';
import { latencyLane } from './lanes/latency.ts';
import { nodesLane } from './lanes/nodes.ts';
import { replicasLane } from './lanes/replicas.ts';

/**
 * Every lane a comparison can show, in the order they stand; null where there is nothing of the kind. A new lane is one
 * file in lanes/ and one line here.
 */
const builders: readonly ((context: LaneContext) => LaneModel | null)[] = [
  demandLane,
  replicasLane,
  nodesLane,
  latencyLane,
  backlogLane,
  cpuLane,
  costLane,
  alertsLane,
];

export function lanesOf(comparison: Comparison, options: LaneOptions): LaneModel[] {
  const context = laneContext(comparison, options);
  return context.policies.length === 0 ? [] : builders.flatMap((build) => build(context) ?? []);
}

/** The strip with the brush shows demand whichever policies are hidden; null when nothing has run. */
export function overviewOf(comparison: Comparison): OverviewModel | null {
  return demandOverview(laneContext(comparison, { colours: new Map() }));
}
