import { columnNames } from '../../sim-core/kernel/columns.ts';
import type { RunColumns } from '../../sim-core/kernel/columns.ts';

/** Run columns written by hand: what is not given is 0, means and ratios of nothing NaN. */
export function runColumns(
  rows: number,
  recordingInterval: number,
  given: Partial<Record<keyof RunColumns, readonly number[]>>,
): RunColumns {
  const undefinedWithoutData = new Set<keyof RunColumns>([
    'utilisation',
    'cpuUtilisation',
    'cpuSeen',
    'latencyMean',
    'latencyP50',
    'latencyP95',
    'latencyP99',
    'waitingTimeMean',
    'delayedShare',
    'serviceTimeMean',
    'serviceScv',
  ]);
  return Object.fromEntries(
    columnNames.map((name) => {
      const values = given[name];
      if (values !== undefined) return [name, Float64Array.from(values)];
      if (name === 'time') return [name, Float64Array.from({ length: rows }, (_, row) => row * recordingInterval)];
      return [name, new Float64Array(rows).fill(undefinedWithoutData.has(name) ? NaN : 0)];
    }),
  ) as unknown as RunColumns;
}
