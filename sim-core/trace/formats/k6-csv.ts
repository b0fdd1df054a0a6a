import { DelimitedReader } from '../delimited-reader.ts';
import type { StreamFormat } from '../format.ts';
import { TimeReader } from '../time-reader.ts';
import { K6Requests, k6Metrics } from './k6-requests.ts';

/**
 * What `k6 run --out csv` writes: a row a sample. Columns come and go with versions and settings, so they are found by
 * name; times are unix seconds, or what `K6_CSV_TIME_FORMAT` asked for.
 *
 * @see https://grafana.com/docs/k6/latest/results-output/real-time/csv/
 */
export const k6Csv: StreamFormat = {
  name: 'k6-csv',
  title: 'k6 CSV output',
  access: 'text',
  recognise: (head) =>
    head.hasColumns('metric_name', 'timestamp', 'metric_value')
      ? { confidence: 0.95, reason: "header of k6's CSV output" }
      : undefined,
  createReader: ({ head, recording, findings, mapping }) =>
    new DelimitedReader(head, findings, (table) => {
      const [metric, time, value] = [
        table.require('metric_name'),
        table.require('timestamp'),
        table.require('metric_value'),
      ];
      const status = table.find('status');
      if (findings.hasError) return undefined;
      const times = new TimeReader(findings, mapping, undefined, (line, text) => recording.malformed(line, text));
      table.names.forEach((name, i) => {
        const is = i === time ? ({ role: 'time', choice: 'unit' } as const) : ({ role: 'unused' } as const);
        recording.column({ name, unit: '', sample: table.sampleOf(i), ...is });
      });
      const whole = table.layout.sample.every((row) => !/[.T]|\d{11}/.test(row[time] ?? ''));
      const requests = new K6Requests(recording, mapping, whole ? 1 : 0);
      return {
        cells: Math.max(metric, time, value, status) + 1,
        row: (cells) => {
          recording.rows++;
          const name = k6Metrics.find((one) => cells.is(metric, one));
          if (name === undefined || !cells.time(time, times)) return;
          requests.sample(name, cells.line, times, cells.number(value), status < 0 ? 200 : cells.number(status));
        },
        end: () => requests.end(times),
      };
    }),
};
