import { DelimitedReader } from './delimited-reader.ts';
import type { StreamFormat } from './format.ts';
import { TableRecorder } from './table-recorder.ts';

/**
 * Delimited text: comma, semicolon, tab or bar; with or without a header; Markdown tables too. The first 64 kB settle
 * delimiter, header and columns, the rest is read in one pass. It takes any text, so it is asked last.
 */
export const csv: StreamFormat = {
  name: 'csv',
  title: 'delimited text (CSV, TSV)',
  access: 'text',
  recognise: () => ({ confidence: 0.05, reason: 'text in rows' }),
  createReader: (context) =>
    new DelimitedReader(context.head, context.findings, (table) => {
      const recorder = TableRecorder.start(table.layout, context);
      return (
        recorder && {
          cells: recorder.cells,
          row: (cells) => recorder.row(cells),
          end: () => recorder.end(),
        }
      );
    }),
};
