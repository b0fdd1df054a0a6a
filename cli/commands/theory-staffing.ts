import { formatDuration, formatNumber, formatRate, staffSinusoid, writeCsv } from '../../sim-core/index.ts';
import type { ParameterValues, StaffedInterval, StaffingMethod, StaffingObjective } from '../../sim-core/index.ts';
import type { OutputFormat } from '../options.ts';
import { renderTable } from '../table.ts';
import { UserError } from '../user-error.ts';

/** Staffing intervals of a period that are printed at most. */
const mostIntervals = 10_000;

/** How a rate that changes is staffed, and with how many. */
export interface StaffedPeriod {
  readonly method: StaffingMethod;
  /** s */
  readonly staffingInterval: number;
  readonly intervals: readonly StaffedInterval[];
}

/** The servers of each staffing interval of a sinusoidal rate. */
export function staffIntervals(
  values: ParameterValues,
  objective: StaffingObjective,
  {
    method,
    staffingInterval = values.period / 24,
  }: { readonly method: StaffingMethod; readonly staffingInterval?: number },
): StaffedPeriod {
  if (values.period / staffingInterval > mostIntervals)
    throw new UserError(
      `A period has at most ${mostIntervals} staffing intervals: choose a longer --staffing-interval.`,
    );
  const { arrivalRate: mean, amplitude, period, serviceTimeMean, serviceScv } = values;
  const rate = { mean, amplitude, period };
  const intervals = staffSinusoid({ rate, serviceTimeMean, serviceScv, objective, staffingInterval, method });
  return { method, staffingInterval, intervals };
}

/** As a table or CSV. */
export function staffingText({ intervals }: StaffedPeriod, output: OutputFormat): string {
  const titles = ['start', 'arrivalRate', 'offeredLoad', 'servers'];
  if (output === 'csv')
    return writeCsv([titles, ...intervals.map((row) => [row.start, row.arrivalRate, row.offeredLoad, row.servers])]);
  return renderTable(
    titles.map((title) => ({ title, align: 'right' })),
    intervals.map((row) => [
      formatDuration(row.start),
      formatRate(row.arrivalRate),
      formatNumber(row.offeredLoad),
      String(row.servers),
    ]),
  );
}
