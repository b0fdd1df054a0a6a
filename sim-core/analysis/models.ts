import type { RunColumns } from '../kernel/columns.ts';
import { formatDuration } from '../units/format.ts';
import type { ArrivalWindow } from './arrival-windows.ts';
import { arrivalDispersion, modelsBeside, modelsFor } from './models-beside.ts';
import type { BesideName } from './models-beside.ts';
import { rowVerdicts, theoryRows } from './theory-rows.ts';
import type { RowVerdict, TheoryRow, TheoryRowsInput } from './theory-rows.ts';

/** What one model says, row by row, and how far it is from the simulation where a queue settles. */
export interface ModelError {
  /** `GI/G/c`, as charts and sentences name it */
  readonly title: string;
  /** n, s: by the model; NaN without data, Infinity when the load fills the slots */
  readonly predicted: Float64Array;
  /** rows the errors are taken over */
  readonly scoredRows: number;
  /** … and those among them in which all of this model's assumptions hold */
  readonly heldRows: number;
  /** s, over the scored rows: mean of model − simulation; NaN without any */
  readonly bias: number;
  /** s, over the scored rows: mean of |model − simulation| */
  readonly meanAbsoluteError: number;
  /** s, over the scored rows: root of the mean of (model − simulation)² */
  readonly rootMeanSquareError: number;
  /** Σ |model − simulation| ÷ Σ simulation over the scored rows; NaN when nobody waited */
  readonly relativeError: number;
}

/** Theory beside simulation, in columns that go with those of the run. */
export interface ModelComparison {
  /** what is compared: the mean wait before service, or, where processors are shared, the mean sojourn time */
  readonly measure: 'wait' | 'sojourn';
  /** n, s: in the simulation */
  readonly simulated: Float64Array;
  readonly verdicts: readonly RowVerdict[];
  /** how many rows got each verdict */
  readonly counts: Readonly<Record<RowVerdict, number>>;
  /** how arrivals came, in windows of some forty rows */
  readonly windows: readonly ArrivalWindow[];
  /** those that speak of this service */
  readonly models: Readonly<Partial<Record<BesideName, ModelError>>>;
  /** variance ÷ mean of the arrivals in the scored rows, 1 for Poisson; NaN with fewer than three of them in a row */
  readonly arrivalDispersion: number;
  /** the model that is nearest; null when there is no row to judge by */
  readonly trusted: BesideName | null;
  /** one to three sentences: which model, and why */
  readonly reason: string;
}

export interface ModelComparisonInput extends TheoryRowsInput {
  readonly columns: RunColumns;
  /** s: rows that start earlier are predicted, but not scored */
  readonly warmup: number;
}

/** Rows in which a queue with endless patience settles, whatever its arrivals. */
const settled: readonly RowVerdict[] = ['steady', 'non-poisson', 'correlated'];

/**
 * Predicts the mean wait of every recording row by every model, from that row's arrival rate, measured service time and
 * ready slots, and compares it with what the simulation gave; the mean sojourn time where requests share processors.
 *
 * Errors are taken over rows in which the queue settles, also where arrivals are not Poisson's, and for Erlang A where
 * clients gave up; `heldRows` says in how many of them the model speaks of its own ground. The others are named with what
 * is wrong with them.
 */
export function compareWithTheory(input: ModelComparisonInput): ModelComparison {
  const { columns, station, recordingInterval } = input;
  const { rows, windows } = theoryRows(input);
  const measure = station.sharing === null ? 'wait' : 'sojourn';
  const simulated = measure === 'wait' ? columns.waitingTimeMean : columns.latencyMean;
  const counted = (row: number): boolean => columns.time[row]! >= input.warmup && !Number.isNaN(simulated[row]!);
  const scoredOf = (verdicts: readonly RowVerdict[]): number[] =>
    rows.flatMap(({ verdict }, row) => (verdicts.includes(verdict) && counted(row) ? [row] : []));
  const shared = scoredOf(settled);
  const dispersion = input.sampled ? arrivalDispersion(columns.arrivals, shared) : NaN;
  const run = { rows, station, dispersion, recordingInterval };
  const names = modelsFor(station);
  const models: Partial<Record<BesideName, ModelError>> = {};
  for (const name of names) {
    const { title, knowsOf, predict } = modelsBeside[name];
    const held: readonly RowVerdict[] = ['steady', ...knowsOf];
    const scored = scoredOf([...new Set([...settled, ...held])]);
    models[name] = {
      title,
      heldRows: scored.filter((row) => held.includes(rows[row]!.verdict)).length,
      ...errorOf(predict(run), simulated, scored),
    };
  }
  const counts = Object.fromEntries(rowVerdicts.map((verdict) => [verdict, 0])) as Record<RowVerdict, number>;
  for (const { verdict } of rows) counts[verdict] += 1;
  return {
    measure,
    simulated,
    verdicts: rows.map(({ verdict }) => verdict),
    counts,
    windows,
    models,
    arrivalDispersion: dispersion,
    ...judgement({ names, models, shared, counts, service: serviceOf(rows, shared), dispersion, measure, simulated }),
  };
}

