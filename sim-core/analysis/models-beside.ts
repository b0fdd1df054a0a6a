import { whittDelayProbability, whittWait } from '../queueing/gigc.ts';
import { offeredLoadOfRows } from '../queueing/infinite-server.ts';
import type { QueueModel, QueueSystem } from '../queueing/model.ts';
import { mgc } from '../queueing/mgc.ts';
import { mmc } from '../queueing/mmc.ts';
import type { TheoryRow } from './theory-rows.ts';

/** A run as the models see it. */
interface BesideRun {
  readonly rows: readonly TheoryRow[];
  /** variance ÷ mean of the arrivals a row; NaN when it is not known */
  readonly dispersion: number;
  /** s */
  readonly recordingInterval: number;
}

/** What a model says of each row; NaN without data. */
interface RowPredictions {
  /** s */
  readonly waitingTimeMean: Float64Array;
  readonly delayProbability: Float64Array;
}

interface BesideModel {
  readonly title: string;
  predict(run: BesideRun): RowPredictions;
}

function rowByRow(
  rows: readonly TheoryRow[],
  predict: (
    system: QueueSystem,
    row: number,
  ) => { readonly waitingTimeMean: number; readonly delayProbability: number },
): RowPredictions {
  const waitingTimeMean = new Float64Array(rows.length).fill(NaN);
  const delayProbability = new Float64Array(rows.length).fill(NaN);
  rows.forEach(({ system }, row) => {
    if (system === null) return;
    const prediction = predict(system, row);
    waitingTimeMean[row] = prediction.waitingTimeMean;
    delayProbability[row] = prediction.delayProbability;
  });
  return { waitingTimeMean, delayProbability };
}

const steady = (model: QueueModel): BesideModel => ({
  title: model.title,
  predict: ({ rows }) => rowByRow(rows, (system) => model.predict(system)),
});

/**
 * The models set beside a simulation. M/M/c and M/G/c take each row by itself. GI/G/c (Whitt) takes the dispersion of the
 * counts for the variability of arrivals, as it is for renewal arrivals in the long run. `mol` is M/G/c at the modified
 * offered load: the mean number that a server for everybody would have had busy, which follows the rate with the delay
 * of the services.
 */
export const modelsBeside = {
  mmc: steady(mmc),
  mgc: steady(mgc),
  gigc: {
    title: 'GI/G/c',
    predict: ({ rows, dispersion }) =>
      rowByRow(rows, (system) => {
        const general = { ...system, arrivalScv: Number.isNaN(dispersion) ? 1 : dispersion };
        return { waitingTimeMean: whittWait(general), delayProbability: whittDelayProbability(general) };
      }),
  },
  mol: {
    title: 'M/G/c with modified load',
    predict({ rows, recordingInterval }) {
      const services = rows.flatMap(({ system }) => (system === null ? [] : [system]));
      const meanOf = (value: (system: QueueSystem) => number): number =>
        services.reduce((sum, system) => sum + value(system), 0) / Math.max(1, services.length);
      const usual = meanOf(({ serviceTimeMean }) => serviceTimeMean) || 1;
      const rates = rows.map(({ system }) => system?.arrivalRate ?? 0);
      const scv = meanOf(({ serviceScv }) => serviceScv);
      const loads = offeredLoadOfRows(rates, recordingInterval, usual, scv);
      return rowByRow(rows, (system, row) => mgc.predict({ ...system, arrivalRate: loads[row]! / usual }));
    },
  },
} as const satisfies Record<string, BesideModel>;

export type BesideName = keyof typeof modelsBeside;
export const modelsBesideNames = Object.keys(modelsBeside) as BesideName[];

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
