import { DelimitedReader } from '../delimited-reader.ts';
import type { StreamFormat } from '../format.ts';
import type { SeriesSpec } from '../series-group.ts';
import { TimeReader } from '../time-reader.ts';

const wanted: readonly (SeriesSpec & { readonly name: string })[] = [
  { name: 'Requests/s', role: 'demand', measure: 'rate', unit: 'requests/s' },
  { name: 'Failures/s', role: 'errors', measure: 'rate', unit: '1/s' },
  { name: 'User Count', role: 'other', measure: 'gauge' },
  { name: '50%', role: 'latency', statistic: 'p50', unit: 'ms' },
  { name: '90%', role: 'latency', statistic: 'p90', unit: 'ms' },
  { name: '95%', role: 'latency', statistic: 'p95', unit: 'ms' },
  { name: '99%', role: 'latency', statistic: 'p99', unit: 'ms' },
  { name: 'Total Average Response Time', role: 'other', statistic: 'mean', unit: 'ms' },
  { name: 'Total Request Count', role: 'other', measure: 'counter', unit: 'count' },
];

/**
 * Locust's `…_stats_history.csv`: a row a second for all requests together (`Aggregated`), and with
 * `--csv-full-history` one for each kind of request besides. Rows of one kind are read: `series: {Name: /cart}` names
 * another than `Aggregated`. What is called Total counts from the start of the run.
 *
 * @see https://docs.locust.io/en/stable/retrieving-stats.html
 */
export const locust: StreamFormat = {
  name: 'locust',
  title: 'Locust stats history',
  access: 'text',
  recognise: (head) =>
    head.hasColumns('timestamp', 'user count', 'name', 'requests/s')
      ? { confidence: 0.95, reason: 'header of a Locust stats history' }
      : undefined,
  createReader: ({ head, recording, findings, mapping }) =>
    new DelimitedReader(head, findings, (table) => {
      const [time, name, rate] = [table.require('Timestamp'), table.require('Name'), table.require('Requests/s')];
      if (findings.hasError || rate < 0) return undefined;
      const meant = mapping.series?.['Name'] ?? 'Aggregated';
      recording.loop = 'closed';
      recording.proposal = { series: { Name: meant } };
      table.names.forEach((column, i) => {
        const role = i === time ? 'time' : 'unused';
        const choice = i === time ? 'unit' : i === name ? 'rows' : 'none';
        recording.column({ name: column, role, unit: '', choice, sample: table.sampleOf(i) });
      });
      const columns = wanted.flatMap((spec) => {
        const index = table.find(spec.name);
        return index < 0 ? [] : [{ index, spec: { ...spec, labels: { Name: meant } } }];
      });
      const times = new TimeReader(findings, mapping);
      const series = recording.group(columns.map(({ spec }) => spec));
      let others = 0;
      return {
        cells: Math.max(time, name, ...columns.map(({ index }) => index)) + 1,
        row: (cells) => {
          recording.rows++;
          if (cells.text(name) !== meant) {
            others++;
            return;
          }
          if (!cells.time(time, times)) return;
          series.at(cells.line, times.seconds, times.fraction);
          columns.forEach(({ index }, k) => {
            if (!cells.isMissing(index)) cells.putInto(series, k, index);
          });
        },
        end: () => {
          recording.time = times.facts;
          if (others > 0)
            findings.add(
              'trace-left-out',
              0,
              `${others} rows concern other requests than \`${meant}\` and were left out. Say \`series: {Name: …}\` to read another kind.`,
            );
        },
      };
    }),
};
