import type { RunResult } from '../experiment/result.ts';
import { columnNames } from '../kernel/columns.ts';
import type { RealityStatus } from '../scenario/reality-status.ts';
import { printInstant } from '../units/instant.ts';
import { writeCsv } from './csv.ts';
import type { Cell } from './csv.ts';
import { withRealityColumn } from './reality-warning.ts';

/**
 * Runs as CSV, one row a recording interval: policy, replication, the row's start as an instant and in seconds, then
 * every column in the units of RunColumns.
 *
 * @param startEpoch Unix time of t = 0, s
 * @param reality of the scenario, when it has a recording
 */
export function resultCsv(runs: readonly RunResult[], startEpoch: number, reality?: RealityStatus): string {
  return writeCsv(withRealityColumn(rowsOf(runs, startEpoch), reality));
}

function* rowsOf(runs: readonly RunResult[], startEpoch: number): Generator<readonly Cell[]> {
  yield ['policy', 'replication', 'instant', ...columnNames];
  for (const { policy, replication, columns } of runs) {
    for (let row = 0; row < columns.time.length; row++) {
      const instant = printInstant(startEpoch + (columns.time[row] ?? NaN));
      yield [policy, replication, instant, ...columnNames.map((name) => columns[name][row])];
    }
  }
}
