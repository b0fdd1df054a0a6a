import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TraceImport } from '../../sim-core/trace/contract.ts';
import { importTrace, ImportSession } from '../../sim-core/trace/import-session.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** What every import must be, whatever came in: a sound series, or an error that says so. */
function expectSound({ series, recorded, report, issues }: TraceImport): void {
  const failed = issues.some(({ severity }) => severity === 'error');
  if (failed) expect(series).toBeUndefined();
  else expect(series !== undefined || recorded.length > 0).toBe(true);
  if (!failed) expect(report).toBeDefined();
  expect(new Set(issues.map(({ code }) => code)).size).toBe(issues.length);
  for (const { message } of issues) expect(message).toMatch(/^[A-Z\d`].{20,}[.?]$/s);
  if (series === undefined) return;
  expect(series.rate.length).toBe(series.kind === 'rate' ? series.time.length : 0);
  expect(series.time[0]).toBe(0);
  for (let i = 1; i < series.time.length; i++) {
    const [before, now] = [series.time[i - 1]!, series.time[i]!];
    if (series.kind === 'rate' ? !(now > before) : !(now >= before)) throw new Error(`time goes back at row ${i}`);
  }
  for (const rate of series.rate) if (rate < 0 || rate === Infinity) throw new Error(`rate ${rate}`);
  if (series.kind === 'rate') expect(series.bucket).toBeGreaterThan(0);
}

const cell = fc.oneof(
  fc.constantFrom(
    '',
    'time',
    'rps',
    'count',
    'NaN',
    '-1',
    '1e309',
    '"',
    '""',
    '"a,b"',
    '2026-01-01',
    '2026-01-01T00:00:00Z',
    '__proto__',
  ),
  fc.integer({ min: -5, max: 2_000_000_000 }).map(String),
  fc.double().map(String),
);
const table = fc
  .tuple(
    fc.array(fc.array(cell, { maxLength: 4 }), { maxLength: 8 }),
    fc.constantFrom(',', ';', '\t', '|'),
    fc.constantFrom('\n', '\r\n', '\r'),
  )
  .map(([rows, delimiter, end]) => rows.map((row) => row.join(delimiter)).join(end));
const mapping = fc.record(
  {
    column: fc.oneof(fc.constantFrom('rps', 'count', 'constructor'), fc.integer({ min: 1, max: 5 })),
    time: fc.oneof(fc.constant('time'), fc.integer({ min: 1, max: 5 })),
    kind: fc.constantFrom('rate' as const, 'timestamps' as const),
    bucket: fc.constantFrom(1, 0.1, 60),
  },
  { requiredKeys: [] },
);

describe('no bytes upset an import', () => {
  it('random bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (content) => expectSound(importTrace('f', content))),
      {
        seed: 1,
        numRuns: 1000,
      },
    );
  });

  it('random tables, read in any way', () => {
    fc.assert(
      fc.property(table, mapping, (text, options) => {
        expectSound(importTrace('f', bytes(text), options));
        const { series, mapping: proposed } = importTrace('f', bytes(text));
        if (series !== undefined) expect(importTrace('f', bytes(text), proposed).series?.time).toEqual(series.time);
      }),
      { seed: 1, numRuns: 1200 },
    );
  });

  it('a file cut off at any byte, or with any byte replaced', () => {
    const files = [
      '\ufefftime,"requests, all",note\r\n2026-01-01T00:00:00Z,60,"a ""b""\nc"\r\n2026-01-01T00:01:00Z,61,\r\n2026-01-01T00:02:00Z,62,é\r\n',
      '{"status":"success","data":{"resultType":"matrix","result":[{"metric":{"a":"\\u00e9"},"values":[[1767225600,"1"],[1767225615,"NaN"],[1767225630,"2"]]}]}}',
      '12 5 7\n9 1\n',
    ].map(bytes);
    for (const file of files) {
      for (let i = 0; i <= file.length; i++) {
        expectSound(importTrace('f', file.subarray(0, i)));
        for (const byte of [0, 10, 34, 44, 45, 57, 92, 123, 255]) {
          const damaged = file.slice();
          if (i < damaged.length) damaged[i] = byte;
          expectSound(importTrace('f', damaged));
        }
      }
    }
  });

  it('chunks of any size give what the whole gives', () => {
    fc.assert(
      fc.property(
        table,
        mapping,
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }),
        (text, options, sizes) => {
          const content = bytes(text);
          const reader = new ImportSession('f', options);
          const whole = new ImportSession('f', options);
          whole.push(content);
          for (let at = 0, k = 0; at < content.length; k++) {
            const size = sizes[k % sizes.length]!;
            reader.push(content.subarray(at, at + size));
            at += size;
          }
          expect(reader.end()).toEqual(whole.end());
        },
      ),
      { seed: 1, numRuns: 500 },
    );
  });
});
