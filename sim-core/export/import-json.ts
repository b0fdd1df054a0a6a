import type { RecordedSeries, TraceImport, TraceSeries } from '../trace/contract.ts';
import type { GapFill } from '../trace/fill-gaps.ts';
import type { Burstiness } from '../workload/burstiness.ts';
import { writeCsv } from './csv.ts';
import { jsonValue } from './json-value.ts';
import type { JsonValue } from './json-value.ts';
import { issueJson } from './validation-json.ts';

/** An import, and what the person called the file. */
export interface ImportedTrace extends TraceImport {
  readonly file: string;
  /** what was done with the series after it was read, as a scenario would have it */
  readonly steps?: readonly unknown[];
  /** what gaps of the series became, when that was asked for */
  readonly fill?: GapFill;
  /** when it was asked for */
  readonly burstiness?: Burstiness;
}

/** `headroom/import/v1`: what was recognised in a recorded trace, how good it is, and with `withSeries` its values. */
export function importJson(
  { file, format, mapping, fill, steps, series, recorded, report, burstiness, issues }: ImportedTrace,
  withSeries: boolean,
): JsonValue {
  return jsonValue({
    schema: 'headroom/import/v1',
    file,
    format,
    mapping: mapping && { ...mapping, ...(fill !== undefined && { fill }), file },
    steps,
    report,
    series:
      series === undefined
        ? null
        : {
            kind: series.kind,
            bucket: series.bucket,
            startEpoch: series.startEpoch,
            rows: series.time.length,
            ...(withSeries && { time: series.time, rate: series.kind === 'rate' ? series.rate : null }),
          },
    recorded: recorded.map(({ time, values, ...rest }) => ({
      ...rest,
      rows: time.length,
      ...(withSeries && { time, values }),
    })),
    burstiness,
    issues: issues.map(issueJson),
  });
}

/** The series as normalised: seconds from the first instant, and requests a second; an empty rate is a gap. */
export function seriesCsv(series: TraceSeries): string {
  const rows = Array.from(series.time, (time, index) =>
    series.kind === 'timestamps' ? [time] : [time, series.rate[index]],
  );
  return writeCsv([series.kind === 'timestamps' ? ['time'] : ['time', 'rate'], ...rows]);
}

/** Everything beside the demand, one value a row: s on the clock of the import, and values in the unit named. */
export function recordedCsv(recorded: readonly RecordedSeries[]): string {
  const rows = recorded.flatMap(({ name, role, statistic, unit, time, values }) =>
    Array.from(time, (at, i) => [at, name, role, statistic, unit, values[i]]),
  );
  return writeCsv([['time', 'series', 'role', 'statistic', 'unit', 'value'], ...rows]);
}
