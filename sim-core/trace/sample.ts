/** Values of a column that a person is shown. */
const shownValues = 3;
const shownCharacters = 40;

/** The first cells of a column that hold anything, from the first rows of a table. */
export function firstCells(rows: readonly (readonly string[])[], column: number): string[] {
  const cells = rows.map((row) => row[column]?.trim() ?? '').filter((cell) => cell !== '');
  return cells.slice(0, shownValues).map((cell) => cell.slice(0, shownCharacters));
}

/** The first values that there are, in seven digits. */
export function firstValues(values: Float64Array): string[] {
  const found: string[] = [];
  for (let i = 0; i < values.length && found.length < shownValues; i++) {
    if (!Number.isNaN(values[i]!)) found.push(String(Number(values[i]!.toPrecision(7))));
  }
  return found;
}
