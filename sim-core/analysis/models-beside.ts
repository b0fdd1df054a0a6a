import { erlangA } from '../queueing/erlang-a.ts';
import { fixedPatienceQueue } from '../queueing/fixed-patience.ts';
import { whittWait } from '../queueing/gigc.ts';
import { offeredLoadOfRows } from '../queueing/infinite-server.ts';
import type { QueueSystem } from '../queueing/model.ts';
import { mgc } from '../queueing/mgc.ts';
import { mmc } from '../queueing/mmc.ts';
import type { RowVerdict, TheoryRow } from './theory-rows.ts';
import type { TheoryStation } from './theory-station.ts';

/** A run as the models see it. */
interface BesideRun {
  readonly rows: readonly TheoryRow[];
  readonly station: TheoryStation;
  /** variance ÷ mean of the arrivals a row; NaN when it is not known */
  readonly dispersion: number;
  /** s */
  readonly recordingInterval: number;
}

interface BesideModel {
  readonly title: string;
  /** whether it speaks of such a service */
  applies(station: TheoryStation): boolean;
  /** rows, besides the steady ones, whose trouble is within its assumptions */
  readonly knowsOf: readonly RowVerdict[];
  /** mean wait of each row, or mean sojourn time where processors are shared, s; NaN without data, Infinity without a steady state */
  predict(run: BesideRun): Float64Array;
}

function rowByRow(
  rows: readonly TheoryRow[],
  predict: (system: QueueSystem, row: number, replicas: number) => number,
): Float64Array {
  return Float64Array.from(rows, ({ system, replicas }, row) =>
    system === null ? NaN : predict(system, row, replicas),
  );
}

const slotEach = ({ sharing }: TheoryStation): boolean => sharing === null;
const impatient = (station: TheoryStation): boolean => slotEach(station) && station.patience !== null;
/** The line somebody stands in: that of all, or of one replica. */
const lineOf = (system: QueueSystem, replicas: number, { ownQueues, concurrency }: TheoryStation): QueueSystem =>
  ownQueues ? { ...system, arrivalRate: system.arrivalRate / replicas, servers: concurrency } : system;
const shared = ({ sharing }: TheoryStation): boolean => sharing !== null;

/**
 * The models set beside a simulation, each where it speaks of the service at all.
 *
 * M/M/c and M/G/c take each row by itself. GI/G/c (Whitt) takes the dispersion of the counts for the variability of
 * arrivals, as it is for renewal arrivals in the long run. `mol` is M/G/c at the modified offered load: the mean number
 * that a server for everybody would have had busy, which follows the rate with the delay of the services. `each` gives
 * every replica an equal part of the stream: exact thinning where requests are routed at random, the worst case otherwise.
 * Erlang A takes patience as exponential, with the mean of the scenario's; M/M/c+D as the same for all. Both look at the
 * line of one replica where each has its own.
 *
 * Shared processors: as one pool, the best that routing can do, exact for one replica; or each replica by itself, exact
 * with random routing. Both depend on the service time by its mean alone.
 */
