/** Batches one long run is cut into: between 10 and 30 lose little (Schmeiser, Operations Research 30, 1982). */
export const batchCount = 20;
/** Rows a batch holds at least; a run with fewer is not long. */
const fewestRows = 5;

/** Where the batches of a run lie, in recorded rows. */
export interface BatchPlan {
  /** counted rows before the first batch, fewer than there are batches */
  readonly skip: number;
  /** rows of each */
  readonly rows: number;
  readonly count: number;
}

/** The batches of the rows that start at or after the warm-up; null when the run is too short. */
export function batchPlanOf(horizon: number, recordingInterval: number, warmup: number): BatchPlan | null {
  const rows = Math.floor(horizon / recordingInterval);
  let first = Math.floor(warmup / recordingInterval);
  while (first * recordingInterval < warmup) first++;
  const counted = rows - first;
  const perBatch = Math.floor(counted / batchCount);
  if (perBatch < fewestRows) return null;
  return { skip: counted - perBatch * batchCount, rows: perBatch, count: batchCount };
}
