import type { RunColumns } from '../kernel/columns.ts';
import { mgc } from '../queueing/mgc.ts';
import type { QueueSystem } from '../queueing/model.ts';
import { arrivalWindows } from './arrival-windows.ts';
import type { ArrivalWindow } from './arrival-windows.ts';
import type { TheoryStation } from './theory-station.ts';

/** Which assumption of steady-state theory a recording row breaks; the first that applies. */
export const rowVerdicts = [
  /** every assumption holds as far as the row shows */
  'steady',
  /** nothing arrived or completed, or no slot was ready */
  'no-data',
  /** requests were rejected, timed out or failed: theory has them all wait and be served */
  'losses',
  /** the load filled the slots: there is no steady state */
  'unstable',
  /** replicas changed, the rate jumped, a backlog was carried over, or the row is too short for the queue to settle */
  'transient',
  /** requests that share processors waited for a place: theory lets all in at once */
  'places',
  /** clients gave up, which Erlang A knows of; the others have them all wait */
  'impatience',
  /** neighbouring rows rise and fall together beyond their trend */
  'correlated',
  /** counts vary more, or less, than Poisson's */
  'non-poisson',
] as const;
export type RowVerdict = (typeof rowVerdicts)[number];

/** One recording row as theory sees it. */
export interface TheoryRow {
  readonly verdict: RowVerdict;
  /** null when there is no data; with shared processors these are the servers */
  readonly system: QueueSystem | null;
  /** ready on average, at least 1 */
  readonly replicas: number;
}

/** A change of rate from one row to the next counts when it exceeds this many standard deviations of the counts … */
const jumpDeviations = 4;
/** … and this share of the rate. */
const jumpShare = 0.1;
/** Rows must last this many relaxation times. */
const relaxations = 3;
/** Share of requests that may wait for a place where processors are shared. */
const mostForPlaces = 0.05;

/** A run to be read row by row. */
export interface TheoryRowsInput {
  readonly columns: RunColumns;
  /** s */
  readonly recordingInterval: number;
  /** s: what the run covers */
  readonly end: number;
  readonly station: TheoryStation;
  /** request by request: the counts vary as arrivals do. Those of the fluid engine are means, and say nothing of them. */
  readonly sampled: boolean;
}

interface Row extends Omit<TheoryRow, 'verdict'> {
  /** s */
  readonly duration: number;
}

/** Reads each row as a queueing system, and says whether steady-state theory applies to it. */
export function theoryRows(input: TheoryRowsInput): { rows: TheoryRow[]; windows: ArrivalWindow[] } {
  const { columns, recordingInterval, end, station, sampled } = input;
  const durationOf = (row: number): number =>
    Math.min(columns.time[row]! + recordingInterval, end) - columns.time[row]!;
  const read = Array.from(columns.time, (_, row): Row => {
    const duration = durationOf(row);
    const replicas = Math.max(1, Math.round(columns.readySlotSeconds[row]! / duration / station.concurrency));
    return { system: systemOf(columns, row, duration, station), replicas, duration };
  });
  const whole = (row: number): boolean => sampled && durationOf(row) > (1 - 1e-9) * recordingInterval;
  // Twice: what is a jump depends on how arrivals vary, and how they vary is seen between jumps.
  const roughly = byRow(arrivalWindows(columns.arrivals, whole), read.length);
  const jumps = read.map(({ system, duration }, row) => {
    const { kind = 'poisson', dispersion = 1 } = roughly[row] ?? {};
    const before = row > 0 ? read[row - 1]!.system : null;
    return jumped(before, system, duration, kind === 'poisson' ? 1 : Math.max(1, dispersion));
  });
  const windows = arrivalWindows(columns.arrivals, (row) => whole(row) && !jumps[row]);
  const windowOfRow = byRow(windows, read.length);
  const rows = read.map(({ system, replicas }, row) => {
    const verdict = verdictOf(columns, read, row, station, jumps[row]!);
    const arrivals = windowOfRow[row]?.kind ?? 'poisson';
    return { system, replicas, verdict: verdict === 'steady' && arrivals !== 'poisson' ? arrivals : verdict };
  });
  return { rows, windows };
}

