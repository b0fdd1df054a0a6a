import type { TraceImport } from './contract.ts';
import { headLength } from './encoding.ts';
import { Findings } from './findings.ts';
import type { TraceFormat } from './format.ts';
import type { TraceMapping } from './mapping.ts';
import { asciiText, parseNumber } from './number-text.ts';
import { SeriesBuilder } from './series-builder.ts';

/**
 * Bare numbers parted by white space, one a bucket: one a line, or all on one line. There is no time column, so a
 * bucket lasts a second unless the mapping says otherwise; the scenario's `start` gives the wall clock.
 */
export const values: TraceFormat = {
  name: 'values',
  recognises: (head) => {
    let numbers = 0;
    for (const [start, end] of words(head)) {
      // The last word of a longer file is probably cut.
      if (end === headLength) break;
      if (end - start > 40 || Number.isNaN(parseNumber(head, start, end))) return false;
      numbers++;
    }
    return numbers > 0;
  },
  import: importValues,
};

function* words(bytes: Uint8Array): Generator<readonly [start: number, end: number]> {
  let start = -1;
  for (let i = 0; i <= bytes.length; i++) {
    const inWord = i < bytes.length && bytes[i]! > 32;
    if (inWord && start < 0) start = i;
    if (!inWord && start >= 0) {
      yield [start, i];
      start = -1;
    }
  }
}

function importValues(file: string, bytes: Uint8Array, mapping: TraceMapping): TraceImport {
  const findings = new Findings(file, mapping);
  if (mapping.kind === 'timestamps' || (mapping.time ?? 1) !== 1 || (mapping.column ?? 1) !== 1) {
    findings.add(
      'trace-missing-column',
      0,
      'The file is a plain list of numbers: there are no columns to name and no times. Leave out `column`, `time` and `kind`, and set `bucket`.',
    );
    return { issues: findings.issues() };
  }
  const bucket = mapping.bucket ?? 1;
  const unit = mapping.unit ?? 'requests/s';
  if (mapping.bucket === undefined) findings.add('trace-no-time', 0, 'second');
  const builder = new SeriesBuilder(
    { kind: 'rate', unit, bucket, absolute: () => false, sortSilently: false },
    findings,
  );
  let line = 1;
  let position = 0;
  let row = 0;
  const fraction = bucket % 1;
  for (const [start, end] of words(bytes)) {
    for (; position < start; position++) if (bytes[position] === 10) line++;
    const value = parseNumber(bytes, start, end);
    const text = (): string => asciiText(bytes, start, Math.min(end, start + 60));
    if (Number.isNaN(value))
      findings.add(/^nan$/i.test(text()) ? 'trace-missing-value' : 'trace-bad-cell', line, text());
    else if (value - value !== 0) findings.add('trace-infinite', line, text());
    else if (value < 0) findings.add('trace-negative', line, text());
    if (fraction === 0) builder.add(line, row * bucket, 0, value);
    else builder.add(line, 0, row * bucket, value);
    row++;
  }
  const built = builder.finish();
  if (built === undefined) return { issues: findings.issues() };
  return {
    series: built.series,
    report: {
      file,
      format: 'values',
      rows: row,
      used: builder.rows,
      gaps: built.gaps,
      columns: [{ name: 'value', role: 'demand', unit }],
      timeFormat: `none; one row each ${bucket} s`,
      firstTime: '0 s',
      lastTime: `${built.lastTime} s`,
    },
    issues: findings.issues(),
  };
}