function errorOf(
  predicted: Float64Array,
  simulated: Float64Array,
  scored: readonly number[],
): Omit<ModelError, 'title' | 'heldRows'> {
  let signed = 0;
  let absolute = 0;
  let squared = 0;
  let waited = 0;
  for (const row of scored) {
    const error = predicted[row]! - simulated[row]!;
    signed += error;
    absolute += Math.abs(error);
    squared += error * error;
    waited += simulated[row]!;
  }
  const some = scored.length > 0;
  return {
    predicted,
    scoredRows: scored.length,
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

/** The nearest model is not near when it is off by more than this share. */
const mostTrusted = 0.5;
/** Clients who give up in more than this share of the rows decide which model to trust. */
const fewGiveUp = 0.1;
/** Counts further from Poisson than this are worth a word. */
const [regular, bursty] = [0.7, 1.4];

interface Findings {
  readonly names: readonly BesideName[];
  readonly models: Readonly<Partial<Record<BesideName, ModelError>>>;
  /** rows that every model is scored on */
  readonly shared: readonly number[];
  readonly counts: Readonly<Record<RowVerdict, number>>;
  readonly service: { readonly mean: number; readonly scv: number };
  readonly dispersion: number;
  readonly measure: ModelComparison['measure'];
  readonly simulated: Float64Array;
}

function judgement(findings: Findings): { trusted: BesideName | null; reason: string } {
  const { names, models, shared, counts, service, measure } = findings;
  const widest = names.toSorted(
    (a, b) =>
      models[b]!.scoredRows - models[a]!.scoredRows || models[a]!.meanAbsoluteError - models[b]!.meanAbsoluteError,
  )[0]!;
  const most = models[widest]!;
  if (most.scoredRows === 0) {
    const [usual] = Object.entries(counts).toSorted(([, a], [, b]) => b - a)[0]!;
    return {
      trusted: null,
      reason: `No row after the warm-up is in a steady state (most: ${usual}), so no model can be judged.`,
    };
  }
  if (shared.length < (1 - fewGiveUp) * most.scoredRows) {
    const off = formatDuration(most.meanAbsoluteError);
    return {
      trusted: widest,
      reason: `Clients give up in ${most.scoredRows - shared.length} rows, which only Erlang A and M/M/c+D know of: over all ${most.scoredRows} ${most.title} is off by ${off} on average.${doubt(most)}`,
    };
  }
  const errors = new Map(names.map((name) => [name, errorOf(models[name]!.predicted, findings.simulated, shared)]));
  const errorIn = (name: BesideName): number => errors.get(name)!.meanAbsoluteError;
  const ranked = names.toSorted((a, b) => errorIn(a) - errorIn(b));
  const best = ranked[0]!;
  const worst = ranked.at(-1)!;
  const [least, greatest] = [best, worst].map((name) => formatDuration(errorIn(name)));
  const what = measure === 'wait' ? 'mean wait' : 'mean sojourn time';
  if (measure === 'wait' && errorIn(worst) < 0.01 * service.mean) {
    return {
      trusted: best,
      reason: `Hardly anyone waits, and all models say so: over ${shared.length} rows their mean waits are off by less than 1% of a service time (${least} to ${greatest}).`,
    };
  }
  return {
    trusted: best,
    reason:
      `${models[best]!.title} is nearest: its ${what} is off by ${least} on average over ${shared.length} rows, ` +
      `that of ${models[worst]!.title}, the farthest, by ${greatest}${explanation(findings, best)}${doubt(models[best]!)}`,
  };
}

const two = (value: number): number => Math.round(value * 100) / 100;

/** What sets the models apart. */
function explanation({ measure, service, dispersion }: Findings, best: BesideName): string {
  if (measure === 'sojourn')
    return '. One pool is the best that routing can do, replicas by themselves what random routing does.';
  const variability = `; the measured service time has a squared coefficient of variation of ${two(service.scv)}, M/M/c supposes 1.`;
  if (dispersion > bursty) {
    const who =
      best === 'gigc' ? 'only GI/G/c knows of that' : 'GI/G/c makes too much of it, as of swings slower than the queue';
    return `${variability} Arrivals vary ${two(dispersion)} times as much as Poisson's: ${who}.`;
  }
  if (dispersion < regular)
    return `${variability} Arrivals vary ${two(dispersion)} times as much as Poisson's, so the models that suppose Poisson say too much.`;
  return variability;
}

/** How far even the nearest one can be trusted. */
function doubt({ scoredRows, heldRows, relativeError }: ModelError): string {
  const ground = 2 * heldRows < scoredRows ? ` All its assumptions hold in ${heldRows} of those rows.` : '';
  return relativeError > mostTrusted
    ? `${ground} That is ${Math.round(100 * relativeError)}% of what was simulated: trust the simulation here.`
    : ground;
}
