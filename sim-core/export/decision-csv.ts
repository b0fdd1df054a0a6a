import { decisionColumns, decisionRow } from '../autoscaling/decision-row.ts';
import type { RunResult } from '../experiment/result.ts';
import type { RealityStatus } from '../scenario/reality-status.ts';
import { printInstant } from '../units/instant.ts';
import { writeCsv } from './csv.ts';
import { withRealityColumn } from './reality-warning.ts';

/**
 * Decision logs as CSV, one row an evaluation, with every stage spread over columns. Columns that only one policy has
 * are empty for the others.
 *
 * @param startEpoch Unix time of t = 0, s
 * @param reality of the scenario, when it has a recording
 */
export function decisionCsv(runs: readonly RunResult[], startEpoch: number, reality?: RealityStatus): string {
  const rows = runs.flatMap(({ policy, replication, decisions }) =>
    decisions.map((decision) => ({
      head: [policy, replication, printInstant(startEpoch + decision.time)],
      row: decisionRow(decision),
    })),
  );
  const columns = decisionColumns(rows.map(({ row }) => row));
  const table = [
    ['policy', 'replication', 'instant', ...columns],
    ...rows.map(({ head, row }) => [...head, ...columns.map((column) => row[column])]),
  ];
  return writeCsv(withRealityColumn(table, reality));
}
