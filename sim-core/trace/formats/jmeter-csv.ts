import { DelimitedReader } from '../delimited-reader.ts';
import type { StreamFormat } from '../format.ts';
import { outcomes, outcomeOfStatus, type Outcome } from '../request-log.ts';
import { TimeReader } from '../time-reader.ts';

/**
 * JMeter's results as CSV (`.jtl`), with a header: a row a sample. `timeStamp` is when the sample began, as JMeter ships
 * (`sampleresult.timestamp.start=true`); where that was switched off, `loggedAt: end` says so. The rows of transaction
 * controllers repeat the samples inside them and are left out.
 *
 * @see https://jmeter.apache.org/usermanual/listeners.html#csvlogformat
 */
export const jmeterCsv: StreamFormat = {
  name: 'jmeter-csv',
  title: 'JMeter results (JTL) as CSV',
  access: 'text',
  recognise: (head) =>
    head.hasColumns('timestamp', 'elapsed') &&
    ['label', 'responsecode', 'threadname', 'success', 'allthreads'].filter((name) => head.hasColumns(name)).length >= 2
      ? { confidence: 0.9, reason: 'header of JMeter results' }
      : undefined,
  createReader: ({ head, recording, findings, mapping }) =>
    new DelimitedReader(head, findings, (table) => {
      const [time, elapsed] = [table.require('timeStamp'), table.require('elapsed')];
      if (findings.hasError) return undefined;
      const [code, success, message] = ['responseCode', 'success', 'responseMessage'].map((name) =>
        table.find(name),
      ) as [number, number, number];
      recording.loop = 'closed';
      recording.proposal = { kind: 'timestamps', loggedAt: mapping.loggedAt ?? 'start' };
      table.names.forEach((name, i) => {
        const role = i === time ? 'time' : i === elapsed ? 'duration' : i === code ? 'errors' : 'unused';
        const choice = i === time ? 'unit' : 'none';
        recording.column({ name, role, unit: i === elapsed ? 'ms' : '', choice, sample: table.sampleOf(i) });
      });
      const times = new TimeReader(findings, mapping, undefined, (line, text) => recording.malformed(line, text));
      const log = recording.requests({ loggedAt: 'start', unordered: true });
      let transactions = 0;
      return {
        cells: Math.max(time, elapsed, code, success, message) + 1,
        row: (cells) => {
          recording.rows++;
          if (message >= 0 && cells.startsWith(message, 'Number of samples in transaction')) {
            transactions++;
            return;
          }
          if (!cells.time(time, times)) return;
          const status = code < 0 ? NaN : cells.number(code);
          let outcome: Outcome = outcomeOfStatus(status);
          if (outcome === outcomes.served && Number.isNaN(status) && success >= 0 && cells.is(success, 'false'))
            outcome = outcomes.failed;
          const took = cells.number(elapsed) / 1000;
          log.add(cells.line, times.seconds, times.fraction, took, outcome);
        },
        end: () => {
          recording.time = times.facts;
          if (transactions > 0)
            findings.add(
              'trace-left-out',
              0,
              `${transactions} rows of transaction controllers were left out, for they repeat the samples inside them.`,
            );
        },
      };
    }),
};
