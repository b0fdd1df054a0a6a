import type { RunColumns } from '../kernel/columns.ts';
import { formatDuration } from '../units/format.ts';
import { arrivalDispersion, modelsBeside, modelsBesideNames } from './models-beside.ts';
import type { BesideName } from './models-beside.ts';
import { theoryRows } from './theory-rows.ts';
import type { RowVerdict, TheoryRow } from './theory-rows.ts';

/** What one model says, row by row, and how far it is from the simulation where it applies. */
export interface ModelError {
  /** n, s: mean wait by the model; NaN without data, Infinity when the load fills the slots */
  readonly waitingTimeMean: Float64Array;
  /** n: delay probability by the model; NaN without data */
  readonly delayProbability: Float64Array;
  /** `GI/G/c`, as charts and sentences name it */
  readonly title: string;
  /** s, over the steady rows: mean of model − simulation; NaN without any */
  readonly bias: number;
  /** s, over the steady rows: mean of |model − simulation| */
  readonly meanAbsoluteError: number;
  /** s, over the steady rows: root of the mean of (model − simulation)² */
  readonly rootMeanSquareError: number;
  /** Σ |model − simulation| ÷ Σ simulation over the steady rows; NaN when nobody waited */
  readonly relativeError: number;
}

/** Theory beside simulation, in columns that go with those of the run. */
export interface ModelComparison {
  /** n, s: mean wait in the simulation */
  readonly simulated: Float64Array;
  readonly verdicts: readonly RowVerdict[];
  /** how many rows got each verdict */
  readonly counts: Readonly<Record<RowVerdict, number>>;
  readonly models: Readonly<Record<BesideName, ModelError>>;
  /** variance ÷ mean of the arrivals in the scored rows, 1 for Poisson; NaN with fewer than three of them in a row */
  readonly arrivalDispersion: number;
  /** the model that is nearest over the steady rows; null when there is no such row */
  readonly trusted: BesideName | null;
  /** one or two sentences: which model, and why */
  readonly reason: string;
}

export interface ModelComparisonInput {
  readonly columns: RunColumns;
  /** s */
  readonly recordingInterval: number;
  /** s: rows that start earlier are predicted, but not scored */
  readonly warmup: number;
  /** s: what the run covers */
  readonly end: number;
  /** requests one replica works on at once */
  readonly concurrency: number;
}

const names = modelsBesideNames;

/**
 * Predicts the mean wait of every recording row by every model, from that row's arrival rate, measured service time and
 * ready slots, and compares it with what the simulation gave. Errors are taken over the rows of steady state alone; the
 * others are named with what is wrong with them.
 */
export function compareWithTheory(input: ModelComparisonInput): ModelComparison {
  const { columns } = input;
  const rows = theoryRows(columns, input.recordingInterval, input.end, input.concurrency);
  const scored = rows.flatMap((row, index) =>
    row.verdict === 'steady' && columns.time[index]! >= input.warmup && !Number.isNaN(columns.waitingTimeMean[index]!)
      ? [index]
      : [],
  );
  const dispersion = arrivalDispersion(columns.arrivals, scored);
  const run = { rows, dispersion, recordingInterval: input.recordingInterval };
  const models = Object.fromEntries(
    names.map((name) => [name, errorOf(name, modelsBeside[name].predict(run), columns.waitingTimeMean, scored)]),
  ) as Record<BesideName, ModelError>;
  const counts: Record<RowVerdict, number> = { steady: 0, 'no-data': 0, losses: 0, unstable: 0, transient: 0 };
  for (const { verdict } of rows) counts[verdict] += 1;
  return {
    simulated: columns.waitingTimeMean,
    verdicts: rows.map(({ verdict }) => verdict),
    counts,
    models,
    arrivalDispersion: dispersion,
    ...judgement(models, scored.length, counts, serviceOf(rows, scored), dispersion),
  };
}

function errorOf(
  name: BesideName,
  { waitingTimeMean, delayProbability }: Pick<ModelError, 'waitingTimeMean' | 'delayProbability'>,
  simulated: Float64Array,
  scored: readonly number[],
): ModelError {
  let signed = 0;
  let absolute = 0;
  let squared = 0;
  let waited = 0;
  for (const row of scored) {
    const error = waitingTimeMean[row]! - simulated[row]!;
    signed += error;
    absolute += Math.abs(error);
    squared += error * error;
    waited += simulated[row]!;
  }
  const some = scored.length > 0;
  return {
    title: modelsBeside[name].title,
    waitingTimeMean,
    delayProbability,
    bias: some ? signed / scored.length : NaN,
    meanAbsoluteError: some ? absolute / scored.length : NaN,
    rootMeanSquareError: some ? Math.sqrt(squared / scored.length) : NaN,
    relativeError: waited > 0 ? absolute / waited : NaN,
  };
}

/** Mean over the scored rows of the mean service time, s, and of its squared coefficient of variation. */
function serviceOf(
  rows: readonly TheoryRow[],
  scored: readonly number[],
): { readonly mean: number; readonly scv: number } {
  let mean = 0;
  let scv = 0;
  for (const row of scored) {
    mean += rows[row]!.system!.serviceTimeMean / scored.length;
    scv += rows[row]!.system!.serviceScv / scored.length;
  }
  return { mean, scv };
}

/** Counts further from Poisson than this are worth a word. */
const [regular, bursty] = [0.7, 1.4];

function judgement(
  models: Readonly<Record<BesideName, ModelError>>,
  steady: number,
  counts: Readonly<Record<RowVerdict, number>>,
  service: { readonly mean: number; readonly scv: number },
  dispersion: number,
): { trusted: BesideName | null; reason: string } {
  if (steady === 0) {
    const [most] = Object.entries(counts).toSorted(([, a], [, b]) => b - a)[0]!;
    return {
      trusted: null,
      reason: `No row after the warm-up is in a steady state (most: ${most}), so no model can be judged.`,
    };
  }
  const ranked = names.toSorted((a, b) => models[a].meanAbsoluteError - models[b].meanAbsoluteError);
  const best = ranked[0]!;
  const worst = ranked.at(-1)!;
  const off = (name: BesideName): string => formatDuration(models[name].meanAbsoluteError);
  const two = (value: number): number => Math.round(value * 100) / 100;
  if (models[worst].meanAbsoluteError < 0.01 * service.mean) {
    return {
      trusted: best,
      reason: `Hardly anyone waits, and all models say so: over ${steady} steady rows their mean waits are off by less than 1% of a service time (${off(best)} to ${off(worst)}).`,
    };
  }
  const arrivals =
    dispersion > bursty
      ? ` Arrivals vary ${two(dispersion)} times as much as Poisson's: only GI/G/c knows of that.`
      : dispersion < regular
        ? ` Arrivals vary ${two(dispersion)} times as much as Poisson's, so the models that suppose Poisson say too much.`
        : '';
  return {
    trusted: best,
    reason:
      `${models[best].title} is nearest: its mean wait is off by ${off(best)} on average over ${steady} steady rows, ` +
      `that of ${models[worst].title}, the farthest, by ${off(worst)}; the measured service time has a squared ` +
      `coefficient of variation of ${two(service.scv)}, M/M/c supposes 1.${arrivals}`,
  };
}
