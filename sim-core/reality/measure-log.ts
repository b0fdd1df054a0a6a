import type { Calibrated, CalibratedNumber } from '../calibration/contract.ts';
import { notCalibrated } from '../calibration/contract.ts';
import { concurrencyLimit } from '../calibration/low-load-latency.ts';
import type { LoadedScenario } from '../experiment/load.ts';
import { fitDistributions } from '../fitting/fit.ts';
import type { Fit } from '../fitting/fit.ts';
import { readDurations } from '../fitting/read-durations.ts';
import type { MeasuredDurations } from '../fitting/read-durations.ts';
import { serviceTimeOf } from '../fitting/service-time.ts';
import type { Written } from '../fitting/service-time.ts';
import type { Issue } from '../issue.ts';
import { createDistribution } from '../random/registry.ts';
import { serviceOf } from '../scenario/build.ts';
import { estimateMean } from '../statistics/interval.ts';
import { importTrace } from '../trace/import-session.ts';
import type { ImportMapping } from '../trace/import-session.ts';
import { timesDistribution, valueAt, withValue } from './alternatives.ts';
import type { CalibrationEntry, Measured } from './measure.ts';
import type { RecordedReadings } from './readings.ts';

/** A log of requests: when each began, and how long it took. */
export interface RequestDurations {
  /** s */
  readonly durations: Float64Array;
  /** s from an origin of its own, non-decreasing; absent where the log does not tell */
  readonly starts?: Float64Array;
  /** Unix time of that origin, s; NaN when the log has no absolute time */
  readonly startEpoch: number;
}

/**
 * How long requests took, out of a log that may say when each began, or out of any table `readDurations` knows.
 *
 * @param wanted as of readDurations
 */
export function readRequestDurations(
  name: string,
  bytes: Uint8Array,
  wanted: Parameters<typeof readDurations>[1] = {},
): { readonly log?: RequestDurations; readonly issues: MeasuredDurations['issues'] } {
  const logged = (mapping: ImportMapping): RequestDurations | undefined => {
    const { series } = importTrace(name, bytes, mapping);
    if (series?.serviceTime === undefined) return undefined;
    return { durations: series.serviceTime, starts: series.time, startEpoch: series.startEpoch };
  };
  const recognised = wanted.column === undefined && wanted.unit === undefined ? logged({}) : undefined;
  if (recognised !== undefined) return { log: recognised, issues: [] };
  const { values, column, unit, issues } = readDurations(bytes, wanted);
  if (values === undefined || column === undefined || unit === undefined) return { issues };
  // A table of times and durations: its rows are requests, as it was given for a log of them.
  const log = logged({ kind: 'timestamps', duration: column, units: { [column]: unit } });
  return { log: log ?? { durations: values, startEpoch: NaN }, issues };
}

/** Share of the requests, those that met the fewest others, whose duration is taken for service alone. */
const quietShare = 0.25;

/**
 * Calibrates from a log of requests: the distribution of the service time, the best of every family by AIC, from those that
 * met hardly anybody and so did not wait; and, where the recording tells how many replicas there were, how many requests
 * one works on at once. A log that does not say when each request began is taken for one of service times.
 *
 * @param file the log, as it is named under `provenance`
 * @param readings of a recording on the clock of the scenario; null without one
 */
