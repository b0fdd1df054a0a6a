import type { RunColumns } from '../kernel/columns.ts';
import { queueModels } from '../queueing/models.ts';
import type { QueueModelName } from '../queueing/models.ts';
import { formatDuration } from '../units/format.ts';
import { theoryRows } from './theory-rows.ts';
import type { RowVerdict, TheoryRow } from './theory-rows.ts';

/** What one model says, row by row, and how far it is from the simulation where it applies. */
export interface ModelError {
  /** n, s: mean wait by the model; NaN without data, Infinity when the load fills the slots */
  readonly waitingTimeMean: Float64Array;
  /** n: delay probability by the model; NaN without data */
  readonly delayProbability: Float64Array;
  /** s, over the steady rows: mean of model − simulation; NaN without any */
  readonly bias: number;
  /** s, over the steady rows: mean of |model − simulation| */
  readonly meanAbsoluteError: number;
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
  readonly models: Readonly<Record<QueueModelName, ModelError>>;
  /** the model that is nearer over the steady rows; null when there is no such row */
  readonly trusted: QueueModelName | null;
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

const names = Object.keys(queueModels) as QueueModelName[];

/**
 * Predicts the mean wait of every recording row by every queueing model, from that row's arrival rate, measured service
 * time and ready slots, and compares it with what the simulation gave. Errors are taken over the rows of steady state
 * alone; the others are named with what is wrong with them.
 */
export function compareWithTheory(input: ModelComparisonInput): ModelComparison {
  const { columns } = input;
  const rows = theoryRows(columns, input.recordingInterval, input.end, input.concurrency);
  const scored = rows.flatMap((row, index) =>
    row.verdict === 'steady' && columns.time[index]! >= input.warmup && !Number.isNaN(columns.waitingTimeMean[index]!)
      ? [index]
      : [],
  );
  const models = Object.fromEntries(
    names.map((name) => [name, errorOf(name, rows, columns.waitingTimeMean, scored)]),
  ) as Record<QueueModelName, ModelError>;
  const counts: Record<RowVerdict, number> = { steady: 0, 'no-data': 0, losses: 0, unstable: 0, transient: 0 };
  for (const { verdict } of rows) counts[verdict] += 1;
  return {
    simulated: columns.waitingTimeMean,
    verdicts: rows.map(({ verdict }) => verdict),
    counts,
    models,
    ...judgement(models, scored.length, counts, serviceOf(rows, scored)),
  };
}

function errorOf(
  name: QueueModelName,
  rows: readonly TheoryRow[],
  simulated: Float64Array,
  scored: readonly number[],
): ModelError {
  const waitingTimeMean = new Float64Array(rows.length).fill(NaN);
  const delayProbability = new Float64Array(rows.length).fill(NaN);
  rows.forEach(({ system }, row) => {
    if (system === null) return;
    const prediction = queueModels[name].predict(system);
    waitingTimeMean[row] = prediction.waitingTimeMean;
    delayProbability[row] = prediction.delayProbability;
  });
  let signed = 0;
  let absolute = 0;
  let waited = 0;
  for (const row of scored) {
    const error = waitingTimeMean[row]! - simulated[row]!;
    signed += error;
    absolute += Math.abs(error);
    waited += simulated[row]!;
  }
  const some = scored.length > 0;
  return {
    waitingTimeMean,
    delayProbability,
    bias: some ? signed / scored.length : NaN,
    meanAbsoluteError: some ? absolute / scored.length : NaN,
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

function judgement(
  models: Readonly<Record<QueueModelName, ModelError>>,
  steady: number,
  counts: Readonly<Record<RowVerdict, number>>,
  service: { readonly mean: number; readonly scv: number },
): { trusted: QueueModelName | null; reason: string } {
  if (steady === 0) {
    const [most] = Object.entries(counts).toSorted(([, a], [, b]) => b - a)[0]!;
    return {
      trusted: null,
      reason: `No row after the warm-up is in a steady state (most: ${most}), so neither model can be judged.`,
    };
  }
  const ranked = names.toSorted((a, b) => models[a].meanAbsoluteError - models[b].meanAbsoluteError);
  const best = ranked[0]!;
  const other = ranked[1]!;
  const off = (name: QueueModelName): string => formatDuration(models[name].meanAbsoluteError);
  const variability = `the measured service time has a squared coefficient of variation of ${Math.round(service.scv * 100) / 100}, M/M/c supposes 1`;
  if (models[other].meanAbsoluteError < 0.01 * service.mean) {
    return {
      trusted: best,
      reason: `Hardly anyone waits, and both models say so: over ${steady} steady rows their mean waits are off by less than 1% of a service time (${off(best)} and ${off(other)}).`,
    };
  }
  return {
    trusted: best,
    reason:
      `${queueModels[best].title} is nearer: its mean wait is off by ${off(best)} on average over ${steady} steady rows, ` +
      `that of ${queueModels[other].title} by ${off(other)}; ${variability}.`,
  };
}
