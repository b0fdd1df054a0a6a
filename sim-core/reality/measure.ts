import { stringify } from 'yaml';
import type { Calibrated, CalibratedNumber } from '../calibration/contract.ts';
import { concurrencyLimit, lowLoadLatency } from '../calibration/low-load-latency.ts';
import { metricLag } from '../calibration/metric-lag.ts';
import { serviceDemand } from '../calibration/service-demand.ts';
import { startUpDelay } from '../calibration/start-up-delay.ts';
import type { LoadedScenario } from '../experiment/load.ts';
import { dimensionless, durationText } from '../fitting/service-time.ts';
import type { Written } from '../fitting/service-time.ts';
import type { Issue } from '../issue.ts';
import { createDistribution } from '../random/registry.ts';
import { arrivalRateOf, cpuModelOf, serviceOf } from '../scenario/build.ts';
import { parseCpu, printCpu } from '../units/cpu.ts';
import { parseDuration, printDuration } from '../units/duration.ts';
import { integrate } from '../workload/rate-function.ts';
import { timesDistribution, valueAt, withValue } from './alternatives.ts';
import type { Path } from './alternatives.ts';
import type { RecordedReadings } from './readings.ts';
import type { ReplayCalibration } from './replay-search.ts';
import { meanOf } from './score.ts';

/** One value of a scenario that was calibrated, as it is told and as it is written under `provenance`. */
export interface CalibrationEntry {
  readonly path: Path;
  readonly was: Written | null;
  readonly becomes: Written;
  /** its interval, as the value is written; null where none can be given */
  readonly interval: readonly [low: Written, high: Written] | null;
  readonly method: string;
  readonly points: number;
  /** the file it is from; absent for the recording */
  readonly source?: string;
}

export interface Measured {
  /** the scenario with what was found written into it */
  readonly text: string;
  readonly entries: readonly CalibrationEntry[];
  /** what could not be measured, and why */
  readonly issues: readonly Issue[];
}

/** The least lag that is more than the readings' own coarseness. */
const longestLag = 600;

/**
 * Calibrates what a recording tells by itself, without simulating: service time from the latency at low load, CPU of a
 * request by the utilisation law, start-up delay from desired and ready replicas, delay of the metrics, requests at once.
 * What the recording has no series for stays as it is.
 *
 * @param keepService whether service time and requests at once are known from elsewhere
 */