export function measureFromLog(
  text: string,
  { scenario }: LoadedScenario,
  log: RequestDurations,
  file: string,
  readings: RecordedReadings | null,
): Measured {
  const base = ['services', Object.keys(scenario.services)[0]!];
  const entries: CalibrationEntry[] = [];
  const issues: Issue[] = [];
  let now = text;
  const set = (entry: Omit<CalibrationEntry, 'was' | 'source'>): void => {
    entries.push({ ...entry, was: valueAt(now, entry.path), source: file });
    now = withValue(now, entry.path, entry.becomes);
  };
  const { durations, starts } = log;
  const quiet = starts === undefined ? durations : durations.filter(metFew(starts, durations));
  const { sample, fits, issues: remarks } = fitDistributions(quiet);
  issues.push(...remarks);
  const best = fits.find(hasMean);
  if (sample === undefined || best === undefined) return { text, entries, issues };
  const becomes = serviceTimeOf(best, sample);
  const { mean } = createDistribution(best.config);
  const spread = estimateMean(quiet.filter((value) => value >= 0 && value < Infinity));
  const scaled = (to: number): Written => timesDistribution(becomes, Math.max(0, to) / spread.mean);
  set({
    path: [...base, 'serviceTime'],
    becomes,
    interval: [scaled(spread.mean - spread.halfWidth), scaled(spread.mean + spread.halfWidth)],
    method: `${best.family}, least AIC of ${fits.length} families${starts === undefined ? '' : '; requests that met the fewest others'}`,
    points: quiet.length,
  });
  if (starts !== undefined && readings !== null) {
    const served = (mean * sample.count) / (sample.count + sample.zeros);
    const limit = limitOf(log, starts, scenario.start, readings, served);
    issues.push(...limit.issues.map((issue) => ({ ...issue, severity: 'warning' as const })));
    const whole = (value: number): number => Math.max(1, Math.round(value));
    if (limit.found !== undefined && whole(limit.found.value) !== serviceOf(scenario).concurrency) {
      const { value, interval, method, points } = limit.found;
      set({
        path: [...base, 'concurrency'],
        becomes: whole(value),
        interval: interval === null ? null : [whole(interval[0]), whole(interval[1])],
        method,
        points,
      });
    }
  }
  return { text: now, entries, issues };
}

/** A service whose mean time is infinite has no capacity; the next family is taken. */
const hasMean = ({ config }: Fit): boolean => Number.isFinite(createDistribution(config).mean);

/** Which requests met as few others under way as the quietest quarter did, each at its own beginning. */
function metFew(starts: Float64Array, durations: Float64Array): (value: number, index: number) => boolean {
  const ends = starts
    .map((start, i) => start + durations[i]!)
    .filter(Number.isFinite)
    .sort();
  let [ended, unknown] = [0, 0];
  const met = starts.map((start, i) => {
    while (ended < ends.length && ends[ended]! <= start) ended++;
    const before = i - unknown - ended;
    if (!Number.isFinite(durations[i]!)) unknown++;
    return Math.max(0, before);
  });
  const limit = Float64Array.from(met).sort()[Math.floor(met.length * quietShare)] ?? 0;
  return (_, index) => met[index]! <= limit;
}

/** From throughput and latency in the rows of the recording, as the log has them. */
function limitOf(
  { durations, startEpoch }: RequestDurations,
  starts: Float64Array,
  scenarioStart: number,
  { time, bucket, replicas }: RecordedReadings,
  serviceTime: number,
): Calibrated<CalibratedNumber> {
  // A log without dates begins with the scenario.
  const shift = Number.isNaN(startEpoch) ? 0 : startEpoch - scenarioStart;
  const completed = new Float64Array(time.length);
  const taken = new Float64Array(time.length);
  const rowOf = new Map(Array.from(time, (from, row) => [Math.floor(from / bucket), row]));
  for (const [i, start] of starts.entries()) {
    const took = durations[i]!;
    const end = start + shift + took;
    const row = Number.isFinite(end) ? rowOf.get(Math.floor(end / bucket)) : undefined;
    if (row === undefined) continue;
    completed[row]! += 1;
    taken[row]! += took;
  }
  if (!completed.some((count) => count > 0))
    return notCalibrated(
      'calibration-too-little',
      'No request of the log ended within the recording, so nothing tells how many a replica works on at once.',
    );
  const throughput = completed.map((count, row) => (count === 0 ? NaN : count / bucket / replicas[row]!));
  return concurrencyLimit(
    throughput,
    taken.map((sum, row) => sum / completed[row]!),
    serviceTime,
  );
}
