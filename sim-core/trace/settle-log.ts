import { printDuration } from '../units/duration.ts';
import type { RecordedSeries, TraceSeries } from './contract.ts';
import type { Findings } from './findings.ts';
import type { BucketedCounts } from './bucketed-counts.ts';
import type { RequestLog } from './request-log.ts';
import type { SeriesRole, SeriesStatistic } from './roles.ts';

/** What a log of requests comes to. */
export interface SettledLog {
  /** s of the file's clock, of the first request or of its bucket */
  readonly origin: number;
  readonly lastTime: number;
  readonly gaps: number;
  /** durations and errors per bucket, on a clock that begins at `origin` */
  readonly recorded: readonly RecordedSeries[];
  series(startEpoch: number): TraceSeries;
}

const quantiles = [0.5, 0.95, 0.99] as const;
const names = ['p50', 'p95', 'p99'] as const;

/** @returns undefined when there are no requests, or errors among the findings */
export function settleLog(log: RequestLog, findings: Findings): SettledLog | undefined {
  if (log.rows === 0) {
    if (!findings.hasError) findings.add('trace-header-only');
    return undefined;
  }
  if (findings.hasError) return undefined;
  if (log.spread > 0) findings.add('trace-coarse-times', 0, log.spread === 1 ? 'second' : printDuration(log.spread));
  const single = log.takeTimes();
  if (single !== undefined) {
    const { time, serviceTime } = single;
    const first = time[0]!;
    for (let i = 0; i < time.length; i++) time[i]! -= first;
    return {
      origin: log.base + first,
      lastTime: log.base + first + time[time.length - 1]!,
      gaps: 0,
      recorded: recordedOf(log, first),
      series: (startEpoch) => ({
        kind: 'timestamps',
        time,
        rate: new Float64Array(0),
        ...(serviceTime !== undefined && { serviceTime }),
        bucket: 0,
        startEpoch,
      }),
    };
  }
  const { first, width, counts } = log.takeCounts();
  return {
    origin: log.base + first,
    lastTime: log.base + first + (counts.length - 1) * width,
    gaps: 0,
    recorded: recordedOf(log, first),
    series: (startEpoch) => ({
      kind: 'rate',
      time: counts.map((_, i) => i * width),
      rate: counts.map((count) => count / width),
      bucket: width,
      startEpoch,
    }),
  };
}

function recordedOf(log: RequestLog, origin: number): RecordedSeries[] {
  const { latency, failed, refused } = log;
  const recorded: RecordedSeries[] = [];
  if (!latency.empty) {
    const read = latency.read(quantiles);
    const time = read.mean.map((_, i) => read.start - origin + i * latency.width);
    const add = (statistic: SeriesStatistic, values: Float64Array): void => {
      recorded.push(seriesOf('request duration', 'latency', statistic, 's', time, values, latency.width));
    };
    add('mean', read.mean);
    read.quantiles.forEach((values, k) => add(names[k]!, values));
  }
  for (const [name, counts] of [
    ['failed requests', failed],
    ['refused requests', refused],
  ] as const) {
    if (counts.total > 0) recorded.push(errorsOf(name, counts, origin));
  }
  return recorded;
}

function errorsOf(name: string, counts: BucketedCounts, origin: number): RecordedSeries {
  const taken = counts.take();
  const time = taken.counts.map((_, i) => taken.first - origin + i * taken.width);
  const rate = taken.counts.map((count) => count / taken.width);
  return seriesOf(name, 'errors', 'value', '1/s', time, rate, taken.width);
}

function seriesOf(
  name: string,
  role: SeriesRole,
  statistic: SeriesStatistic,
  unit: RecordedSeries['unit'],
  time: Float64Array,
  values: Float64Array,
  bucket: number,
): RecordedSeries {
  const aggregation = statistic.startsWith('p') ? 'max' : 'mean';
  return { name, labels: {}, role, statistic, unit, aggregation, time, values, bucket: time.length > 1 ? bucket : 0 };
}
