import type { StreamFormat } from '../format.ts';
import { JsonLinesReader } from '../json-lines.ts';
import { valueAt } from '../json-value.ts';
import { TimeReader } from '../time-reader.ts';
import { readTimeOf } from './time-of-json.ts';

/**
 * Mooncake's traces of requests to a language model: JSON objects, one a line, with ms from the start and the lengths of
 * prompt and answer in tokens.
 *
 * @see https://github.com/kvcache-ai/Mooncake
 */
export const mooncake: StreamFormat = {
  name: 'mooncake',
  title: 'a Mooncake trace of requests',
  access: 'text',
  recognise: ({ lines }) => {
    const [first = ''] = lines;
    return first.startsWith('{') &&
      ['timestamp', 'input_length', 'output_length'].every((key) => first.includes(`"${key}":`))
      ? { confidence: 0.9, reason: '`timestamp`, `input_length` and `output_length` on every line' }
      : undefined;
  },
  createReader: ({ recording, findings, mapping }) => {
    const unit = { ...mapping, timeUnit: mapping.timeUnit ?? 'ms' } as const;
    const times = new TimeReader(findings, unit, undefined, (line, text) => recording.malformed(line, text));
    recording.loop = 'open';
    recording.proposal = { kind: 'timestamps' };
    recording.column({ name: 'timestamp', role: 'time', unit: '', choice: 'unit' });
    for (const name of ['input_length', 'output_length', 'hash_ids'])
      recording.column({ name, role: 'unused', unit: '' });
    const log = recording.requests({ loggedAt: 'start', unordered: true });
    return new JsonLinesReader(
      recording,
      (request, line) => {
        recording.rows++;
        if (readTimeOf(valueAt(request, 'timestamp'), times, line)) log.add(line, times.seconds, times.fraction);
      },
      () => (recording.time = times.facts),
    );
  },
};
