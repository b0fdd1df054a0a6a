import { decisionColumns, decisionRow } from '../autoscaling/decision-row.ts';
import type { RunResult } from '../experiment/result.ts';
import { printInstant } from '../units/instant.ts';
import { writeCsv } from './csv.ts';

/**
 * Decision logs as CSV, one row an evaluation, with every stage spread over columns. Columns that only one policy has
 * are empty for the others.
 *
 * @param startEpoch Unix time of t = 0, s
 */
export function decisionCsv(runs: readonly RunResult[], startEpoch: number): string {
  const rows = runs.flatMap(({ policy, replication, decisions }) =>
    decisions.map((decision) => ({
      head: [policy, replication, printInstant(startEpoch + decision.time)],
      row: decisionRow(decision),
    })),
  );
  const columns = decisionColumns(rows.map(({ row }) => row));
  return writeCsv([
    ['policy', 'replication', 'instant', ...columns],
    ...rows.map(({ head, row }) => [...head, ...columns.map((column) => row[column])]),
  ]);
}
