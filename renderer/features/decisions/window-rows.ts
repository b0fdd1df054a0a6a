/** Rows of one height, of which one may be open and taller: what is needed to draw only those in sight. */
export interface RowWindow {
  readonly rowHeight: number;
  readonly count: number;
  /** Index of the open row, −1 for none. */
  readonly open: number;
  /** What the open row adds below itself, px. */
  readonly openHeight: number;
}

export const totalHeight = ({ rowHeight, count, open, openHeight }: RowWindow): number =>
  rowHeight * count + (open >= 0 ? openHeight : 0);

/** px from the top of the list. */
export function topOf({ rowHeight, open, openHeight }: RowWindow, index: number): number {
  return index * rowHeight + (open >= 0 && index > open ? openHeight : 0);
}

/** First and last index (exclusive) to draw, with a few to spare. */
export function rowsInSight(
  rows: RowWindow,
  scrollTop: number,
  height: number,
  spare = 6,
): readonly [first: number, end: number] {
  const indexAt = (y: number): number => {
    if (rows.open < 0 || y <= (rows.open + 1) * rows.rowHeight) return Math.floor(y / rows.rowHeight);
    return Math.max(rows.open, Math.floor((y - rows.openHeight) / rows.rowHeight));
  };
  return [Math.max(0, indexAt(scrollTop) - spare), Math.min(rows.count, indexAt(scrollTop + height) + 1 + spare)];
}
