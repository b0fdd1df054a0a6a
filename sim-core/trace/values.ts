import type { FileHead } from './file-head.ts';
import type { ReaderContext, Recognition, StreamFormat, TraceReader } from './format.ts';
import { asciiText, parseNumber } from './number-text.ts';
import type { SeriesGroup } from './series-group.ts';

/** A word of more bytes is no number. */
const longestWord = 400;

/**
 * Bare numbers parted by white space, one a bucket: one a line, or all on one line. There is no time column, so a
 * bucket lasts a second unless the mapping says otherwise; the scenario's `start` gives the wall clock.
 */
export const values: StreamFormat = {
  name: 'values',
  title: 'a list of numbers',
  access: 'text',
  recognise,
  createReader: (context) => new ValuesReader(context),
};

function recognise({ bytes, whole }: FileHead): Recognition | undefined {
  let numbers = 0;
  let start = -1;
  for (let i = 0; i <= bytes.length; i++) {
    const inWord = i < bytes.length && bytes[i]! > 32;
    if (inWord && start < 0) start = i;
    if (inWord || start < 0) continue;
    // The last word of a longer file is probably cut.
    if (i === bytes.length && !whole) break;
    if (!Number.isNaN(parseNumber(bytes, start, Math.min(i, start + 41)))) numbers++;
    else if (!/^nan$/i.test(asciiText(bytes, start, Math.min(i, start + 4)))) return undefined;
    start = -1;
  }
  return numbers === 0 ? undefined : { confidence: 0.5, reason: 'nothing but numbers and white space' };
}

class ValuesReader implements TraceReader {
  private readonly series: SeriesGroup | undefined;
  private readonly bucket: number;
  private readonly word = new Uint8Array(longestWord + 1);
  private wordLength = 0;
  private line = 1;
  private row = 0;

  constructor(private readonly context: ReaderContext) {
    const { mapping, findings, recording } = context;
    this.bucket = mapping.bucket ?? 1;
    if (mapping.kind === 'timestamps' || (mapping.time ?? 1) !== 1 || !['value', 1].includes(mapping.column ?? 1)) {
      findings.add(
        'trace-missing-column',
        0,
        'The file is a plain list of numbers: there are no columns to name and no times. Leave out `column`, `time` and `kind`, and set `bucket`.',
      );
      return;
    }
    if (mapping.bucket === undefined) findings.add('trace-no-time', 0, 'second');
    this.series = recording.series({ name: 'value', role: 'demand', unit: 'requests/s', bucket: this.bucket });
    recording.time = { format: `none; one row each ${this.bucket} s`, zone: 'none', absolute: false };
    recording.proposal = { bucket: this.bucket };
  }

  push(chunk: Uint8Array): void {
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i]!;
      if (byte > 32) {
        if (this.wordLength <= longestWord) this.word[this.wordLength++] = byte;
        continue;
      }
      if (this.wordLength > 0) this.take();
      if (byte === 10) this.line++;
    }
  }

  end(): void {
    if (this.wordLength > 0) this.take();
  }

  private take(): void {
    const { series, word, wordLength, line, bucket } = this;
    this.wordLength = 0;
    const row = this.row++;
    this.context.recording.rows++;
    if (series === undefined) return;
    const value = parseNumber(word, 0, wordLength);
    const faults = series.columnFindings[0]!;
    const text = (): string => asciiText(word, 0, Math.min(wordLength, 60));
    if (Number.isNaN(value)) faults.add(/^nan$/i.test(text()) ? 'trace-missing-value' : 'trace-bad-cell', line, text());
    else if (value - value !== 0) faults.add('trace-infinite', line, text());
    else if (value < 0) faults.add('trace-negative', line, text());
    if (bucket % 1 === 0) series.at(line, row * bucket);
    else series.at(line, 0, row * bucket);
    series.set(0, value);
  }
}
