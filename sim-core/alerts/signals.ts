import type { RunColumns } from '../kernel/columns.ts';

/** A measurement alerts may watch: a plain column, or a ratio of two, whose mean over a stretch is the ratio of the sums. */
export interface Signal {
  /** what it is, for the reference */
  readonly words: string;
  /** how a threshold on it is written and printed */
  readonly quantity: 'share' | 'duration' | 'rate' | 'count';
  value(columns: RunColumns, row: number): number;
  /** weight of a row in a mean; rows without data weigh nothing */
  weight(columns: RunColumns, row: number): number;
}

const plain = (words: string, quantity: Signal['quantity'], name: keyof RunColumns): Signal => ({
  words,
  quantity,
  value: (columns, row) => columns[name][row]!,
  weight: (columns, row) => (Number.isNaN(columns[name][row]!) ? 0 : 1),
});

const lost = ({ rejected, timedOut, failed }: RunColumns, row: number): number =>
  rejected[row]! + timedOut[row]! + failed[row]!;
const ended = (columns: RunColumns, row: number): number => columns.completed[row]! + lost(columns, row);

/** By the name a rule uses. */
export const signals = {
  cpuUtilisation: plain('CPU use of the ready replicas ÷ their request', 'share', 'cpuUtilisation'),
  utilisation: plain('busy ÷ ready request slots', 'share', 'utilisation'),
  latencyMean: plain('mean latency', 'duration', 'latencyMean'),
  latencyP50: plain('median latency', 'duration', 'latencyP50'),
  latencyP95: plain('95th percentile of latency', 'duration', 'latencyP95'),
  latencyP99: plain('99th percentile of latency', 'duration', 'latencyP99'),
  errorRate: {
    words: 'share of the attempts that ended without success',
    quantity: 'share',
    value: (columns, row) => lost(columns, row) / ended(columns, row),
    weight: ended,
  },
  arrivalRate: {
    words: 'attempts that arrive, retries included',
    quantity: 'rate',
    value: (columns, row) => columns.arrivals[row]! / rowSeconds(columns),
    weight: () => 1,
  },
  queueLength: plain('requests waiting, mean over the row', 'count', 'queueLengthMean'),
  readyReplicas: plain('ready replicas', 'count', 'ready'),
  desiredReplicas: plain('replicas asked for', 'count', 'desired'),
} as const satisfies Record<string, Signal>;

export type SignalName = keyof typeof signals;
export const signalNames = Object.keys(signals) as [SignalName, ...SignalName[]];

/** s: rows are evenly spaced; of a single row nothing is known but that it started at 0. */
const rowSeconds = ({ time }: RunColumns): number => (time.length > 1 ? time[1]! - time[0]! : 1);

/**
 * A signal as a rule sees it at the end of each row.
 *
 * @param rows each value is a mean over this many rows up to and with this one
 * @returns one value a row; NaN while there are not enough rows, or none with data
 */
export function meansOver({ value, weight }: Signal, columns: RunColumns, rows: number): Float64Array {
  const count = columns.time.length;
  const weights = new Float64Array(count + 1);
  const sums = new Float64Array(count + 1);
  for (let row = 0; row < count; row++) {
    const each = weight(columns, row);
    weights[row + 1] = weights[row]! + each;
    sums[row + 1] = sums[row]! + (each === 0 ? 0 : value(columns, row) * each);
  }
  const means = new Float64Array(count).fill(NaN);
  for (let row = rows - 1; row < count; row++) {
    const first = row - rows + 1;
    const total = weights[row + 1]! - weights[first]!;
    if (total > 0) means[row] = (sums[row + 1]! - sums[first]!) / total;
  }
  return means;
}

/** Relative growth of values against those a number of rows before; NaN while there are none. */
export function growthOver(values: Float64Array, rows: number): Float64Array {
  return values.map((value, row) => (row < rows ? NaN : value / values[row - rows]! - 1));
}