function byRow(windows: readonly ArrivalWindow[], rows: number): (ArrivalWindow | undefined)[] {
  const all = new Array<ArrivalWindow | undefined>(rows);
  for (const window of windows) all.fill(window, window.first, window.end);
  return all;
}

/** Rate, service time and mean ready servers of a row. */
function systemOf(columns: RunColumns, row: number, duration: number, station: TheoryStation): QueueSystem | null {
  const { concurrency, sharing } = station;
  const slots = columns.readySlotSeconds[row]! / duration;
  const servers = Math.round(sharing === null ? slots : (slots / concurrency) * sharing.processors);
  // Where processors are shared, requests hold their slots for longer than they need.
  const serviceTimeMean = sharing?.serviceTimeMean ?? columns.serviceTimeMean[row]!;
  const arrivals = columns.arrivals[row]!;
  if (!(duration > 0 && servers >= 1 && serviceTimeMean > 0 && arrivals > 0 && columns.completed[row]! > 0))
    return null;
  const scv = sharing === null ? columns.serviceScv[row]! : 1;
  return { arrivalRate: arrivals / duration, serviceTimeMean, serviceScv: scv > 0 ? scv : 0, servers };
}

function verdictOf(
  columns: RunColumns,
  rows: readonly Row[],
  row: number,
  station: TheoryStation,
  jump: boolean,
): RowVerdict {
  const { system, duration } = rows[row]!;
  if (system === null) return 'no-data';
  const { patience, sharing } = station;
  const gaveUp = columns.timedOut[row]! > 0;
  if (columns.rejected[row]! + columns.failed[row]! > 0) return 'losses';
  if (gaveUp && (patience === null || sharing !== null)) return 'losses';
  // Who waits no longer than a service that outlasts them gives up in service, of which no model knows.
  if (gaveUp && columns.timedOut[row]! < 2 * patience!.outlastedBy * columns.arrivals[row]!) return 'losses';
  const overfull = system.arrivalRate * system.serviceTimeMean >= system.servers;
  if (overfull && !gaveUp) return 'unstable';
  const replicasChanged =
    (row > 0 && columns.ready[row] !== columns.ready[row - 1]) ||
    Math.abs(columns.readySlotSeconds[row]! - columns.ready[row]! * station.concurrency * duration) > 1e-6 * duration;
  // Nobody in the queue remembers more than those who wait do.
  const memory = Math.min(relaxationTime(system), gaveUp ? patience!.mean + system.serviceTimeMean : Infinity);
  const unsettled = replicasChanged || carriedOver(columns, row, system, station) || duration < relaxations * memory;
  if (unsettled || jump) return 'transient';
  if (sharing !== null && columns.delayedShare[row]! > mostForPlaces) return 'places';
  return gaveUp ? 'impatience' : 'steady';
}

/** Whether more was inside when the row began than such a station ever holds for long. */
function carriedOver(columns: RunColumns, row: number, system: QueueSystem, { sharing }: TheoryStation): boolean {
  if (row === 0) return false;
  const { queueLengthMean, numberInSystemMean } = mgc.predict(system);
  if (sharing === null) return columns.queueLength[row - 1]! > Math.max(system.servers, 3 * queueLengthMean);
  const inside = columns.queueLength[row - 1]! + columns.inService[row - 1]!;
  return inside > Math.max(4 * system.servers, 3 * numberInSystemMean);
}

/** @param spread variance ÷ mean of the counts */
function jumped(before: QueueSystem | null, now: QueueSystem | null, duration: number, spread: number): boolean {
  if (before === null || now === null) return false;
  const change = Math.abs(now.arrivalRate - before.arrivalRate);
  const noise = Math.sqrt((spread * (now.arrivalRate + before.arrivalRate)) / duration);
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
