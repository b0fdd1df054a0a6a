import type { RecordedData } from '../experiment/load.ts';
import type { Issue } from '../issue.ts';
import type { Scenario } from '../scenario/schema.ts';
import { warmupOf } from '../scenario/build.ts';
import type { RecordedSeries } from '../trace/contract.ts';
import type { SeriesRole } from '../trace/roles.ts';

/** What was recorded, on the clock of the scenario, within the part that is judged. */
export interface RecordedReadings {
  /** s: rows of the recording, increasing */
  readonly time: Float64Array;
  /** s: when the replicas of each row were read */
  readonly readAt: Float64Array;
  /** s: the usual distance of rows */
  readonly bucket: number;
  /** NaN where there is none */
  readonly replicas: Float64Array;
  /** what the replicas are compared with */
  readonly counted: 'ready' | 'desired';
  readonly latency: RecordedColumn | null;
  readonly cpu: RecordedColumn | null;
  /** replicas asked for and ready side by side, where both were recorded */
  readonly desired: Float64Array | null;
}

export interface RecordedColumn {
  readonly name: string;
  /** s for a latency; a share of the request, or cores of all replicas, for CPU */
  readonly values: Float64Array;
  readonly statistic: RecordedSeries['statistic'];
  readonly unit: RecordedSeries['unit'];
}

export interface ReadingsOutcome {
  readonly readings?: RecordedReadings;
  readonly issues: readonly Issue[];
}

/** Fewer readings than this make no score. */
const fewestReadings = 5;

/** The series of a recording that a reality check needs, cut to the part that is judged. */
export function readingsOf(
  scenario: Scenario,
  data: RecordedData,
  part: { readonly from?: number; readonly to?: number } = {},
): ReadingsOutcome {
  const { recorded: config, horizon } = scenario;
  if (config === undefined) throw new Error('A scenario without a recording has no readings.');
  const issues: Issue[] = [];
  const pick = (key: 'replicas' | 'desiredReplicas' | 'latency' | 'cpu', role: SeriesRole) => {
    const wanted = config[key];
    const found = data.recorded.filter((each) => (wanted === undefined ? each.role === role : each.name === wanted));
    if (found.length === 1) return found[0]!;
    const names = data.recorded.map(({ name }) => `\`${name}\``).join(', ');
    const path = ['recorded', key];
    if (wanted !== undefined) {
      const message = `${config.file} has no single series called \`${wanted}\`. It holds: ${names}.`;
      issues.push({ code: 'recorded-series', severity: 'error', path, message });
    } else if (found.length > 1) {
      const message = `Several series of ${config.file} could be the ${role} (${found.map(({ name }) => `\`${name}\``).join(', ')}). Name one with \`recorded.${key}\`.`;
      const severity = key === 'replicas' ? 'error' : 'warning';
      issues.push({ code: 'recorded-series', severity, path, message });
    }
    return undefined;
  };
  const ready = pick('replicas', 'replicas');
  const desired = pick('desiredReplicas', 'desired-replicas');
  const counted = ready ?? desired;
  const latency = pick('latency', 'latency');
  const cpu = pick('cpu', 'cpu');
  const failed = issues.some(({ severity }) => severity === 'error');
  if (counted === undefined || failed) {
    if (!failed) {
      const message = `Nothing in ${config.file} is taken for replicas. Name them with \`recorded.replicas\`, or say so under \`roles\`.`;
      issues.push({ code: 'recorded-series', severity: 'error', path: ['recorded', 'replicas'], message });
    }
    return { issues };
  }
  const shift = clockOf(scenario, data);
  const first = part.from ?? config.from ?? warmupOf(scenario, {});
  const last = Math.min(part.to ?? config.to ?? Infinity, horizon);
  const rows = Array.from(counted.time, (_, i) => i).filter((i) => {
    const at = counted.time[i]! + shift;
    return at >= first && at + config.readingDelay < last && !Number.isNaN(counted.values[i]!);
  });
  if (rows.length < fewestReadings) {
    const message = `Only ${rows.length} readings of the replicas lie in the part that is judged; it takes ${fewestReadings}. Check \`start\`, \`from\` and \`to\` against the times in ${config.file}.`;
    issues.push({ code: 'recorded-nothing', severity: 'error', path: ['recorded'], message });
    return { issues };
  }
  const time = Float64Array.from(rows, (i) => counted.time[i]! + shift);
  const column = (series: RecordedSeries | undefined): RecordedColumn | null =>
    series === undefined
      ? null
      : {
          name: series.name,
          values: along(counted, series, rows),
          statistic: series.statistic,
          unit: series.unit,
        };
  return {
    readings: {
      time,
      readAt: time.map((at) => at + config.readingDelay),
      bucket: counted.bucket,
      replicas: Float64Array.from(rows, (i) => counted.values[i]!),
      counted: ready === undefined ? 'desired' : 'ready',
      latency: column(latency),
      cpu: column(cpu),
      desired: ready === undefined || desired === undefined ? null : along(counted, desired, rows),
    },
    issues,
  };
}

/**
 * s to add to the clock of the recording. The demand that is replayed from the same file decides; otherwise the dates of
 * the file; a file without dates begins at t = 0.
 */
function clockOf({ workload, recorded, start }: Scenario, { startEpoch }: RecordedData): number {
  const replayed = workload.sum.find(({ trace }) => trace?.file === recorded?.file)?.trace;
  if (replayed !== undefined) {
    const { from } = replayed;
    if (from === undefined) return 0;
    return 'after' in from ? -from.after : startEpoch - from.epoch;
  }
  return Number.isNaN(startEpoch) ? 0 : startEpoch - start;
}

/** Values of another series at the rows of the first; NaN where it has none at that very time. */
function along(rowsOf: RecordedSeries, series: RecordedSeries, rows: readonly number[]): Float64Array {
  const byTime = new Map(Array.from(series.time, (time, i) => [time, series.values[i]!]));
  return Float64Array.from(rows, (i) => byTime.get(rowsOf.time[i]!) ?? NaN);
}
