import type { StreamFormat } from '../format.ts';
import { JsonLinesReader } from '../json-lines.ts';
import { asMap, labelsOf } from '../json-value.ts';
import { SampledSeries } from '../sampled-series.ts';

/**
 * What `/api/v1/export` of VictoriaMetrics writes: a series a line, values and Unix milliseconds in lists of equal
 * length. Raw samples, so metrics called `_total` or `_count` are counters.
 *
 * @see https://docs.victoriametrics.com/victoriametrics/#how-to-export-data-in-json-line-format
 */
export const victoriaMetrics: StreamFormat = {
  name: 'victoria-metrics',
  title: 'VictoriaMetrics export',
  access: 'text',
  recognise: ({ lines }) =>
    /^\s*\{.*"metric"\s*:\s*\{/.test(lines[0] ?? '') && /"(values|timestamps)"\s*:\s*\[/.test(lines[0] ?? '')
      ? { confidence: 0.8, reason: '`metric`, `values` and `timestamps` on every line' }
      : undefined,
  createReader: (context) => {
    context.findings.rowWord = 'sample';
    const series = new SampledSeries(context);
    return new JsonLinesReader(
      context.recording,
      (value, line) => {
        const entry = asMap(value);
        const [values, times] = [entry?.get('values'), entry?.get('timestamps')];
        if (!Array.isArray(values) || !Array.isArray(times) || values.length !== times.length) {
          context.recording.rows++;
          context.recording.malformed(line, 'no `values` and `timestamps` of one length');
          return;
        }
        const { __name__: name = 'series', ...labels } = labelsOf(entry?.get('metric'));
        series.add(
          { name, labels, ...(/_(total|count)$/.test(name) && { measure: 'counter' as const }) },
          times.map((time, index) => [time, values[index]]),
        );
      },
      () => series.end(),
    );
  },
};
