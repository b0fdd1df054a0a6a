import { DelimitedReader, type RowReader, type Table } from '../delimited-reader.ts';
import type { StreamFormat } from '../format.ts';
import { outcomes, outcomeOfStatus, type Outcome } from '../request-log.ts';
import { asciiBytes, asciiText } from '../number-text.ts';
import { TimeReader } from '../time-reader.ts';
import { parseTimeText, type TimeRead } from '../time-text.ts';

/**
 * JMeter's results as CSV (`.jtl`): a row a sample. A header may have been switched off, which leaves the usual columns. `timeStamp` is when the sample began, as JMeter ships
 * (`sampleresult.timestamp.start=true`); where that was switched off, `loggedAt: end` says so. The rows of transaction
 * controllers repeat the samples inside them and are left out.
 *
 * @see https://jmeter.apache.org/usermanual/listeners.html#csvlogformat
 */
export const jmeterCsv: StreamFormat = {
  name: 'jmeter-csv',
  title: 'JMeter results (JTL) as CSV',
  access: 'text',
  recognise: (head) => {
    const usual = ['label', 'responsecode', 'threadname', 'success', 'allthreads'];
    if (head.hasColumns('timestamp', 'elapsed') && usual.filter((name) => head.hasColumns(name)).length >= 2)
      return { confidence: 0.9, reason: 'header of JMeter results' };
    return headless.test(head.lines[0] ?? '')
      ? { confidence: 0.8, reason: 'the usual columns of JMeter results, without their header' }
      : undefined;
  },
  createReader: ({ head, recording, findings, mapping }) => {
    const start = (table: Table): RowReader | undefined => {
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
      const times = new TimeReader(findings, mapping, parseJmeterTime, (line, text) => recording.malformed(line, text));
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
    };
    return new DelimitedReader(head, findings, start, usualColumns);
  },
};

const usualColumns = [
  'timeStamp',
  'elapsed',
  'label',
  'responseCode',
  'responseMessage',
  'threadName',
  'dataType',
  'success',
];

/** ms, elapsed, label, code, message, thread, `text`, `true` … with any of JMeter's delimiters. */
const headless = /^\d{13}([,;\t|])\d+\1(?:(?:"(?:[^"]|"")*"|[^"]*?)\1){4}(?:text|bin)?\1(?:true|false)(?:\1|$)/;

/**
 * As the formats that JMeter falls back to when it reads its own files: like ISO 8601, or `01/31/26 10:00:00`.
 *
 * @see org.apache.jmeter.save.CSVSaveService, DATE_FORMAT_STRINGS
 */
function parseJmeterTime(bytes: Uint8Array, start: number, end: number, target: TimeRead): boolean {
  if (bytes[start + 2] !== 47 || bytes[start + 5] !== 47) return parseTimeText(bytes, start, end, target);
  const text = asciiText(bytes, start, end);
  const iso = asciiBytes(`20${text.slice(6, 8)}-${text.slice(0, 2)}-${text.slice(3, 5)}${text.slice(8)}`);
  return parseTimeText(iso, 0, iso.length, target);
}
