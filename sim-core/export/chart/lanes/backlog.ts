import type { LaneModel } from '../lane-model.ts';
import type { LaneContext } from '../lane-options.ts';
import { formatNumber } from '../quantity.ts';
import { columnsOf, mainSeries } from './policy-lines.ts';

/** Requests waiting: the most at once in each row. */
export function backlogLane(context: LaneContext): LaneModel {
  const mains = context.policies.map((policy) =>
    mainSeries(context, policy, { label: 'waiting', values: columnsOf(policy).queueLengthMax, band: 'queueLengthMax' }),
  );
  const limit = context.options.slo?.maxBacklog;
  return {
    id: 'backlog',
    name: 'Backlog',
    unit: 'requests',
    quantity: 'count',
    currency: '',
    axisFactor: 1,
    weight: 0.85,
    series: mains.map((main) => main.series),
    readings: mains.map((main) => main.reading),
    marks: [],
    shades: [],
    ceiling: null,
    objective: limit === undefined ? null : { value: limit, label: `SLO ${formatNumber(limit)}` },
    emptyText: 'No backlog recorded in this window.',
  };
}
