import type { StreamFormat } from '../format.ts';
import { JsonLinesReader } from '../json-lines.ts';
import { numberOf, valueAt } from '../json-value.ts';
import { TimeReader } from '../time-reader.ts';
import { K6Requests, k6Metrics } from './k6-requests.ts';
import { readTimeOf } from './time-of-json.ts';

/**
 * What `k6 run --out json` writes: a JSON object a line, of type `Metric` (a declaration) or `Point` (a sample).
 *
 * @see https://grafana.com/docs/k6/latest/results-output/real-time/json/
 */
export const k6Json: StreamFormat = {
  name: 'k6-json',
  title: 'k6 JSON output',
  access: 'text',
  recognise: ({ lines }) => {
    const [first = ''] = lines;
    return first.startsWith('{') && /"type":\s*"(Metric|Point)"/.test(first) && /"metric":\s*"/.test(first)
      ? { confidence: 0.95, reason: "a `Metric` or `Point` of k6's JSON output" }
      : undefined;
  },
  createReader: ({ recording, findings, mapping }) => {
    const times = new TimeReader(findings, mapping, undefined, (line, text) => recording.malformed(line, text));
    recording.column({ name: 'time', role: 'time', unit: '' });
    const requests = new K6Requests(recording, mapping, 0);
    return new JsonLinesReader(
      recording,
      (point, line) => {
        recording.rows++;
        if (valueAt(point, 'type') !== 'Point') return;
        const metric = valueAt(point, 'metric');
        const name = k6Metrics.find((one) => one === metric);
        if (name === undefined || !readTimeOf(valueAt(point, 'data', 'time'), times, line)) return;
        const value = numberOf(valueAt(point, 'data', 'value')) ?? NaN;
        requests.sample(name, line, times, value, numberOf(valueAt(point, 'data', 'tags', 'status')) ?? NaN);
      },
      () => requests.end(times),
    );
  },
};