export function measureFromReadings(
  text: string,
  loaded: LoadedScenario,
  readings: RecordedReadings,
  keepService = false,
): Measured {
  const { scenario } = loaded;
  const service = serviceOf(scenario);
  const base = ['services', Object.keys(scenario.services)[0]!];
  const rateFunction = arrivalRateOf(loaded, 0);
  const { bucket, time, replicas, latency, cpu } = readings;
  const rate = time.map((from) => integrate(rateFunction, from, from + bucket) / bucket);
  const perReplica = rate.map((each, i) => each / replicas[i]!);
  const entries: CalibrationEntry[] = [];
  const issues: Issue[] = [];
  let now = text;
  const use = <Found>(calibrated: Calibrated<Found>): Found | undefined => {
    issues.push(...calibrated.issues.map((issue) => ({ ...issue, severity: 'warning' as const })));
    return calibrated.found;
  };
  const set = (path: Path, number: CalibratedNumber, write: (value: number) => Written): void => {
    const { value, interval, method, points } = number;
    const becomes = write(value);
    entries.push({
      path,
      was: valueAt(now, path),
      becomes,
      interval: interval === null ? null : [write(interval[0]), write(interval[1])],
      method,
      points,
    });
    now = withValue(now, path, becomes);
  };
  const distribution = createDistribution(service.serviceTime);
  let serviceTime = distribution.mean;
  if (latency !== null && !keepService) {
    const found = use(lowLoadLatency(perReplica, latency.values));
    const levels: Readonly<Record<string, number>> = { p50: 0.5, p90: 0.9, p95: 0.95, p99: 0.99 };
    const level = levels[latency.statistic];
    const present = level === undefined ? distribution.mean : distribution.quantile(level);
    const path = [...base, 'serviceTime'];
    const written = valueAt(text, path);
    if (found !== undefined && written !== null && latency.unit === 's' && present > 0) {
      set(path, found, (value) => timesDistribution(written, value / present));
      serviceTime *= found.value / present;
      const limit = concurrencyLimit(perReplica, latency.values, serviceTime).found;
      const whole = (value: number): number => Math.max(1, Math.round(value));
      if (limit !== undefined && whole(limit.value) !== service.concurrency) {
        set([...base, 'concurrency'], limit, whole);
      }
    }
  }
  if (cpu !== null) {
    const { request } = cpuModelOf(service);
    const cores = cpu.unit === 'cores' ? cpu.values : cpu.values.map((share, i) => share * replicas[i]! * request);
    // What idles does so on every replica, and their number follows the rate: only on one replica are the two told apart,
    // unless the policy holds its load so steady that nothing is left to draw a line through.
    const ready = [...replicas.keys()].filter((i) => replicas[i]! > 0);
    const onOne = serviceDemand(
      ready.map((i) => perReplica[i]!),
      ready.map((i) => cores[i]! / replicas[i]!),
    );
    const found = use(onOne.found === undefined ? serviceDemand(rate, cores) : onOne);
    const share = onOne.found === undefined ? 1 / meanOf(replicas) : 1;
    if (found !== undefined) {
      const milli = (value: number): Written => printCpu(Math.max(1, Math.round((1000 * value) / serviceTime)));
      set([...base, 'resources', 'cpuPerBusySlot'], found.perRequest, milli);
      set([...base, 'resources', 'cpuIdle'], found.idle, (value) => printCpu(Math.round(1000 * value * share)));
    }
    const lag = use(metricLag(rate, cpu.values, bucket, longestLag));
    if (lag !== undefined && lag.interval![0] > 0) set([...base, 'metrics', 'delay'], lag, durationText);
  }
  if (readings.desired !== null) {
    const found = use(startUpDelay(readings.readAt, readings.desired, replicas));
    if (found !== undefined) {
      const { median, p95 } = found;
      const write = (value: number): Written =>
        p95 > value && value > 0
          ? { lognormal: { p50: durationText(value), p95: durationText(p95) } }
          : durationText(value);
      set([...base, 'replicas', 'startup'], median, write);
    }
  }
  return { text: now, entries, issues };
}

/**
 * What a calibration by replay changed, in the same form: one entry a number, also where two were changed together.
 * A later change takes the place of an earlier one, and of what was measured; what stood there at first is kept.
 */
export function replayEntries(
  { changes, points, engine }: Pick<ReplayCalibration, 'changes' | 'points' | 'engine'>,
  measured: readonly CalibrationEntry[] = [],
): CalibrationEntry[] {
  const entries = new Map(measured.map((entry) => [entry.path.join('.'), entry]));
  for (const { path, was, becomes, asGood, triedValues } of changes.flatMap(onePerNumber)) {
    const key = path.join('.');
    const earlier = entries.get(key);
    if (same(becomes, earlier === undefined ? was : earlier.becomes)) continue;
    const { interval, words } = intervalOf(path, becomes, asGood, triedValues);
    const method = `replay: nearest replicas, ${engine} engine${words}`;
    const first = earlier === undefined ? was : earlier.was;
    // The last to be decided stands last.
    entries.delete(key);
    entries.set(key, { path, was: first, becomes, interval, method, points });
  }
  return [...entries.values()];
}

const same = (one: Written | null, other: Written | null): boolean => JSON.stringify(one) === JSON.stringify(other);

type ReplayChange = Pick<ReplayCalibration['changes'][number], 'path' | 'was' | 'becomes' | 'asGood' | 'triedValues'>;

