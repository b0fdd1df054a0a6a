/** What may stand in a cell. Numbers without a value (NaN, ±Infinity) are written as empty cells. */
export type Cell = string | number | boolean | null | undefined;

/** Rows as CSV (RFC 4180, lines ended by CR LF would only trouble other tools: LF). The first row is the header. */
export function writeCsv(rows: Iterable<readonly Cell[]>): string {
  let text = '';
  for (const row of rows) text += `${row.map(writeCell).join(',')}\n`;
  return text;
}

/**
 * One cell. Text that a spreadsheet would run as a formula (it begins with = + - @ or a control character) gets an
 * apostrophe before it, which spreadsheets take as "this is text"; numbers are left alone.
 */
export function writeCell(value: Cell): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : '';
  if (typeof value === 'boolean') return String(value);
  const harmless = /^[=+\-@\t\r\n]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
