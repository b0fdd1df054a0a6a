import { describe, expect, it } from 'vitest';
import type { TraceMapping } from '../../../sim-core/trace/mapping.ts';
import { importTrace } from '../../../sim-core/trace/import-session.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

interface Case {
  readonly what: string;
  readonly text: string | Uint8Array;
  readonly mapping?: Omit<TraceMapping, 'file'>;
  /** code of the one issue */
  readonly code: string;
  readonly severity?: 'warning';
  readonly line?: number;
  /** what the message must say: the place, and how to mend it */
  readonly says: readonly string[];
}

const rows = (...cells: string[]): string => ['time,rps', ...cells].join('\n') + '\n';
const matrix = (...series: string[]): string =>
  `{"status":"success","data":{"resultType":"matrix","result":[${series.join(',')}]}}`;

const cases: readonly Case[] = [
  { what: 'a 0-byte file', text: '', code: 'trace-empty', says: ['empty', 'Export'] },
  { what: 'a blank file', text: ' \r\n\n', code: 'trace-empty', says: ['empty'] },
  { what: 'only a byte order mark', text: Uint8Array.of(0xef, 0xbb, 0xbf), code: 'trace-empty', says: ['empty'] },
  { what: 'a header without rows', text: 'time,rps\n', code: 'trace-header-only', says: ['no rows'] },
  {
    what: 'a missing column',
    text: 'timestamp,requests\n2026-01-01T00:00:00Z,1\n2026-01-01T00:01:00Z,1\n',
    mapping: { column: 'request' },
    code: 'trace-missing-column',
    line: 1,
    says: ['no column `request`', '`timestamp`, `requests`', 'Did you mean `requests`?'],
  },
  {
    what: 'a position beyond the last column',
    text: rows('2026-01-01T00:00:00Z,1', '2026-01-01T00:01:00Z,1'),
    mapping: { column: 3 },
    code: 'trace-missing-column',
    says: ['`column: 3`', 'only 2 columns', '`time`, `rps`'],
  },
  {
    what: 'a choice of columns',
    text: 'time,cart,checkout\n0,1,1\n1,1,1\n',
    code: 'trace-column-choice',
    says: ['`cart`, `checkout`', '`column`'],
  },
  {
    what: 'mixed zones: with and without',
    text: rows('2026-01-01T00:00:00Z,1', '2026-01-01T00:01:00,1', '2026-01-01T00:02:00Z,1'),
    code: 'trace-mixed-zones',
    line: 3,
    says: ['Line 3', 'no zone', 'same zone'],
  },
  {
    what: 'mixed zones: two offsets',
    text: rows('2026-01-01T00:00:00Z,1', '2026-01-01T00:01:00+05:30,1', '2026-01-01T00:02:00Z,1'),
    code: 'trace-mixed-zones',
    line: 3,
    says: ['+05:30', 'same zone'],
  },
  {
    what: 'a change to winter time',
    text: rows('2026-10-25T02:58:00+02:00,1', '2026-10-25T02:59:00+02:00,1', '2026-10-25T02:00:00+01:00,1'),
    code: 'trace-zone-change',
    severity: 'warning',
    line: 4,
    says: ['summer time', 'own offset'],
  },
  {
    what: 'times without a zone',
    text: rows('2026-01-01 00:00,1', '2026-01-01 00:01,1'),
    code: 'trace-no-zone',
    severity: 'warning',
    says: ['UTC'],
  },
  {
    what: 'unsorted times',
    text: rows('1767225600,1', '1767225720,1', '1767225660,1', '1767225780,1', '1767225720,1'),
    code: 'trace-unsorted',
    line: 4,
    says: ['Lines 4, 6', 'Sort'],
  },
  {
    what: 'duplicate times',
    text: rows('1767225600,1', '1767225660,1', '1767225660,2', '1767225720,1'),
    code: 'trace-duplicate-time',
    line: 4,
    says: ['Line 4', 'Keep one row'],
  },
  {
    what: 'negative rates',
    text: rows('0,1', '1,-2.5', '2,1'),
    code: 'trace-negative',
    line: 3,
    says: ['Line 3, column 2', '`-2.5`', 'gap'],
  },
  {
    what: 'NaN',
    text: rows('0,1', '1,NaN', '2,1', '3,', '4,null'),
    code: 'trace-missing-value',
    severity: 'warning',
    line: 3,
    says: ['Lines 3, 5, 6', 'gap', '`fill`'],
  },
  { what: 'infinity', text: rows('0,1', '1,+Inf', '2,1'), code: 'trace-infinite', line: 3, says: ['`+Inf`', 'finite'] },
  {
    what: 'words',
    text: rows('0,1', '1,2', '2,many'),
    code: 'trace-bad-cell',
    line: 4,
    says: ['`many`', 'not a number'],
  },
  {
    what: 'a word in a quoted cell on a later line',
    text: 'time,note,rps\n0,"two\nlines",1\n1,"and, a comma",x\n2,,3\n',
    mapping: { column: 'rps' },
    code: 'trace-bad-cell',
    line: 4,
    says: ['`x`'],
  },
  {
    what: 'a bad time',
    text: rows('0,1', '1,1', 'soon,1'),
    code: 'trace-bad-time',
    line: 4,
    says: ['`soon`', 'not a time'],
  },
  {
    what: 'a change of unit',
    text: rows('1767225600,1', '1767225660,1', '1767225720000,1'),
    code: 'trace-bad-time',
    line: 4,
    says: ['`1767225720000`'],
  },
  {
    what: 'a short row',
    text: rows('0,1', '1,1', '2', '3,1'),
    code: 'trace-short-row',
    line: 4,
    says: ['only 1 of the 2'],
  },
  {
    what: 'an open quotation mark',
    text: rows('0,1', '1,1', '2,"1', '3,1'),
    code: 'trace-unclosed-quote',
    line: 4,
    says: ['never closed'],
  },
  { what: 'one row', text: rows('0,1'), code: 'trace-single-row', says: ['`bucket`'] },
  {
    what: 'uneven spacing',
    text: rows('0,1', '7,1', '9,1', '30,1', '31.5,1', '50,1'),
    code: 'trace-irregular',
    severity: 'warning',
    says: ['from 1.5s to 21s', 'held'],
  },
  {
    what: 'missing buckets',
    text: rows('0,1', '60,1', '120,1', '300,1', '360,1', '480,1'),
    code: 'trace-gaps',
    severity: 'warning',
    says: ['3 buckets of 1m', 'first after 120 s', '`fill`'],
  },
  {
    what: 'a unit nobody named',
    text: 'time,widgets\n0,1\n1,2\n',
    code: 'trace-unit-assumed',
    severity: 'warning',
    says: ['`widgets`', 'requests/s', '`unit'],
  },
  { what: 'no times', text: '5\n6\n7\n', code: 'trace-no-time', severity: 'warning', says: ['second', '`bucket`'] },
  {
    what: 'a request log out of order',
    text: 'time\n10.5\n10.2\n11\n',
    code: 'trace-sorted',
    severity: 'warning',
    line: 3,
    says: ['Line 3', 'put in order'],
  },
  {
    what: 'binary',
    text: Uint8Array.of(1, 0, 0, 0, 7, 9, 0, 0, 3, 200),
    code: 'trace-binary',
    says: ['binary', 'CSV'],
  },
  { what: 'Parquet', text: bytes('PAR1....PAR1'), code: 'trace-binary', says: ['Parquet', 'CSV'] },
  { what: 'gzip', text: Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0), code: 'trace-compressed', says: ['gzip', 'Unpack'] },
  { what: 'zip', text: bytes('PK\u0003\u0004....'), code: 'trace-compressed', says: ['zip', 'Unpack'] },
  {
    what: 'broken JSON',
    text: '{"status":"success",\n "data": {"resultType"}}',
    code: 'trace-broken-json',
    line: 2,
    says: ['line 2, column 23', 'colon'],
  },
  {
    what: 'cut-off JSON',
    text: '{"status":"succ',
    code: 'trace-broken-json',
    line: 1,
    says: ['ends too early', 'export it again'],
  },
  {
    what: 'JSON nested without end',
    text: '{"a":' + '['.repeat(100_000),
    code: 'trace-broken-json',
    says: ['nested'],
  },
  { what: 'other JSON', text: '{"series": []}', code: 'trace-prometheus', says: ['query_range'] },
  {
    what: 'a Prometheus error',
    text: '{"status":"error","errorType":"bad_data","error":"parse error at char 3"}',
    code: 'trace-prometheus',
    says: ['bad_data: parse error at char 3'],
  },
  {
    what: 'an instant vector',
    text: '{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1767225600,"1"]}]}}',
    code: 'trace-prometheus',
    says: ['one instant', 'query_range'],
  },
  { what: 'a query that matched nothing', text: matrix(), code: 'trace-prometheus', says: ['matched nothing'] },
  {
    what: 'several Prometheus series',
    text: matrix(
      '{"metric":{"pod":"a"},"values":[[1767225600,"1"],[1767225615,"1"]]}',
      '{"metric":{"pod":"b"},"values":[[1767225600,"1"],[1767225615,"1"]]}',
    ),
    code: 'trace-column-choice',
    says: ['{pod="a"}, {pod="b"}', '`series`', 'sum()'],
  },
  {
    what: 'a negative Prometheus value',
    text: matrix('{"metric":{},"values":[[1767225600,"1"],[1767225615,"-1"]]}'),
    code: 'trace-negative',
    says: ['Sample 2', '`-1`'],
  },
];