/** Delay and window of the metrics may change together; distributions are one value, whatever they are made of. */
function onePerNumber(change: ReplayChange): ReplayChange[] {
  const { path, was, becomes, asGood, triedValues } = change;
  if (path.at(-1) !== 'metrics' || typeof becomes !== 'object') return [change];
  return Object.keys(becomes).map((key) => ({
    path: [...path, key],
    was: partOf(was, key) ?? null,
    becomes: partOf(becomes, key)!,
    asGood: asGood.flatMap((each) => partOf(each, key) ?? []),
    triedValues: triedValues.flatMap((each) => partOf(each, key) ?? []),
  }));
}

function partOf(value: Written | null, key: string): Written | undefined {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Readonly<Record<string, Written>>)[key]
    : undefined;
}

/**
 * From the least to the largest of the values that did about as well. What was tried has gaps: an end at which the value
 * itself stands goes on to the next value tried, where there is one. The words say so, to go behind the method.
 */
function intervalOf(
  path: Path,
  becomes: Written,
  asGood: readonly Written[],
  triedValues: readonly Written[],
): { interval: readonly [Written, Written] | null; words: string } {
  const size = (value: Written): number => sizeOf(value, String(path.at(-1)).startsWith('cpu'));
  const inOrder = [...new Map(triedValues.concat(becomes).map((value) => [size(value), value]))].sort(
    ([one], [other]) => one - other,
  );
  const here = size(becomes);
  const sizes = asGood.map(size);
  if ([...sizes, ...inOrder.map(([each]) => each)].some(Number.isNaN)) return { interval: null, words: '' };
  const low = sizes.filter((each) => each < here);
  const high = sizes.filter((each) => each > here);
  const [below, above] = [inOrder.filter(([each]) => each < here).at(-1), inOrder.find(([each]) => each > here)];
  const least = low.length > 0 ? Math.min(...low) : below?.[0];
  const most = high.length > 0 ? Math.max(...high) : above?.[0];
  const at = (wanted: number | undefined): Written => inOrder.find(([each]) => each === wanted)?.[1] ?? becomes;
  const words = [
    ...(low.length === 0 || high.length === 0 ? ['interval to the next value tried'] : []),
    ...(least === undefined && here > 0 ? ['nothing less was tried'] : []),
    ...(most === undefined ? ['nothing more was tried'] : []),
  ];
  return { interval: [at(least), at(most)], words: words.map((each) => `; ${each}`).join('') };
}

/**
 * What values of one path are put in order by. Distributions tried are multiples of each other, so any one time does.
 *
 * @returns NaN for what has no number
 */
function sizeOf(value: Written, isCpu: boolean): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'string') return (isCpu ? parseCpu(value) : parseDuration(value)) ?? NaN;
  const parts = Array.isArray(value)
    ? (value as readonly Written[])
    : Object.entries(value).flatMap(([key, each]) => (dimensionless.has(key) ? [] : [each as Written]));
  return parts.map((each) => sizeOf(each, isCpu)).find((each) => !Number.isNaN(each)) ?? NaN;
}

/** What values were calibrated on. */
export interface CalibrationSource {
  /** the recording, as the scenario names it */
  readonly file: string;
  /** the part of it that was looked at */
  readonly readings: Pick<RecordedReadings, 'time' | 'bucket'>;
  /** when: a date as it is to be written */
  readonly date: string;
}

/** The scenario with where its calibrated values come from. */
export function withProvenance(
  text: string,
  entries: readonly CalibrationEntry[],
  { file, readings: { time, bucket }, date }: CalibrationSource,
): string {
  return entries.reduce((now, { path, becomes, interval, method, points, source }) => {
    const [low, high] = interval ?? [];
    return withValue(now, ['provenance', path.join('.')], {
      value: oneLine(becomes),
      ...(low !== undefined && { low: oneLine(low) }),
      ...(high !== undefined && { high: oneLine(high) }),
      method,
      source: source ?? file,
      points,
      ...(source === undefined &&
        time.length > 0 && { from: printDuration(time[0]!), to: printDuration(time.at(-1)! + bucket) }),
      date,
    });
  }, text);
}

/** A value as it would stand in one line of a scenario. */
export function oneLine(value: Written): string | number {
  if (typeof value !== 'object') return value;
  return stringify(value, { collectionStyle: 'flow', lineWidth: 0 }).trim();
}
