import type { LaneModel, LaneSeries, OverviewModel } from '../lane-model.ts';
import { bandOf } from '../lane-options.ts';
import type { LaneContext, VisiblePolicy } from '../lane-options.ts';
import { columnsOf, sideSeries } from './policy-lines.ts';

/** New requests a second: arrivals without retries, the same for every policy. */
function offeredRate(policy: VisiblePolicy): Float64Array {
  const { arrivals, retries } = columnsOf(policy);
  const interval = policy.result.example.recordingInterval;
  return arrivals.map((count, i) => (count - retries[i]!) / interval);
}

/** Demand: what customers offered, in ink, since it belongs to no policy. The focused policy adds what it served. */
export function demandLane(context: LaneContext): LaneModel {
  const first = context.policies[0];
  const series: LaneSeries[] = [];
  if (first !== undefined) {
    const { example } = first.result;
    const retried = example.columns.retries.some((count) => count > 0);
    series.push({
      id: 'offered',
      policy: null,
      label: 'offered',
      slot: 'ink',
      time: example.columns.time,
      interval: example.recordingInterval,
      values: offeredRate(first),
      step: false,
      line: 'solid',
      width: 1.5,
      opacity: 1,
      fill: true,
      // The recorded band counts retries, which are a policy's doing; it is demand's only where there are none.
      band: retried ? null : bandOf(first.result, 'arrivals', 1 / example.recordingInterval),
    });
    for (const policy of context.policies) {
      if (!policy.focused) continue;
      const { completed, arrivals, retries } = columnsOf(policy);
      const interval = policy.result.example.recordingInterval;
      series.push(
        sideSeries(
          policy,
          'served',
          completed.map((count) => count / interval),
          { line: 'solid' },
        ),
      );
      if (retries.some((count) => count > 0)) {
        series.push(
          sideSeries(
            policy,
            'with retries',
            arrivals.map((count) => count / interval),
            { line: 'dotted' },
          ),
        );
      }
    }
  }
  const offered = series[0];
  return {
    id: 'demand',
    name: 'Demand',
    unit: 'requests/s',
    quantity: 'rate',
    currency: '',
    axisFactor: 1,
    weight: 1,
    series,
    readings:
      offered === undefined
        ? []
        : [
            {
              time: offered.time,
              interval: offered.interval,
              values: offered.values,
              policy: null,
              label: 'offered',
              slot: 'ink',
              next: null,
            },
          ],
    marks: [],
    shades: [],
    ceiling: null,
    objective: null,
    emptyText: 'No demand in this window.',
  };
}

/** Demand over the whole horizon, for the strip with the brush. */
export function demandOverview(context: LaneContext): OverviewModel | null {
  const first = context.policies[0];
  if (first === undefined) return null;
  const { example } = first.result;
  return {
    label: 'Demand',
    time: example.columns.time,
    interval: example.recordingInterval,
    values: offeredRate(first),
  };
}
