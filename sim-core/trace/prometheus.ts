import { unitFromName } from './columns.ts';
import type { TraceImport, TraceReport } from './contract.ts';
import { Findings } from './findings.ts';
import type { TraceFormat } from './format.ts';
import { parseJson, type JsonValue } from './json-text.ts';
import type { TraceMapping } from './mapping.ts';
import { SeriesBuilder } from './series-builder.ts';
import { epochUnitNames, epochUnitOf, printEpoch } from './time-text.ts';

/**
 * The response of Prometheus `/api/v1/query_range`, resultType `matrix`: pairs of Unix seconds and a value in quotation
 * marks. Counters must already be rates; a step without a sample is a gap.
 *
 * @see https://prometheus.io/docs/prometheus/latest/querying/api/#range-queries
 */
export const prometheus: TraceFormat = {
  name: 'prometheus',
  recognises: (head) => head.find((byte) => byte > 32) === 123,
  import: importPrometheus,
};

type Labels = ReadonlyMap<string, string>;

interface LabelledSeries {
  readonly labels: Labels;
  readonly values: readonly JsonValue[];
}

function importPrometheus(file: string, bytes: Uint8Array, mapping: TraceMapping): TraceImport {
  const findings = new Findings(file, mapping, 'sample');
  const json = parseJson(bytes);
  if ('trouble' in json) {
    const { line, column, message } = json.trouble;
    findings.addAt('trace-broken-json', line, column, message);
    return { issues: findings.issues() };
  }
  const all = seriesOf(json.value, findings);
  const chosen = all && chooseSeries(all, mapping.series, findings);
  if (chosen === undefined) return { issues: findings.issues() };
  return readSeries(file, chosen, mapping, findings);
}

function asMap(value: JsonValue | undefined): Map<string, JsonValue> | undefined {
  return value instanceof Map ? value : undefined;
}

function seriesOf(document: JsonValue, findings: Findings): LabelledSeries[] | undefined {
  const refuse = (text: string): undefined => {
    findings.add('trace-prometheus', 0, text);
    return undefined;
  };
  const root = asMap(document);
  const status = root?.get('status');
  if (status === 'error') {
    const reason = [root?.get('errorType'), root?.get('error')].filter((part) => typeof part === 'string').join(': ');
    return refuse(
      `Prometheus answered with an error (${reason === '' ? 'no reason given' : reason}). Mend the query and export again.`,
    );
  }
  const data = asMap(root?.get('data'));
  const resultType = data?.get('resultType');
  if (resultType === 'vector' || resultType === 'scalar' || resultType === 'string') {
    return refuse(
      `The response holds one instant (\`${resultType}\`), not a range. Ask \`/api/v1/query_range\` with start, end and step.`,
    );
  }
  const result = data?.get('result');
  if (resultType !== 'matrix' || !Array.isArray(result)) {
    return refuse(
      'The file is JSON, but not a Prometheus query_range response: `data.resultType: matrix` with `data.result` is missing.',
    );
  }
  const warnings = root?.get('warnings');
  if (Array.isArray(warnings) && warnings.length > 0) {
    findings.add(
      'trace-prometheus-warning',
      0,
      `Prometheus warned: ${warnings.filter((text) => typeof text === 'string').join('; ')}.`,
    );
  }
  const series = result.flatMap((entry): LabelledSeries[] => {
    const values = asMap(entry)?.get('values');
    const metric = asMap(asMap(entry)?.get('metric')) ?? new Map<string, JsonValue>();
    const labels = [...metric].flatMap(([key, value]): [string, string][] =>
      typeof value === 'string' ? [[key, value]] : [],
    );
    return Array.isArray(values) ? [{ labels: new Map(labels), values }] : [];
  });
  if (series.length > 0) return series;
  return refuse(
    'The response holds no series: the query matched nothing in this time range. Check its labels and the range.',
  );
}

