import { formatDuration, formatNumber, formatRate, staffSinusoid, writeCsv } from '../../sim-core/index.ts';
import type { ParameterValues, StaffingMethod, StaffingObjective } from '../../sim-core/index.ts';
import type { OutputFormat } from '../options.ts';
import { renderTable } from '../table.ts';
import { UserError } from '../user-error.ts';

/** Staffing intervals of a period that are printed at most. */
const mostIntervals = 10_000;

/** The servers of each staffing interval of a sinusoidal rate, as a table or CSV. */
export function staffingText(
  values: ParameterValues,
  objective: StaffingObjective,
  {
    method,
    staffingInterval = values.period / 24,
    output,
  }: { readonly method: StaffingMethod; readonly staffingInterval?: number; readonly output: OutputFormat },
): string {
  if (output === 'json') throw new UserError('Servers by the interval are printed as a table or with -o csv.');
  if (values.period / staffingInterval > mostIntervals)
    throw new UserError(
      `A period has at most ${mostIntervals} staffing intervals: choose a longer --staffing-interval.`,
    );
  const { arrivalRate: mean, amplitude, period, serviceTimeMean, serviceScv } = values;
  const rows = staffSinusoid({
    rate: { mean, amplitude, period },
    serviceTimeMean,
    serviceScv,
    objective,
    staffingInterval,
    method,
  });
  const titles = ['start', 'arrivalRate', 'offeredLoad', 'servers'];
  if (output === 'csv')
    return writeCsv([titles, ...rows.map((row) => [row.start, row.arrivalRate, row.offeredLoad, row.servers])]);
  return renderTable(
    titles.map((title) => ({ title, align: 'right' })),
    rows.map((row) => [
      formatDuration(row.start),
      formatRate(row.arrivalRate),
      formatNumber(row.offeredLoad),
      String(row.servers),
    ]),
  );
}
