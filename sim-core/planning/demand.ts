import type { PolicyResult } from '../experiment/result.ts';
import { studentTQuantile } from '../statistics/student-t.ts';

/** A mean rate and the standard deviation of what one future run would show, 1/s. */
export interface RateForecast {
  readonly mean: number;
  readonly deviation: number;
}

/** What to expect of one stretch of the horizon. */
export interface DemandWindow {
  /** s from the start of the scenario */
  readonly start: number;
  readonly end: number;
  /** of the whole window */
  readonly whole: RateForecast;
  /** of its busiest five minutes (or recording row, when that is longer) */
  readonly busiest: RateForecast;
}

/** Expected counts of one recording row, and their variance. */
interface RowCount {
  readonly start: number;
  readonly mean: number;
  readonly variance: number;
}

const busiestStretch = 300;
const hour = 3600;

/** s: an hour; less where that makes fewer than six windows, more where it makes more than two weeks of them. */
export function windowLength(horizon: number): number {
  if (horizon < 90 * 60) return 300;
  if (horizon < 6 * hour) return 900;
  if (horizon <= 14 * 24 * hour) return hour;
  return horizon <= 90 * 24 * hour ? 6 * hour : 24 * hour;
}

/**
 * The demand of a scenario, window by window, as its replications show it: first attempts only, because retries answer
 * to the policy. The spread is that of the replications, never less than Poisson's, and includes that of the mean itself;
 * recording rows count as independent.
 */
export function forecastDemand(result: PolicyResult, horizon: number): DemandWindow[] {
  const length = windowLength(horizon);
  const { columns, recordingInterval } = result.example;
  const end = Math.min(horizon, (columns.time.at(-1) ?? 0) + recordingInterval);
  const rows = rowCounts(result);
  const windows: DemandWindow[] = [];
  let next = 0;
  for (let index = 0; index * length < end; index += 1) {
    const start = index * length;
    const stop = Math.min(start + length, end);
    const inside: RowCount[] = [];
    while (next < rows.length && rows[next]!.start < stop) inside.push(rows[next++]!);
    if (inside.length === 0) continue;
    const whole = rateOf(inside, recordingInterval, end);
    windows.push({ start, end: stop, whole, busiest: busiestOf(inside, recordingInterval, end) });
  }
  return windows;
}

function rowCounts(result: PolicyResult): RowCount[] {
  const { mean, halfWidth } = result.bands.arrivals;
  const { time, arrivals, retries } = result.example.columns;
  const runs = result.replications.length;
  const deviationPerHalfWidth = runs > 1 ? Math.sqrt(runs) / studentTQuantile(0.975, runs - 1) : 0;
  return Array.from(time, (start, row) => {
    const firstAttempts = arrivals[row]! > 0 ? 1 - retries[row]! / arrivals[row]! : 1;
    const expected = (mean[row] ?? 0) * firstAttempts;
    const deviation = deviationPerHalfWidth * (halfWidth[row] ?? 0) * firstAttempts;
    const spread = deviation > 0 ? deviation * deviation : 0;
    return { start, mean: expected, variance: Math.max(expected, spread) * (1 + 1 / runs) };
  });
}

function rateOf(rows: readonly RowCount[], recordingInterval: number, end: number): RateForecast {
  let count = 0;
  let variance = 0;
  for (const row of rows) {
    count += row.mean;
    variance += row.variance;
  }
  const duration = Math.min(rows.at(-1)!.start + recordingInterval, end) - rows[0]!.start;
  return { mean: count / duration, deviation: Math.sqrt(variance) / duration };
}

function busiestOf(rows: readonly RowCount[], recordingInterval: number, end: number): RateForecast {
  const size = Math.min(rows.length, Math.max(1, Math.round(busiestStretch / recordingInterval)));
  let busiest: RateForecast = { mean: -1, deviation: 0 };
  for (let from = 0; from + size <= rows.length; from += 1) {
    const rate = rateOf(rows.slice(from, from + size), recordingInterval, end);
    if (rate.mean > busiest.mean) busiest = rate;
  }
  return busiest;
}