describe('bad input gets one clear message each', () => {
  it.each(cases)('$what', ({ text, mapping, code, severity = 'error', line, says }) => {
    const { series, report, issues } = importTrace(
      'traffic.csv',
      typeof text === 'string' ? bytes(text) : text,
      mapping,
    );
    expect(issues.map((issue) => [issue.code, issue.severity])).toEqual([[code, severity]]);
    const [issue] = issues;
    for (const part of says) expect(issue!.message).toContain(part);
    expect(issue!.file).toBe('traffic.csv');
    if (line !== undefined) expect(issue!.line).toBe(line);
    expect(series === undefined).toBe(severity === 'error');
    // What a choice is needed for is shown all the same.
    if (severity === 'warning') expect(report).toBeDefined();
  });

  it('counts what is alike and names the first lines', () => {
    const many = rows(...Array.from({ length: 1000 }, (_, i) => `${i},-1`));
    const { issues } = importTrace('t.csv', bytes(many));
    expect(issues).toHaveLength(1);
    expect(issues[0]!.message).toMatch(/^Lines 2, 3, 4, 5 and 996 more: /);
  });

  it('says nothing of gaps to those who have settled what they become', () => {
    const text = rows('0,1', '1,', '2,1', '4,1', '5,1');
    expect(importTrace('t.csv', bytes(text)).issues.map(({ code }) => code)).toEqual([
      'trace-missing-value',
      'trace-gaps',
    ]);
    const settled = importTrace('t.csv', bytes(text), { fill: 'hold' });
    expect(settled.issues).toEqual([]);
    expect(settled.report?.gaps).toBe(1);
  });

  it('reports different troubles together', () => {
    const { issues } = importTrace('t.csv', bytes(rows('0,1', '1,-1', '1,x', '3,1')));
    expect(issues.map(({ code }) => code).sort()).toEqual(['trace-bad-cell', 'trace-duplicate-time', 'trace-negative']);
  });

  it('is not misled by the names of prototype members', () => {
    const { series } = importTrace('t.csv', bytes('time,__proto__,constructor\n0,1,5\n1,2,6\n'), {
      column: '__proto__',
    });
    expect([...series!.rate]).toEqual([1, 2]);
    const labels = matrix('{"metric":{"__proto__":"x"},"values":[[1767225600,"1"],[1767225615,"2"]]}');
    expect([...importTrace('t.json', bytes(labels)).series!.rate]).toEqual([1, 2]);
    expect(({} as { x?: unknown }).x).toBeUndefined();
  });
});

it('refuses a trace without a single value', () => {
  const { series, issues } = importTrace('trace.csv', bytes('time,rps\n0,NaN\n60,\n120,NaN\n'), { column: 'rps' });
  expect(series).toBeUndefined();
  expect(issues.map(({ code }) => code)).toEqual(['trace-missing-value', 'trace-no-values']);
});
