import type { StreamFormat } from '../format.ts';
import { JsonDocumentReader } from '../json-document.ts';
import { asMap, valueAt } from '../json-value.ts';
import { SampledSeries } from '../sampled-series.ts';

/**
 * The answer of `aws cloudwatch get-metric-data`: lists of times and values that belong together by place, newest first
 * or last. The period is not in it: a sum per period becomes a rate by the spacing of its times.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html
 */
export const cloudWatch: StreamFormat = {
  name: 'cloudwatch',
  title: 'CloudWatch get-metric-data',
  access: 'text',
  recognise: ({ text }) =>
    /"MetricDataResults"\s*:/.test(text) ? { confidence: 1, reason: '`MetricDataResults` of CloudWatch' } : undefined,
  createReader: (context) => {
    const { findings } = context;
    findings.rowWord = 'sample';
    return new JsonDocumentReader(findings, (document) => {
      const results = valueAt(document, 'MetricDataResults');
      if (!Array.isArray(results)) {
        findings.add(
          'trace-format',
          0,
          'The document has no list `MetricDataResults`. Save the whole answer of get-metric-data.',
        );
        return;
      }
      const series = new SampledSeries(context);
      for (const result of results) {
        const entry = asMap(result);
        const [times, values] = [entry?.get('Timestamps'), entry?.get('Values')];
        const name = String(entry?.get('Label') ?? entry?.get('Id') ?? 'series');
        if (!Array.isArray(times) || !Array.isArray(values) || times.length !== values.length) {
          findings.add(
            'trace-left-out',
            0,
            `\`${name}\` has no \`Timestamps\` and \`Values\` of one length and was left out.`,
          );
          continue;
        }
        if (times.length === 0) {
          findings.add('trace-left-out', 0, `\`${name}\` has no samples and was left out.`);
          continue;
        }
        const counts = /count|requests?|invocations|sum$/i.test(name);
        series.add(
          { name, ...(counts && { measure: 'count' as const }) },
          times.map((time, index) => [time, values[index]]),
        );
      }
      const partial = results.some((result) => asMap(result)?.get('StatusCode') === 'PartialData');
      if (partial || valueAt(document, 'NextToken') !== undefined) {
        findings.add(
          'trace-note',
          0,
          'CloudWatch says that there is more (`NextToken` or `PartialData`): this is the first page only. Page on and put the pages together.',
        );
      }
      series.end();
    });
  },
};
