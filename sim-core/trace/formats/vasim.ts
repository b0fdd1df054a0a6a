import { DelimitedReader } from '../delimited-reader.ts';
import type { StreamFormat } from '../format.ts';
import { isDigit } from '../number-text.ts';
import { daysSinceEpoch } from '../../units/instant.ts';
import type { TimeRead } from '../time-text.ts';
import { TimeReader } from '../time-reader.ts';

/**
 * CPU recordings as the autoscaling simulator VASIM reads them: `TIMESTAMP,CPU_USAGE_ACTUAL`, cores, times like
 * `2023.04.02-00:09:00:000`. CPU in use, and so no demand that could be replayed.
 *
 * @see github.com/microsoft/vasim
 */
export const vasim: StreamFormat = {
  name: 'vasim',
  title: 'VASIM CPU recording',
  access: 'text',
  recognise: (head) =>
    head.hasColumns('timestamp', 'cpu_usage_actual')
      ? { confidence: 0.9, reason: 'TIMESTAMP and CPU_USAGE_ACTUAL' }
      : undefined,
  createReader: ({ head, findings, mapping, recording }) =>
    new DelimitedReader(head, findings, (table) => {
      const [time, usage] = [table.require('timestamp'), table.require('cpu_usage_actual')];
      if (time < 0 || usage < 0) return undefined;
      const times = new TimeReader(findings, mapping, readDottedTime);
      recording.column({ name: table.names[time]!, role: 'time', unit: '', sample: table.sampleOf(time) });
      const group = recording.series({ name: table.names[usage]!, role: 'cpu', unit: 'cores' });
      return {
        row: (cells) => {
          recording.rows++;
          if (!cells.time(time, times)) return;
          group.at(cells.line, times.seconds, times.fraction);
          cells.putInto(group, 0, usage);
        },
        end: () => (recording.time = times.facts),
      };
    }),
};

/** `2023.04.02-00:09:00:000`: the last part is milliseconds. */
function readDottedTime(bytes: Uint8Array, start: number, end: number, target: TimeRead): boolean {
  const pattern = '0000.00.00-00:00:00:000';
  if (end - start !== pattern.length) return false;
  const field = (at: number, length: number): number => {
    let value = 0;
    for (let i = start + at; i < start + at + length; i++) value = value * 10 + bytes[i]! - 48;
    return value;
  };
  for (let i = 0; i < pattern.length; i++) {
    const wanted = pattern.charCodeAt(i);
    const digit = isDigit(bytes[start + i]);
    if (wanted === 48 ? !digit : bytes[start + i] !== wanted) return false;
  }
  const [month, day, hour, minute, second] = [field(5, 2), field(8, 2), field(11, 2), field(14, 2), field(17, 2)];
  const days = daysSinceEpoch(field(0, 4), month, day);
  if (Number.isNaN(days) || hour > 23 || minute > 59 || second > 59) return false;
  target.seconds = days * 86_400 + hour * 3600 + minute * 60 + second;
  target.fraction = field(20, 3) / 1000;
  target.offset = NaN;
  return true;
}
