import type { Decision } from './contract.ts';

/** One decision as a flat row: keys in the order of the columns. */
export type DecisionRow = Readonly<Record<string, number | string | null>>;

/**
 * A decision as one flat row for tables and CSV: what was there, what was wished and done, what bound it, the
 * measurements (`observed.cpuUtilisation`) and every stage (`tolerance.input`, `.output`, `.reason`, `.detail`).
 */
export function decisionRow(decision: Decision): DecisionRow {
  const row: Record<string, number | string | null> = {
    time: decision.time,
    current: decision.current,
    recommended: decision.recommended,
    applied: decision.applied,
    change: decision.applied - decision.current,
    binding: decision.binding,
    withoutBinding: decision.withoutBinding,
    reason: decision.reason,
  };
  for (const [name, value] of Object.entries(decision.observed)) row[`observed.${name}`] = value;
  for (const { name, input, output, reason, detail } of decision.stages) {
    row[`${name}.input`] = input;
    row[`${name}.output`] = output;
    row[`${name}.reason`] = reason;
    row[`${name}.detail`] = detail;
  }
  return row;
}

/** Every column any of the rows has, in order of first appearance. */
export function decisionColumns(rows: readonly DecisionRow[]): string[] {
  const columns = new Set<string>();
  for (const row of rows) for (const column of Object.keys(row)) columns.add(column);
  return [...columns];
}