function chooseSeries(
  all: readonly LabelledSeries[],
  wanted: Readonly<Record<string, string>> | undefined,
  findings: Findings,
): LabelledSeries | undefined {
  const conditions = Object.entries(wanted ?? {});
  const matching = all.filter(({ labels }) => conditions.every(([key, value]) => labels.get(key) === value));
  const [only] = matching;
  if (only !== undefined && matching.length === 1) return only;
  const listed = (matching.length > 0 ? matching : all).slice(0, 6).map(({ labels }) => printLabels(labels));
  const rest = Math.max(matching.length > 0 ? matching.length : all.length, 0) - listed.length;
  const list = listed.join(', ') + (rest > 0 ? ` and ${rest} more` : '');
  findings.add(
    'trace-column-choice',
    0,
    matching.length === 0
      ? `No series has the labels given in \`series\`; the response holds ${list}.`
      : `${matching.length} series match: ${list}. Name one by its labels in \`series\`, or wrap the query in sum().`,
  );
  return undefined;
}

/** `http_requests{code="200"}`, as Prometheus prints it. */
function printLabels(labels: Labels): string {
  const pairs = [...labels]
    .filter(([key]) => key !== '__name__')
    .map(([key, value]) => `${key}=${JSON.stringify(value)}`);
  return `${labels.get('__name__') ?? ''}{${pairs.join(', ')}}`;
}

function readSeries(file: string, chosen: LabelledSeries, mapping: TraceMapping, findings: Findings): TraceImport {
  const name = printLabels(chosen.labels);
  const metric = chosen.labels.get('__name__') ?? '';
  const unit = mapping.unit ?? 'requests/s';
  // A rate() drops the metric's name; a name that is still there may be a raw count.
  if (mapping.unit === undefined && metric !== '' && unitFromName(metric.split(':').pop()!) !== 'requests/s') {
    findings.add('trace-unit-assumed', 0, `series \`${name}\``);
  }
  const first = chosen.values[0];
  const firstTime = Array.isArray(first) && typeof first[0] === 'number' ? first[0] : NaN;
  const epochUnit = epochUnitOf(firstTime);
  const perSecond = epochUnit === 'ms' ? 1000 : epochUnit === 'us' ? 1e6 : epochUnit === 'ns' ? 1e9 : 1;
  const absolute = epochUnit !== 'relative';
  const builder = new SeriesBuilder(
    { kind: 'rate', unit, bucket: mapping.bucket, absolute: () => absolute, sortSilently: false },
    findings,
  );
  for (const [index, pair] of chosen.values.entries()) {
    const [time, text] = Array.isArray(pair) ? pair : [];
    if (typeof time !== 'number') {
      findings.add('trace-bad-time', index + 1, typeof time === 'string' ? time : 'nothing');
      continue;
    }
    const value = readValue(text, index + 1, findings);
    const seconds = Math.floor(time / perSecond);
    builder.add(index + 1, seconds, time / perSecond - seconds, value);
  }
  if (builder.rows === 0 && !findings.hasError) findings.add('trace-header-only');
  const built = builder.finish();
  if (built === undefined) return { issues: findings.issues() };
  const print = (time: number): string => (absolute ? printEpoch(time) : `${time} s`);
  const report: TraceReport = {
    file,
    format: 'prometheus',
    rows: chosen.values.length,
    used: builder.rows,
    gaps: built.gaps,
    columns: [
      { name: 'time', role: 'time', unit: '' },
      { name, role: 'demand', unit },
    ],
    timeFormat: epochUnitNames[epochUnit],
    firstTime: print(built.firstTime),
    lastTime: print(built.lastTime),
  };
  return { series: built.series, report, issues: findings.issues() };
}

/** Values are text, so that NaN and ±Inf survive JSON; plain numbers and null are taken as well. */
function readValue(value: JsonValue | undefined, sample: number, findings: Findings): number {
  const text = typeof value === 'string' ? value.trim() : value;
  if (text === null || text === '' || text === 'NaN') {
    findings.add('trace-missing-value', sample);
    return NaN;
  }
  const numeric =
    typeof text === 'number' || (typeof text === 'string' && /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text));
  const number = numeric ? Number(text) : NaN;
  if (Number.isFinite(number)) {
    if (number < 0) findings.add('trace-negative', sample, String(text));
    return number;
  }
  const infinite = numeric || (typeof text === 'string' && /^[+-]?inf(inity)?$/i.test(text));
  findings.add(infinite ? 'trace-infinite' : 'trace-bad-cell', sample, typeof text === 'string' ? text : 'no number');
  return NaN;
}
