import type { ReaderContext, StreamFormat } from '../format.ts';
import { JsonDocumentReader } from '../json-document.ts';
import { JsonLinesReader } from '../json-lines.ts';
import type { JsonValue } from '../json-text.ts';
import { asMap, numberOf, valueAt } from '../json-value.ts';
import { SampledSeries } from '../sampled-series.ts';
import type { Sample } from '../sampled-series.ts';
import { exponentialBuckets, explicitBuckets, histogramSeries, type HistogramPoint } from './otlp-histogram.ts';

/** Series of one file; each takes memory of its own. */
const maxSeries = 10_000;

/**
 * Metrics of OpenTelemetry as JSON: one export request, or one a line as the collector's file exporter writes them.
 * Cumulative monotonic sums are counters, delta sums count per interval; a histogram becomes the count of its values, their
 * mean and quantiles between neighbouring points.
 *
 * @see https://github.com/open-telemetry/opentelemetry-proto opentelemetry/proto/metrics/v1/metrics.proto
 */
export const otlp: StreamFormat = {
  name: 'otlp',
  title: 'OpenTelemetry metrics (OTLP JSON)',
  access: 'text',
  recognise: ({ text }) =>
    /"resourceMetrics"\s*:/.test(text) ? { confidence: 1, reason: '`resourceMetrics` of OTLP' } : undefined,
  createReader: (context) => {
    context.findings.rowWord = 'sample';
    const metrics = new Metrics(context);
    const linewise = context.head.lines.length > 1 && /^\s*\{.*\}\s*$/.test(context.head.lines[0] ?? '');
    return linewise
      ? new JsonLinesReader(
          context.recording,
          (value) => metrics.add(value),
          () => metrics.end(),
        )
      : new JsonDocumentReader(context.findings, (document) => {
          metrics.add(document);
          metrics.end();
        });
  },
};

interface Gathered {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly unit: string | undefined;
  readonly measure: 'gauge' | 'count' | 'counter';
  readonly samples: Sample[];
}

/** Gathers points by metric and attributes, over all export requests of the file. */
class Metrics {
  private readonly numbers = new Map<string, Gathered>();
  private readonly histograms = new Map<string, Gathered & { readonly points: HistogramPoint[] }>();

  constructor(private readonly context: ReaderContext) {}

  add(document: JsonValue): void {
    for (const resource of listAt(document, 'resourceMetrics')) {
      for (const scope of listAt(resource, 'scopeMetrics')) {
        for (const metric of listAt(scope, 'metrics')) this.metric(metric);
      }
    }
  }

  end(): void {
    const { findings } = this.context;
    if (this.numbers.size + this.histograms.size === 0) {
      findings.add(
        'trace-format',
        0,
        'The file holds no data points. Export a longer stretch of time, or other metrics.',
      );
      return;
    }
    const series = new SampledSeries(this.context);
    for (const { samples, unit, ...spec } of this.numbers.values()) {
      series.add({ ...spec, ...(unit !== undefined && { unit }) }, samples);
    }
    // Where requests are counted by themselves, the counts of histograms are no second demand.
    const counted = [...this.numbers.values()].some(({ measure }) => measure !== 'gauge');
    for (const { name, labels, unit, measure, points } of this.histograms.values()) {
      for (const [spec, samples] of histogramSeries(
        name,
        unit,
        points,
        measure === 'counter',
        counted ? 'other' : 'demand',
      )) {
        series.add({ ...spec, labels }, samples);
      }
    }
    series.end();
  }

  private metric(metric: JsonValue): void {
    const name = String(valueAt(metric, 'name') ?? 'metric');
    const given = valueAt(metric, 'unit');
    const unit = typeof given === 'string' ? plainUnit(given, name) : undefined;
    for (const kind of ['gauge', 'sum', 'histogram', 'exponentialHistogram'] as const) {
      const data = valueAt(metric, kind);
      if (data === undefined) continue;
      const temporality = valueAt(data, 'aggregationTemporality');
      const cumulative = temporality === 2 || temporality === 'AGGREGATION_TEMPORALITY_CUMULATIVE';
      const growing = kind !== 'gauge' && (kind !== 'sum' || valueAt(data, 'isMonotonic') === true);
      const measure = !growing ? 'gauge' : cumulative ? 'counter' : 'count';
      for (const point of listAt(data, 'dataPoints')) this.point(kind, { name, unit, measure }, point);
    }
  }

  private point(
    kind: 'gauge' | 'sum' | 'histogram' | 'exponentialHistogram',
    about: Pick<Gathered, 'name' | 'unit' | 'measure'>,
    point: JsonValue,
  ): void {
    const labels = attributesOf(point);
    const key = `${about.name} ${JSON.stringify(labels)}`;
    const time = valueAt(point, 'timeUnixNano');
    if (this.numbers.size + this.histograms.size >= maxSeries) {
      this.context.findings.add(
        'trace-too-large',
        0,
        `The file holds more than ${maxSeries} series. Export fewer attributes.`,
      );
      return;
    }
    if (kind === 'gauge' || kind === 'sum') {
      const gathered = this.numbers.get(key) ?? { ...about, labels, samples: [] };
      this.numbers.set(key, gathered);
      gathered.samples.push([time, valueAt(point, 'asDouble') ?? valueAt(point, 'asInt')]);
      return;
    }
    const gathered = this.histograms.get(key) ?? { ...about, labels, samples: [], points: [] };
    this.histograms.set(key, gathered);
    gathered.points.push({
      time: typeof time === 'string' || typeof time === 'number' ? time : null,
      count: numberOf(valueAt(point, 'count')) ?? NaN,
      sum: numberOf(valueAt(point, 'sum')) ?? NaN,
      buckets: kind === 'histogram' ? explicitBuckets(point) : exponentialBuckets(point),
    });
  }
}

function listAt(value: JsonValue, key: string): readonly JsonValue[] {
  const list = valueAt(value, key);
  return Array.isArray(list) ? list : [];
}

/** `[{key, value: {stringValue}}]` → labels. */
function attributesOf(point: JsonValue): Record<string, string> {
  const pairs = listAt(point, 'attributes').flatMap((attribute): [string, string][] => {
    const key = valueAt(attribute, 'key');
    const [value] = [...(asMap(valueAt(attribute, 'value'))?.values() ?? [])];
    return typeof key === 'string' && value !== undefined && value !== null && typeof value !== 'object'
      ? [[key, String(value)]]
      : [];
  });
  return Object.fromEntries(pairs);
}

/** UCUM: `{request}` counts requests, `1` is a plain number (a share where it is a utilisation), `By` bytes. */
function plainUnit(unit: string, name: string): string | undefined {
  if (/^\{[^}]*\}\/s$/.test(unit)) return '1/s';
  if (/^\{[^}]*\}$/.test(unit)) return 'count';
  if (unit === '1') return /utili[sz]ation|ratio/i.test(name) ? 'ratio' : undefined;
  return unit === '' ? undefined : unit;
}
