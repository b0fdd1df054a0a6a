import { unitFromName } from './columns.ts';
import type { ReaderContext, StreamFormat } from './format.ts';
import { JsonDocumentReader } from './json-document.ts';
import type { JsonValue } from './json-text.ts';
import { asMap, labelsOf, numberOf, valueAt } from './json-value.ts';
import type { TraceMapping } from './mapping.ts';
import { roleFromName } from './roles.ts';
import { epochUnitNames, epochUnitOf } from './time-text.ts';

/**
 * The response of Prometheus `/api/v1/query_range`, resultType `matrix`: pairs of Unix seconds and a value in quotation
 * marks. Metrics called `_total` or `_count` are counters; a step without a sample is a gap.
 *
 * @see https://prometheus.io/docs/prometheus/latest/querying/api/#range-queries
 */
export const prometheus: StreamFormat = {
  name: 'prometheus',
  title: 'Prometheus query_range response',
  access: 'text',
  recognise: (head) => {
    if (head.firstCharacter !== '{') return undefined;
    const text = head.text.slice(0, 4000);
    const typical = /"resultType"/.test(text) || /"status"\s*:\s*"(success|error)"/.test(text);
    return typical
      ? { confidence: 0.9, reason: '`status` and `resultType` of a Prometheus response' }
      : { confidence: 0.1, reason: 'a JSON object' };
  },
  createReader: (context) => {
    context.findings.rowWord = 'sample';
    return new JsonDocumentReader(context.findings, (document) => readResponse(document, context));
  },
};

interface LabelledSeries {
  readonly labels: Readonly<Record<string, string>>;
  readonly values: readonly JsonValue[];
}

function readResponse(document: JsonValue, context: ReaderContext): void {
  context.recording.column({ name: 'time', role: 'time', unit: '' });
  const series = seriesOf(document, context) ?? [];
  for (const one of series) readSeries(one, context);
  const { mapping, recording } = context;
  const counters = series.filter(({ labels }) => isRawCounter(metricOf(labels), mapping));
  recording.proposal = {
    ...(mapping.series && { series: mapping.series }),
    ...(counters.length > 0
      ? { counters: Object.fromEntries(counters.map(({ labels }) => [metricOf(labels), true])) }
      : { unit: mapping.unit ?? 'requests/s' }),
  };
}

/** rate() and increase() drop the metric's name, so that a `_total` is a raw count, unless a person says what it is. */
function isRawCounter(metric: string, { unit, counters }: TraceMapping): boolean {
  return unit === undefined && counters?.[metric] !== false && /_(total|count)$/.test(metric);
}

function seriesOf(document: JsonValue, { findings }: ReaderContext): LabelledSeries[] | undefined {
  const refuse = (text: string): undefined => {
    findings.add('trace-prometheus', 0, text);
    return undefined;
  };
  const root = asMap(document);
  if (root?.get('status') === 'error') {
    const reason = [root.get('errorType'), root.get('error')].filter((part) => typeof part === 'string').join(': ');
    return refuse(
      `Prometheus answered with an error (${reason === '' ? 'no reason given' : reason}). Mend the query and export again.`,
    );
  }
  const resultType = valueAt(document, 'data', 'resultType');
  if (resultType === 'vector' || resultType === 'scalar' || resultType === 'string') {
    return refuse(
      `The response holds one instant (\`${resultType}\`), not a range. Ask \`/api/v1/query_range\` with start, end and step.`,
    );
  }
  const result = valueAt(document, 'data', 'result');
  if (resultType !== 'matrix' || !Array.isArray(result)) {
    return refuse(
      'The file is JSON, but in none of the forms that are known: it is no Prometheus query_range response, for `data.resultType: matrix` with `data.result` is missing.',
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
    const values = valueAt(entry, 'values');
    return Array.isArray(values) ? [{ labels: labelsOf(valueAt(entry, 'metric')), values }] : [];
  });
  if (series.length > 0) return series;
  return refuse(
    'The response holds no series: the query matched nothing in this time range. Check its labels and the range.',
  );
}

/** `http_requests{code="200"}`, as Prometheus prints it. */
function printLabels(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels)
    .filter(([key]) => key !== '__name__')
    .map(([key, value]) => `${key}=${JSON.stringify(value)}`);
  return `${metricOf(labels)}{${pairs.join(', ')}}`;
}

function metricOf(labels: Readonly<Record<string, string>>): string {
  return Object.hasOwn(labels, '__name__') ? labels['__name__']! : '';
}

function readSeries({ labels, values }: LabelledSeries, { recording, mapping }: ReaderContext): void {
  const name = printLabels(labels);
  const metric = metricOf(labels);
  const known = metric === '' ? 'other' : roleFromName(metric).role;
  const counter = isRawCounter(metric, mapping);
  const group = recording.series({
    name,
    labels,
    role: known === 'other' ? 'demand' : known,
    ...(counter && { measure: 'counter' as const }),
  });
  const [faults] = group.columnFindings;
  // A rate() drops the metric's name; a name that is still there may count anything.
  if (
    !counter &&
    mapping.unit === undefined &&
    metric !== '' &&
    unitFromName(metric.split(':').pop()!) !== 'requests/s'
  )
    faults!.add('trace-unit-assumed', 0, `series \`${name}\``);
  const first = values[0];
  const unit = epochUnitOf(Array.isArray(first) && typeof first[0] === 'number' ? first[0] : NaN);
  const perSecond = unit === 'ms' ? 1000 : unit === 'us' ? 1e6 : unit === 'ns' ? 1e9 : 1;
  const absolute = unit !== 'relative';
  if (recording.time.format === 'none')
    recording.time = { format: epochUnitNames[unit], zone: absolute ? 'UTC' : 'none', absolute };
  values.forEach((pair, index) => {
    recording.rows++;
    const [time, value] = Array.isArray(pair) ? pair : [];
    if (typeof time !== 'number') {
      group.findings.add('trace-bad-time', index + 1, typeof time === 'string' ? time : 'nothing');
      return;
    }
    const seconds = Math.floor(time / perSecond);
    group.at(index + 1, seconds, time / perSecond - seconds);
    const number = value === undefined ? undefined : numberOf(value);
    if (number === undefined) {
      faults!.add('trace-bad-cell', index + 1, typeof value === 'string' ? value : 'no number');
      return;
    }
    if (number < 0 && number !== -Infinity) faults!.add('trace-negative', index + 1, String(number));
    group.put(0, number, index + 1);
  });
}
