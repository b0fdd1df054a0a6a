import { DelimitedReader } from './delimited-reader.ts';
import type { StreamFormat } from './format.ts';

/** Series and values held at most. */
const maxSeries = 20_000;
const maxValues = 8_388_608;

/**
 * One series a row: a name, then its values in order of time, rows of unequal length padded with empty cells, and a
 * header `V1, V2, …` that R writes over columns without names. The layout of the M4 competition's data sets. There are
 * no times; a value lasts a second unless the mapping says otherwise.
 */
export const wideSeries: StreamFormat = {
  name: 'wide-series',
  title: 'a table with one series a row',
  access: 'text',
  recognise: ({ header }) =>
    header.length > 2 && header.every((name, i) => name === `v${i + 1}`)
      ? { confidence: 0.8, reason: 'columns V1, V2, … without a time' }
      : undefined,
  createReader: ({ head, findings, mapping, recording }) => {
    const bucket = mapping.bucket ?? 1;
    let series = 0;
    let values = 0;
    return new DelimitedReader(head, findings, () => {
      if (mapping.bucket === undefined) findings.add('trace-no-time', 0, 'second');
      recording.time = { format: `none; one value each ${bucket} s`, zone: 'none', absolute: false };
      recording.proposal = { bucket };
      return {
        row: (cells) => {
          recording.rows++;
          if (series >= maxSeries || values >= maxValues) {
            findings.add(
              'trace-too-large',
              0,
              `The file holds more than ${maxSeries} series or ${maxValues} values. Cut it to the series you need.`,
            );
            return;
          }
          let last = cells.record.count - 1;
          while (last > 0 && cells.isMissing(last)) last--;
          series++;
          values += last;
          const group = recording.series({ name: cells.text(0), role: 'other', bucket });
          for (let i = 1; i <= last; i++) {
            group.at(cells.line, 0, (i - 1) * bucket);
            cells.putInto(group, 0, i);
          }
        },
      };
    });
  },
};
