import type { Issue } from '../issue.ts';
import type { TraceReport, TraceSeries } from '../trace/contract.ts';
import { writeCsv } from './csv.ts';
import { jsonValue } from './json-value.ts';
import type { JsonValue } from './json-value.ts';
import { issueJson } from './validation-json.ts';

export interface ImportedTrace {
  readonly file: string;
  readonly format: string | null;
  /** as it may be written into a scenario, under `trace` */
  readonly mapping?: object;
  readonly series?: TraceSeries;
  readonly report?: TraceReport;
  readonly issues: readonly Issue[];
}

/** `headroom/import/v1`: what was recognised in a recorded trace, how good it is, and with `withSeries` its values. */
export function importJson(
  { file, format, mapping, series, report, issues }: ImportedTrace,
  withSeries: boolean,
): JsonValue {
  return jsonValue({
    schema: 'headroom/import/v1',
    file,
    format,
    mapping,
    report,
    series:
      series === undefined
        ? null
        : {
            kind: series.kind,
            bucket: series.bucket,
            startEpoch: series.startEpoch,
            rows: series.time.length,
            ...(withSeries && { time: series.time, rate: series.rate }),
          },
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
