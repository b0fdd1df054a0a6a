import { describe, expect, it } from 'vitest';
import { writeCell, writeCsv } from '../../../sim-core/export/csv.ts';

describe('writeCell', () => {
  it.each([
    ['plain', 'plain'],
    ['a,b', '"a,b"'],
    ['say "hi"', '"say ""hi"""'],
    ['two\nlines', '"two\nlines"'],
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['=cmd|"/c calc"!A0', '"\'=cmd|""/c calc""!A0"'],
    [-1.5, '-1.5'],
    [0.1 + 0.2, '0.30000000000000004'],
    [1e-7, '1e-7'],
    [NaN, ''],
    [Infinity, ''],
    [null, ''],
    [undefined, ''],
    [true, 'true'],
  ])('%j → %j', (value, cell) => expect(writeCell(value)).toBe(cell));
});

it('writes rows', () => {
  expect(
    writeCsv([
      ['a', 'b'],
      [1, 'x'],
    ]),
  ).toBe('a,b\n1,x\n');
});
