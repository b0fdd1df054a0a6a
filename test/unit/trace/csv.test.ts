import { describe, expect, it } from 'vitest';
import type { TraceMapping } from '../../../sim-core/trace/mapping.ts';
import { importTrace, ImportSession } from '../../../sim-core/trace/import-session.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function utf16(text: string, bigEndian = false): Uint8Array {
  return Uint8Array.from([...text].flatMap((c) => (bigEndian ? [0, c.charCodeAt(0)] : [c.charCodeAt(0), 0])));
}

function load(content: string | Uint8Array, mapping: Omit<TraceMapping, 'file'> = {}) {
  const { series, report, issues } = importTrace(
    't.csv',
    typeof content === 'string' ? bytes(content) : content,
    mapping,
  );
  if (series === undefined || report === undefined) throw new Error(JSON.stringify(issues));
  return { time: [...series.time], rate: [...series.rate], series, report, codes: issues.map(({ code }) => code) };
}

/** Three rows, a minute apart, 1, 2.5 and 3 requests a second. */
const plain = 'time,rps\n2026-01-01T00:00:00Z,1\n2026-01-01T00:01:00Z,2.5\n2026-01-01T00:02:00Z,3\n';

describe('delimited text', () => {
  it.each<{ how: string; content: string | Uint8Array }>([
    { how: 'commas', content: plain },
    { how: 'carriage return and line feed', content: plain.replaceAll('\n', '\r\n') },
    { how: 'carriage return alone', content: plain.replaceAll('\n', '\r') },
    { how: 'no line end at the end', content: plain.trimEnd() },
    { how: 'a byte order mark', content: '\ufeff' + plain },
    { how: 'tabs', content: plain.replaceAll(',', '\t') },
    { how: 'semicolons', content: plain.replaceAll(',', ';') },
    { how: 'semicolons and decimal commas', content: plain.replaceAll(',', ';').replace('2.5', '2,5') },
    { how: 'bars', content: plain.replaceAll(',', '|') },
    { how: 'a sep= line', content: 'sep=;\r\n' + plain.replaceAll(',', ';') },
    { how: 'comments before the header', content: '# exported\n# by hand\n' + plain },
    { how: 'quotation marks', content: plain.replaceAll(/[^,\n]+/g, '"$&"') },
    { how: 'blank lines between', content: plain.replaceAll('\n', '\n\n') },
    { how: 'UTF-16, little end first', content: utf16('\ufeff' + plain) },
    { how: 'UTF-16, big end first', content: Uint8Array.from([0xfe, 0xff, ...utf16(plain, true)]) },
    { how: 'UTF-16 with tabs, without mark', content: utf16(plain.replaceAll(',', '\t')) },
    { how: 'spaces around cells', content: plain.replaceAll(',', ' , ') },
    { how: 'more columns than needed', content: plain.replaceAll('\n', ',x\n').replace('rps,x', 'rps,note') },
  ])('reads the same series from $how', ({ content }) => {
    const { time, rate, series } = load(content);
    expect(time).toEqual([0, 60, 120]);
    expect(rate).toEqual([1, 2.5, 3]);
    expect(series).toMatchObject({ kind: 'rate', bucket: 60, startEpoch: Date.UTC(2026, 0, 1) / 1000 });
  });

  it.each([
    { first: '1767225600', second: '1767225660', format: 'unix seconds' },
    { first: '1767225600.0', second: '1767225660.0', format: 'unix seconds' },
    { first: '1767225600000', second: '1767225660000', format: 'unix milliseconds' },
    { first: '1767225600000000', second: '1767225660000000', format: 'unix microseconds' },
    { first: '1767225600000000000', second: '1767225660000000000', format: 'unix nanoseconds' },
    { first: '2026-01-01T00:00:00Z', second: '2026-01-01T00:01:00Z', format: 'ISO 8601 with offset' },
    { first: '2026-01-01T01:00:00+01:00', second: '2026-01-01T01:01:00+01:00', format: 'ISO 8601 with offset' },
    { first: '2025-12-31 19:00:00 -0500', second: '2025-12-31 19:01:00 -0500', format: 'ISO 8601 with offset' },
    { first: '2026-01-01 00:00', second: '2026-01-01 00:01', format: 'local text, taken as UTC' },
    { first: '2026/01/01 00:00:00.000', second: '2026/01/01 00:01:00.000', format: 'local text, taken as UTC' },
  ])('reads $first as $format', ({ first, second, format }) => {
    const { series, report } = load(`time,rps\n${first},1\n${second},2\n`);
    expect(series.startEpoch).toBe(1_767_225_600);
    expect(series.time[1]).toBe(60);
    expect(report.timeFormat).toBe(format);
    expect(report.firstTime).toBe('2026-01-01T00:00:00Z');
  });

  it.each<{ how: string; delimiter: string; cells: readonly string[]; rate: readonly number[] }>([
    { how: 'quoted thousands', delimiter: ',', cells: ['950', '1,200', '1,234,567'], rate: [950, 1200, 1_234_567] },
    { how: 'only groups of three', delimiter: ',', cells: ['1,200', '1,300', '2,000'], rate: [1200, 1300, 2000] },
    { how: 'thousands and decimals', delimiter: ',', cells: ['1,234.5', '3.5', '1,200'], rate: [1234.5, 3.5, 1200] },
    { how: 'decimal commas', delimiter: ',', cells: ['3,5', '1,200', '1.234,5'], rate: [3.5, 1.2, 1234.5] },
    {
      how: 'points between thousands',
      delimiter: ';',
      cells: ['1.000,5', '950,5', '1.200'],
      rate: [1000.5, 950.5, 1200],
    },
    { how: 'three decimals after a comma', delimiter: ';', cells: ['1,250', '1,375', '12'], rate: [1.25, 1.375, 12] },
    { how: 'three decimals after a point', delimiter: ';', cells: ['1.250', '1.375', '12'], rate: [1.25, 1.375, 12] },
    { how: 'thousands beside tabs', delimiter: '\t', cells: ['950', '1,200', '1,300'], rate: [950, 1200, 1300] },
    { how: 'decimals beside tabs', delimiter: '\t', cells: ['0,250', '1,200', '1,300'], rate: [0.25, 1.2, 1.3] },
  ])('reads $how by the whole column', ({ delimiter, cells, rate }) => {
    const rows = cells.map((cell, i) => `2026-01-01T00:0${i}:00Z${delimiter}"${cell}"\n`).join('');
    expect(load(`time${delimiter}rps\n${rows}`).rate).toEqual(rate);
    // Without a header such a column has no name, and is the demand all the same.
    expect(load(rows).rate).toEqual(rate);
  });

  it('says where points before three digits were taken for decimals, and asks about marks it does not read', () => {
    const rows = (cells: readonly string[]) => cells.map((cell, i) => `2026-01-01T00:0${i}:00Z;${cell}\n`).join('');
    expect(load(`time;rps\n${rows(['1.200', '1.300'])}`).codes).toContain('trace-marks-assumed');
    expect(load(`time;rps\n${rows(['1.200', '1.35'])}`).codes).not.toContain('trace-marks-assumed');
    const { series, issues } = importTrace('t.csv', bytes(`time;rps\n${rows(["1'200", "1'300"])}`));
    expect(series).toBeUndefined();
    expect(issues.map(({ code }) => code)).toEqual(['trace-number-marks']);
    expect(load(`time;session\n${rows(['100 200', '100 300'])}`, { kind: 'timestamps' }).time).toEqual([0, 60]);
  });

  it('reads thousands that come after many rows without', () => {
    const rows = Array.from({ length: 3000 }, (_, i) => `${i},"${i < 2990 ? 7 : '1,500'}"\n`).join('');
    expect(load(`time,rps\n${rows}`).rate.at(-1)).toBe(1500);
  });

  it.each([
    { how: 'both ways in one column', delimiter: ',', cells: ['1.234,5', '1,234.5', '3'], line: 2 },
    { how: 'a point and a comma before three digits', delimiter: ';', cells: ['1.234', '1,234', '3'], line: 2 },
    {
      how: 'nothing but three digits after a comma, beside tabs',
      delimiter: '\t',
      cells: ['1,2', '1,3'].map((c) => `${c}00`),
      line: 2,
    },
    { how: 'thousands parted in some rows only', delimiter: ',', cells: ['1,200', '1300'], line: 2 },
    { how: 'groups of two', delimiter: ',', cells: ['1,200', '1,20,000'], line: 3 },
  ])('refuses $how and says how to mend it', ({ delimiter, cells, line }) => {
    const rows = cells.map((cell, i) => `2026-01-01T00:0${i}:00Z${delimiter}"${cell}"\n`).join('');
    const { series, issues } = importTrace('t.csv', bytes(`time${delimiter}rps\n${rows}`));
    expect(series).toBeUndefined();
    expect(issues).toContainEqual(expect.objectContaining({ code: 'trace-number-marks', severity: 'error', line }));
    expect(issues.find(({ code }) => code === 'trace-number-marks')?.message).toContain(
      'Write all numbers of the column alike',
    );
  });

  it('keeps the digits below a second that a double of Unix time cannot hold', () => {
    const { time } = load('time\n1767225600000000000\n1767225600000000250\n', { kind: 'timestamps' });
    expect(time[1]).toBeCloseTo(250e-9, 15);
    expect(load('time\n2026-01-01T00:00:00.0000001Z\n2026-01-01T00:00:00.0000003Z\n').time[1]).toBeCloseTo(2e-7, 15);
  });

  it('finds columns by name, by position, and whatever the case', () => {
    const text = 'host,when,a,b\nx,2026-01-01T00:00:00Z,1,10\nx,2026-01-01T00:01:00Z,2,20\n';
    for (const column of ['b', 'B', 4]) {
      for (const time of ['when', 2]) expect(load(text, { column, time }).rate).toEqual([10, 20]);
    }
  });

  it('reads a file without a header by position', () => {
    const text = '1767225600,7,1\n1767225660,8,2\n';
    expect(load(text, { column: 2 }).rate).toEqual([7, 8]);
    expect(load(text, { column: 3, unit: 'requests per bucket' }).rate).toEqual([1 / 60, 2 / 60]);
  });

  it('turns counts into rates: by name, and as told', () => {
    expect(load('time,count\n0,60\n60,120\n').rate).toEqual([1, 2]);
    expect(load('time,rps\n0,60\n60,120\n').rate).toEqual([60, 120]);
    expect(load('time,rpm\n0,60\n60,120\n').rate).toEqual([1, 2]);
    expect(load('time,rps\n0,60\n60,120\n', { unit: 'requests per bucket' }).rate).toEqual([1, 2]);
    expect(load('time,count\n0,60\n', { bucket: 30 }).rate).toEqual([2]);
  });

  it('divides counts in uneven rows by the length of each', () => {
    const { rate, codes } = load('time,count\n0,10\n5,12\n8,10\n18,7\n');
    expect(rate.slice(0, 3)).toEqual([2, 4, 1]);
    expect(codes).toContain('trace-irregular');
  });

  it('keeps a gap as one row without a value, and an empty cell as another', () => {
    const { time, rate, report } = load('time,rps\n0,1\n1,2\n2,\n3,4\n6,5\n7,6\n');
    expect(time).toEqual([0, 1, 2, 3, 4, 6, 7]);
    expect(rate).toEqual([1, 2, NaN, 4, NaN, 5, 6]);
    expect(report.gaps).toBe(2);
  });

  it('takes a file of times alone as a request log', () => {
    const { series, report } = load(
      'arrival_time\n2026-01-01T00:00:00.5Z\n2026-01-01T00:00:00.5Z\n2026-01-01T00:00:02Z\n',
    );
    expect(series).toEqual({
      kind: 'timestamps',
      time: Float64Array.of(0, 0, 1.5),
      rate: new Float64Array(0),
      bucket: 0,
      startEpoch: Date.UTC(2026, 0, 1) / 1000 + 0.5,
    });
    expect(report.columns).toMatchObject([{ name: 'arrival_time', role: 'time', unit: '' }]);
  });

  it('proposes a mapping that spells out every guess', () => {
    expect(
      importTrace('t.csv', bytes('index,period,count\n1,1998-05-01 00:00:00,5\n2,1998-05-01 00:01:00,6\n')).mapping,
    ).toEqual({
      file: 't.csv',
      time: 'period',
      column: 'count',
      unit: 'requests per bucket',
    });
  });

  it('takes the second line of a Markdown table for what it is, and no value of a column', () => {
    const table = '| time | rps |\n|-----:|:---:|\n| 0 | 1 |\n| 60 | 2.5 |\n| 120 | 3 |\n';
    const { rate, report } = load(table);
    expect(rate).toEqual([1, 2.5, 3]);
    expect(report.columns.find(({ name }) => name === 'rps')?.sample).toEqual(['1', '2.5', '3']);
  });

  it('reads chunk by chunk what it reads at once', () => {
    const text =
      'time,"a ""quoted""\nname",rps\r\n' +
      Array.from({ length: 9000 }, (_, i) => `${i},"x,\ny",${i % 97}.5\r\n`).join('');
    const whole = importTrace('t.csv', bytes(text), { column: 'rps' });
    expect(whole.series?.rate.length).toBe(9000);
    for (const size of [1, 7, 1000, 65_536]) {
      const content = bytes(size === 1 ? text.slice(0, 3000) : text);
      const reader = new ImportSession('t.csv', { column: 'rps' });
      for (let i = 0; i < content.length; i += size) reader.push(content.subarray(i, i + size));
      expect(reader.end()).toEqual(importTrace('t.csv', content, { column: 'rps' }));
    }
  });
});
