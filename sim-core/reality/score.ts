import { correlationAt } from '../calibration/cross-correlation.ts';
import type { ReplicaLife, RunResult } from '../experiment/result.ts';
import type { RecordedColumn, RecordedReadings } from './readings.ts';

/** How near one simulated run is to what was recorded, over the readings that are judged. */
export interface RealityScore {
  /** mean of |simulated − recorded| replicas */
  readonly replicaError: number;
  /** share of the readings with the very same count, 0 … 1 */
  readonly equalShare: number;
  readonly replicasMean: number;
  /** s by which the simulated replicas have to be moved back to fit best; below zero when they are early */
  readonly lag: number;
  readonly peakReplicas: number;
  /** s: the first reading with the most replicas */
  readonly peakTime: number;
  /** Σ |simulated − recorded| ÷ Σ recorded latency; NaN without one */
  readonly latencyError: number;
  /** (simulated − recorded) ÷ recorded, of the 95 % quantile over the readings of latency; NaN without one */
  readonly latencyP95Error: number;
  /** mean of |simulated − recorded| CPU, in the unit recorded; NaN without it */
  readonly cpuError: number;
}

/** What a run showed where the recording was read: columns of the length of the readings. */
export interface SimulatedReadings {
  readonly replicas: Float64Array;
  readonly latency: Float64Array | null;
  readonly cpu: Float64Array | null;
}

/** Farthest lag looked at, in readings. */
const farthestLag = 20;

/** Reads a run as the recording was read. @param cpuRequest cores of one replica */
export function readLikeRecording(run: RunResult, readings: RecordedReadings, cpuRequest: number): SimulatedReadings {
  return {
    replicas: replicasAt(run.replicas, readings.readAt, readings.counted),
    latency: readings.latency === null ? null : latencyOver(run, readings, readings.latency),
    cpu: readings.cpu === null ? null : cpuOver(run, readings, readings.cpu, cpuRequest),
  };
}

/** Scores simulated against recorded replicas, latency and CPU. */
export function scoreOf(readings: RecordedReadings, simulated: SimulatedReadings): RealityScore {
  const { replicas: recorded } = readings;
  const { replicas } = simulated;
  const peak = replicas.reduce((best, value, i) => (value > replicas[best]! ? i : best), 0);
  return {
    replicaError: meanAbsoluteError(recorded, replicas),
    equalShare: Array.from(recorded).filter((value, i) => value === replicas[i]).length / recorded.length,
    replicasMean: meanOf(replicas),
    lag: bestLag(recorded, replicas) * readings.bucket,
    peakReplicas: replicas[peak]!,
    peakTime: readings.readAt[peak]!,
    ...latencyScores(readings.latency?.values, simulated.latency),
    cpuError:
      readings.cpu === null || simulated.cpu === null ? NaN : meanAbsoluteError(readings.cpu.values, simulated.cpu),
  };
}

/** Over the places where both are known; NaN where there is none. */
export function meanAbsoluteError(recorded: Float64Array, simulated: Float64Array): number {
  return meanOf(recorded.map((value, i) => Math.abs(simulated[i]! - value)));
}

/** Of what is known. */
export function meanOf(values: Float64Array): number {
  const known = values.filter((value) => !Number.isNaN(value));
  return known.reduce((sum, value) => sum + value, 0) / known.length;
}

/** In readings; 0 where one of them never changes. */
function bestLag(recorded: Float64Array, simulated: Float64Array): number {
  const most = Math.min(farthestLag, Math.floor(recorded.length / 4));
  let best = 0;
  let highest = correlationAt(recorded, simulated, 0);
  if (Number.isNaN(highest)) return 0;
  for (let step = 1; step <= most; step++) {
    for (const lag of [step, -step]) {
      const correlation = correlationAt(recorded, simulated, lag);
      if (correlation > highest) [best, highest] = [lag, correlation];
    }
  }
  return best;
}

function replicasAt(
  lives: readonly ReplicaLife[],
  instants: Float64Array,
  counted: RecordedReadings['counted'],
): Float64Array {
  const until = (time: number): number => (Number.isNaN(time) ? Infinity : time);
  const begins = Float64Array.from(lives, (life) => until(counted === 'ready' ? life.readyAt : life.createdAt)).sort();
  const ends = Float64Array.from(
    // A replica that was called off before it was counted never was.
    lives.filter((life) => counted === 'desired' || !Number.isNaN(life.readyAt)),
    (life) => Math.min(until(life.drainingAt), until(life.goneAt)),
  ).sort();
  let [begun, ended] = [0, 0];
  return instants.map((time) => {
    // Just before what happens at that very instant; what is there from the start is there.
    while (begun < begins.length && (begins[begun]! < time || begins[begun] === 0)) begun++;
    while (ended < ends.length && ends[ended]! < time) ended++;
    return begun - ended;
  });
}

/** Means weighted with the requests of each row; the column is the one the recording's statistic names. */
function latencyOver({ columns, recordingInterval }: RunResult, readings: RecordedReadings, latency: RecordedColumn) {
  const { p50, p95, p99 } = { p50: columns.latencyP50, p95: columns.latencyP95, p99: columns.latencyP99 };
  const { statistic } = latency;
  const column =
    statistic === 'p50' ? p50 : statistic === 'p95' ? p95 : statistic === 'p99' ? p99 : columns.latencyMean;
  return overRows(readings, columns.time, recordingInterval, column, columns.completed);
}

function cpuOver(
  { columns, recordingInterval }: RunResult,
  readings: RecordedReadings,
  { unit }: RecordedColumn,
  cpuRequest: number,
): Float64Array {
  const inCores = unit === 'cores';
  const used = inCores
    ? columns.cpuUtilisation.map((share, i) => share * columns.ready[i]! * cpuRequest)
    : columns.cpuUtilisation;
  return overRows(
    readings,
    columns.time,
    recordingInterval,
    used,
    columns.time.map(() => 1),
  );
}

/** Weighted mean of the rows that begin in each bucket of the recording; NaN where there is nothing. */
function overRows(
  { time, bucket }: RecordedReadings,
  rowTime: Float64Array,
  interval: number,
  values: Float64Array,
  weights: Float64Array,
): Float64Array {
  const length = Math.max(bucket, interval);
  let row = 0;
  return time.map((start) => {
    while (row < rowTime.length && rowTime[row]! + interval <= start) row++;
    let [sum, weight] = [0, 0];
    for (let i = row; i < rowTime.length && rowTime[i]! < start + length; i++) {
      if (Number.isNaN(values[i]!)) continue;
      sum += values[i]! * weights[i]!;
      weight += weights[i]!;
    }
    return sum / weight;
  });
}

function latencyScores(recorded: Float64Array | undefined, simulated: Float64Array | null) {
  const pairs = Array.from(recorded ?? [], (value, i) => [value, simulated?.[i] ?? NaN] as const).filter(
    ([a, b]) => !Number.isNaN(a) && !Number.isNaN(b),
  );
  const total = pairs.reduce((sum, [value]) => sum + value, 0);
  const p95 = (which: 0 | 1): number => {
    const sorted = Float64Array.from(pairs, (pair) => pair[which]).sort();
    return sorted[Math.max(0, Math.ceil(0.95 * sorted.length) - 1)] ?? NaN;
  };
  return {
    latencyError: pairs.reduce((sum, [a, b]) => sum + Math.abs(b - a), 0) / total,
    latencyP95Error: p95(1) / p95(0) - 1,
  };
}
