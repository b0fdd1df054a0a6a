import { expect, it } from 'vitest';
import { renderTable } from '../../../cli/table.ts';

it('aligns columns, ignoring colours, without trailing blanks', () => {
  const rows = [
    ['a', '1.0', 'x'],
    ['\x1b[31mlonger\x1b[39m', '10.0', ''],
  ];
  expect(renderTable([{ title: 'name' }, { title: 'n', align: 'right' }, { title: '' }], rows)).toBe(
    'name       n\na        1.0  x\n\x1b[31mlonger\x1b[39m  10.0\n',
  );
});
