import type { StreamFormat } from '../format.ts';
import { JsonDocumentReader } from '../json-document.ts';
import type { JsonValue } from '../json-text.ts';
import { asMap, labelsOf, valueAt } from '../json-value.ts';
import { SampledSeries } from '../sampled-series.ts';
import type { SeriesSpec } from '../series-group.ts';
import type { Sample } from '../sampled-series.ts';

/**
 * Timeseries of Datadog: v1 (`/api/v1/query`, points in pairs) and v2 (`/api/v2/query/timeseries`, times once and values
 * by series). Times are Unix milliseconds; null is a gap.
 *
 * @see https://docs.datadoghq.com/api/latest/metrics/
 */
export const datadog: StreamFormat = {
  name: 'datadog',
  title: 'Datadog timeseries (v1, v2)',
  access: 'text',
  recognise: ({ text }) =>
    /"pointlist"\s*:/.test(text) || /"timeseries_response"/.test(text)
      ? { confidence: 0.95, reason: '`pointlist` or `timeseries_response` of Datadog' }
      : undefined,
  createReader: (context) => {
    const { findings } = context;
    findings.rowWord = 'sample';
    return new JsonDocumentReader(findings, (document) => {
      const found = valueAt(document, 'data') === undefined ? firstVersion(document) : secondVersion(document);
      if (found.length === 0) {
        const error = valueAt(document, 'error') ?? valueAt(document, 'errors');
        const told = typeof error === 'string' && error !== '' ? ` Datadog says: ${error}.` : '';
        findings.add('trace-format', 0, `The answer holds no series.${told} Check the query and its range.`);
        return;
      }
      const series = new SampledSeries(context);
      for (const [spec, samples] of found) series.add(spec, samples);
      series.end();
    });
  },
};

type Found = readonly (readonly [SeriesSpec, readonly Sample[]])[];

function firstVersion(document: JsonValue): Found {
  const list = valueAt(document, 'series');
  return (Array.isArray(list) ? list : []).flatMap((entry): Found => {
    const points = valueAt(entry, 'pointlist');
    if (!Array.isArray(points)) return [];
    const name = valueAt(entry, 'display_name') ?? valueAt(entry, 'metric') ?? valueAt(entry, 'expression');
    const interval = valueAt(entry, 'interval');
    return [
      [
        {
          name: String(name ?? 'series'),
          ...labelsFrom(valueAt(entry, 'tag_set') ?? null, valueAt(entry, 'scope') ?? null),
          ...unitFrom(valueAt(entry, 'unit')),
          ...(typeof interval === 'number' && interval > 0 && { bucket: interval }),
        },
        points.map((point): Sample => (Array.isArray(point) ? [point[0], point[1]] : [undefined, undefined])),
      ],
    ];
  });
}

function secondVersion(document: JsonValue): Found {
  const attributes = valueAt(document, 'data', 'attributes');
  const [times, series, values] = ['times', 'series', 'values'].map((key) => valueAt(attributes, key));
  if (!Array.isArray(times) || !Array.isArray(values)) return [];
  return values.flatMap((list, index): Found => {
    if (!Array.isArray(list)) return [];
    const entry = Array.isArray(series) ? series[index] : undefined;
    const query = valueAt(entry, 'query_index');
    return [
      [
        {
          name: typeof query === 'number' ? `query ${query}` : `series ${index + 1}`,
          ...labelsFrom(valueAt(entry, 'group_tags') ?? null, null),
          ...unitFrom(valueAt(entry, 'unit')),
        },
        times.map((time, row): Sample => [time, list[row]]),
      ],
    ];
  });
}

/** `env:prod` → {env: prod}. */
function labelsFrom(tags: JsonValue, scope: JsonValue): { labels: Record<string, string> } {
  const texts = Array.isArray(tags) ? tags : typeof scope === 'string' ? scope.split(',') : [];
  const pairs = texts.flatMap((tag): [string, string][] => {
    const [, key, value] = typeof tag === 'string' ? (/^([^:]+):(.*)$/.exec(tag) ?? []) : [];
    return key === undefined || value === undefined ? [] : [[key, value]];
  });
  return { labels: labelsOf(new Map(pairs)) };
}

/** A pair of units: of the numerator, and of the denominator or null. `request` per `second` is a rate. */
function unitFrom(units: JsonValue | undefined): { unit?: string } {
  if (!Array.isArray(units)) return {};
  const [over, under] = units.map((unit) => asMap(unit)?.get('name'));
  if (typeof over !== 'string') return {};
  if (typeof under !== 'string') return { unit: over };
  return under === 'second' ? { unit: '1/s' } : under === 'minute' ? { unit: '1/min' } : {};
}
