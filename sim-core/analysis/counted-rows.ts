import type { RunColumns } from '../kernel/columns.ts';

/** The rows a summary counts: those that start at or after the warm-up. */
export interface CountedRows {
  /** index of the first one; the number of rows when there is none */
  readonly first: number;
  /** s: where the first one starts; `end` when there is none */
  readonly from: number;
  /** s */
  readonly end: number;
}

export function countedRows(columns: RunColumns, warmup: number, end: number): CountedRows {
  const found = columns.time.findIndex((time) => time >= warmup);
  const first = found < 0 ? columns.time.length : found;
  return { first, from: columns.time[first] ?? end, end };
}
