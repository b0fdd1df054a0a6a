import type { LaneModel } from '../lane-model.ts';
import type { LaneContext, VisiblePolicy } from '../lane-options.ts';
import { countLane } from './count-lane.ts';
import { columnsOf } from './policy-lines.ts';

/** Alerts that fire at once, of replication 0; no lane without rules. */
export function alertsLane(context: LaneContext): LaneModel | null {
  if (context.policies.every(({ result }) => result.example.alerts.length === 0)) return null;
  return countLane(context, {
    id: 'alerts',
    name: 'Alerts',
    unit: 'firing',
    weight: 0.7,
    label: 'firing',
    values: firingAtOnce,
    emptyText: 'No alert could be judged in this window.',
  });
}

/** How many rules fire at some time within each row; firings begin and end where rows do. */
function firingAtOnce(policy: VisiblePolicy): Float64Array {
  const { alerts, recordingInterval } = policy.result.example;
  const { time } = columnsOf(policy);
  const counts = new Float64Array(time.length);
  for (const { firings } of alerts) {
    for (const { from, to } of firings) {
      const first = Math.max(0, Math.floor((from - (time[0] ?? 0)) / recordingInterval));
      for (let row = first; row < time.length && time[row]! < to; row++) {
        if (time[row]! + recordingInterval > from) counts[row]! += 1;
      }
    }
  }
  return counts;
}
