import type { RunColumns } from '../kernel/columns.ts';
import { mgc } from '../queueing/mgc.ts';
import type { QueueSystem } from '../queueing/model.ts';

/** Whether a recording row is something steady-state theory speaks about; the first that applies. */
export type RowVerdict =
  /** every assumption holds as far as the row shows */
  | 'steady'
  /** nothing arrived or completed, or no slot was ready */
  | 'no-data'
  /** requests were rejected, timed out or failed: theory has them all wait and be served */
  | 'losses'
  /** the load filled the slots: there is no steady state */
  | 'unstable'
  /** replicas changed, the rate jumped, a backlog was carried over, or the row is too short for the queue to settle */
  | 'transient';

/** One recording row as theory sees it. */
export interface TheoryRow {
  readonly verdict: RowVerdict;
  /** null when there is no data */
  readonly system: QueueSystem | null;
}

/** A change of rate from one row to the next counts when it exceeds this many standard deviations of Poisson counts … */
const jumpDeviations = 4;
/** … and this share of the rate. */
const jumpShare = 0.1;
/** Rows must last this many relaxation times. */
const relaxations = 3;

/** Reads each row as a queueing system, and says whether steady-state theory applies to it. */
export function theoryRows(
  columns: RunColumns,
  recordingInterval: number,
  end: number,
  concurrency: number,
): TheoryRow[] {
  const systems = Array.from(columns.time, (time, row) =>
    systemOf(columns, row, Math.min(time + recordingInterval, end) - time),
  );
  return systems.map((system, row) => ({
    system,
    verdict: verdictOf(
      columns,
      systems,
      row,
      Math.min(columns.time[row]! + recordingInterval, end) - columns.time[row]!,
      concurrency,
    ),
  }));
}

/** Rate, measured service time and mean ready slots of a row. */
function systemOf(columns: RunColumns, row: number, duration: number): QueueSystem | null {
  const servers = Math.round(columns.readySlotSeconds[row]! / duration);
  const serviceTimeMean = columns.serviceTimeMean[row]!;
  if (!(duration > 0 && servers >= 1 && serviceTimeMean > 0 && columns.arrivals[row]! > 0)) return null;
  const scv = columns.serviceScv[row]!;
  return { arrivalRate: columns.arrivals[row]! / duration, serviceTimeMean, serviceScv: scv > 0 ? scv : 0, servers };
}

function verdictOf(
  columns: RunColumns,
  systems: readonly (QueueSystem | null)[],
  row: number,
  duration: number,
  concurrency: number,
): RowVerdict {
  const system = systems[row]!;
  if (system === null) return 'no-data';
  if (columns.rejected[row]! + columns.timedOut[row]! + columns.failed[row]! > 0) return 'losses';
  if (system.arrivalRate * system.serviceTimeMean >= system.servers) return 'unstable';
  const before = row > 0 ? systems[row - 1]! : null;
  const replicasChanged =
    (row > 0 && columns.ready[row] !== columns.ready[row - 1]) ||
    Math.abs(columns.readySlotSeconds[row]! - columns.ready[row]! * concurrency * duration) > 1e-6 * duration;
  const carriedOver =
    row > 0 && columns.queueLength[row - 1]! > Math.max(system.servers, 3 * mgc.predict(system).queueLengthMean);
  const tooShort = duration < relaxations * relaxationTime(system);
  return replicasChanged || carriedOver || tooShort || jumped(before, system, duration) ? 'transient' : 'steady';
}

function jumped(before: QueueSystem | null, now: QueueSystem, duration: number): boolean {
  if (before === null) return false;
  const change = Math.abs(now.arrivalRate - before.arrivalRate);
  const noise = Math.sqrt((now.arrivalRate + before.arrivalRate) / duration);
  return change > jumpDeviations * noise && change > jumpShare * Math.max(now.arrivalRate, before.arrivalRate);
}

/**
 * How long a queue remembers: about (1 + c²ₛ)/2 · E[S] ÷ (√c − √a)², the time constant with which an M/M/c queue
 * nears its steady state, stretched by the variability of service. Infinity when a ≥ c.
 * @see Morse, Stochastic properties of waiting lines, Operations Research 3 (1955), for one server; Halfin & Whitt (1981) for many
 */
export function relaxationTime({ arrivalRate, serviceTimeMean, serviceScv, servers }: QueueSystem): number {
  const gap = Math.sqrt(servers) - Math.sqrt(arrivalRate * serviceTimeMean);
  return gap > 0 ? (((1 + serviceScv) / 2) * serviceTimeMean) / (gap * gap) : Infinity;
}