export const modelsBeside = {
  mmc: {
    title: 'M/M/c',
    applies: slotEach,
    knowsOf: [],
    predict: ({ rows }) => rowByRow(rows, (system) => mmc.predict(system).waitingTimeMean),
  },
  mgc: {
    title: 'M/G/c',
    applies: slotEach,
    knowsOf: [],
    predict: ({ rows }) => rowByRow(rows, (system) => mgc.predict(system).waitingTimeMean),
  },
  gigc: {
    title: 'GI/G/c',
    applies: slotEach,
    knowsOf: ['non-poisson'],
    predict: ({ rows, dispersion }) =>
      rowByRow(rows, (system) => whittWait({ ...system, arrivalScv: Number.isNaN(dispersion) ? 1 : dispersion })),
  },
  mol: {
    title: 'M/G/c, modified load',
    applies: slotEach,
    knowsOf: [],
    predict({ rows, recordingInterval }) {
      const services = rows.flatMap(({ system }) => (system === null ? [] : [system]));
      const meanOf = (value: (system: QueueSystem) => number): number =>
        services.reduce((sum, system) => sum + value(system), 0) / Math.max(1, services.length);
      const usual = meanOf(({ serviceTimeMean }) => serviceTimeMean) || 1;
      const rates = rows.map(({ system }) => system?.arrivalRate ?? 0);
      const scv = meanOf(({ serviceScv }) => serviceScv);
      const loads = offeredLoadOfRows(rates, recordingInterval, usual, scv);
      return rowByRow(
        rows,
        (system, row) => mgc.predict({ ...system, arrivalRate: loads[row]! / usual }).waitingTimeMean,
      );
    },
  },
  each: {
    title: 'M/G/c by replica',
    applies: (station) => slotEach(station) && station.ownQueues,
    knowsOf: [],
    predict: ({ rows, station }) =>
      rowByRow(rows, (system, _, replicas) => mgc.predict(lineOf(system, replicas, station)).waitingTimeMean),
  },
  erlangA: {
    title: 'Erlang A',
    applies: impatient,
    knowsOf: ['impatience'],
    // Those who gave up are not among the simulated waits, which are of requests that started.
    predict: ({ rows, station }) =>
      rowByRow(
        rows,
        (system, _, replicas) =>
          erlangA({ ...lineOf(system, replicas, station), patienceMean: station.patience!.mean }).waitingTimeServedMean,
      ),
  },
  fixedPatience: {
    title: 'M/M/c+D',
    applies: (station) => impatient(station) && station.patience!.fixed,
    knowsOf: ['impatience'],
    predict: ({ rows, station }) =>
      rowByRow(
        rows,
        (system, _, replicas) =>
          fixedPatienceQueue({ ...lineOf(system, replicas, station), patienceMean: station.patience!.mean })
            .waitingTimeServedMean,
      ),
  },
  psPool: {
    title: 'M/G/c-PS, one pool',
    applies: shared,
    knowsOf: [],
    predict: ({ rows }) => rowByRow(rows, (system) => mmc.predict(system).sojournTimeMean),
  },
  psEach: {
    title: 'M/G/c-PS by replica',
    applies: shared,
    knowsOf: [],
    predict: ({ rows, station }) =>
      rowByRow(
        rows,
        (system, _, replicas) =>
          mmc.predict({
            ...system,
            arrivalRate: system.arrivalRate / replicas,
            servers: station.sharing!.processors,
          }).sojournTimeMean,
      ),
  },
} as const satisfies Record<string, BesideModel>;

export type BesideName = keyof typeof modelsBeside;

/** Those that speak of a service, in the order in which they are shown. */
export function modelsFor(station: TheoryStation): BesideName[] {
  return (Object.keys(modelsBeside) as BesideName[]).filter((name) => modelsBeside[name].applies(station));
}

/**
 * Variance ÷ mean of counts, from the differences of neighbours among the given rows, so that a slow swing of the rate
 * does not pass for variability: Σ(nᵢ − nᵢ₋₁)² ÷ Σ(nᵢ + nᵢ₋₁). 1 on average for Poisson arrivals.
 * @param rows in order; only pairs that follow each other count
 * @returns NaN with fewer than two such pairs
 */
export function arrivalDispersion(counts: Float64Array, rows: readonly number[]): number {
  let squares = 0;
  let sums = 0;
  let pairs = 0;
  rows.forEach((row, index) => {
    if (index === 0 || rows[index - 1] !== row - 1) return;
    const [now, before] = [counts[row]!, counts[row - 1]!];
    squares += (now - before) * (now - before);
    sums += now + before;
    pairs += 1;
  });
  return pairs >= 2 && sums > 0 ? squares / sums : NaN;
}
