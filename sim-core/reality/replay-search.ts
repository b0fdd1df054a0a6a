import type { LoadedScenario } from '../experiment/load.ts';
import { withPoliciesOf } from '../experiment/policy-files.ts';
import { startRun } from '../experiment/run.ts';
import type { Run } from '../experiment/run.ts';
import { durationText } from '../fitting/service-time.ts';
import { beyondFluid } from '../scenario/engine-choice.ts';
import { checkModel, cpuModelOf, serviceOf } from '../scenario/build.ts';
import { parseScenario } from '../scenario/parse.ts';
import { livePolicyOf } from '../scenario/reality-status.ts';
import { alternativesOf, valueAt, withValue } from './alternatives.ts';
import type { Alternative } from './alternatives.ts';
import type { RecordedReadings } from './readings.ts';
import { meanAbsoluteError, readLikeRecording } from './score.ts';

/** An assumption changed alone, and what became of the error. */
export interface TriedAlternative extends Alternative {
  /** mean absolute error of the replicas with it */
  readonly replicaError: number;
}

/** What most likely explains a misfit. */
export interface Misfit {
  /** the error without any change, from the same engine as the alternatives */
  readonly replicaError: number;
  readonly engine: 'exact' | 'fluid';
  /** least error first, one of each assumption */
  readonly tried: readonly TriedAlternative[];
  /** the one that helps most; null when none takes off a twentieth of the error */
  readonly likely: TriedAlternative | null;
}

export interface SearchOptions {
  /** brings a run to its end; whoever has to stay responsive does so in slices, and stops the search by throwing */
  readonly drive?: (run: Run) => Promise<void>;
  /** told the share of the alternatives that were tried */
  readonly onProgress?: (fraction: number) => void;
  /** paths, joined by points, that are known otherwise and stay */
  readonly keep?: ReadonlySet<string>;
}

/**
 * The error is averaged over loads a little beside the recorded one. Counts are whole and a loop with feedback is touchy:
 * at one load alone a value may fit by luck, and will not on the next day.
 */
const nearbyLoads = [0.96, 1, 1.04] as const;
const recordedLoad = [1] as const;

const fewRows = 8;

/** Share of the error an alternative has to take off to be named. */
const leastGain = 0.05;

/**
 * Changes the assumptions of a scenario one at a time, simulates again, and says which change brings the replicas nearest
 * to the recorded ones. One run each, on the fluid engine where it knows the service.
 *
 * @param text of the scenario that was loaded
 */
export async function explainMisfit(
  text: string,
  loaded: LoadedScenario,
  readings: RecordedReadings,
  options: SearchOptions = {},
): Promise<Misfit> {
  const replicaError = await errorOf(loaded, readings, recordedLoad, options);
  const single = alternativesOf(text, loaded.scenario).filter(({ joint }) => joint !== true);
  const tried = await tryAll(text, loaded, readings, single, recordedLoad, options);
  const best = new Map<string, TriedAlternative>();
  for (const each of tried) if (!best.has(each.assumption)) best.set(each.assumption, each);
  const first = tried[0];
  const helps = first !== undefined && first.replicaError <= replicaError * (1 - leastGain);
  return { replicaError, engine: engineOf(loaded), tried: [...best.values()], likely: helps ? first : null };
}

/** One step of a calibration by replay. */
export interface ReplayStep extends TriedAlternative {
  /** values tried for the same number whose error is within a tenth of the best, in the order tried; the value included */
  readonly asGood: readonly Alternative['becomes'][];
  /** every value tried for that number, the one it had before included */
  readonly triedValues: readonly Alternative['becomes'][];
}

export interface ReplayCalibration {
  /** the scenario with what was found written into it */
  readonly text: string;
  readonly errorBefore: number;
  readonly errorAfter: number;
  /** what was changed, each path once, with its final value */
  readonly changes: readonly ReplayStep[];
  readonly engine: 'exact' | 'fluid';
  readonly points: number;
}

const mostRounds = 12;
/** Share of the error a further step has to take off. */
const leastStep = 0.01;
const nearlyAsGood = 1.1;

/**
 * Calibrates what describes the service (service time, CPU, start-up, delays of the metrics) so that the simulated
 * replicas come nearest to the recorded ones: the best single change, again and again, until none helps. It never changes
 * how the policy was configured. Judge the result on another part of the recording than the one it was found on.
 */
export async function calibrateByReplay(
  text: string,
  loaded: LoadedScenario,
  readings: RecordedReadings,
  options: SearchOptions = {},
): Promise<ReplayCalibration> {
  const errorBefore = await errorOf(loaded, readings, nearbyLoads, options);
  const changes = new Map<string, ReplayStep>();
  let [now, current, error] = [text, loaded, errorBefore];
  for (let round = 0; round < mostRounds; round++) {
    const alternatives = alternativesOf(now, current.scenario).filter(
      ({ of, path }) => of === 'service' && options.keep?.has(path.join('.')) !== true,
    );
    const tried = await tryAll(now, current, readings, alternatives, nearbyLoads, options);
    const [best] = tried;
    if (best === undefined || best.replicaError > error * (1 - leastStep)) break;
    const key = best.path.join('.');
    const sameNumber = tried.filter(({ path }) => path.join('.') === key);
    const asGood = sameNumber.filter((each) => each.replicaError <= best.replicaError * nearlyAsGood);
    const was = changes.get(key)?.was ?? best.was;
    changes.set(key, {
      ...best,
      was,
      asGood: asGood.map(({ becomes }) => becomes),
      triedValues: [presentOf(now, current, best.path), ...sameNumber.map(({ becomes }) => becomes)],
    });
    now = withValue(now, best.path, best.becomes);
    current = changed(current, now)!;
    error = best.replicaError;
  }
  return {
    text: now,
    errorBefore,
    errorAfter: error,
    changes: [...changes.values()],
    engine: engineOf(loaded),
    points: readings.time.length,
  };
}

/** The value a number has now, by default if nothing is written. */
function presentOf(text: string, { scenario }: LoadedScenario, path: Alternative['path']): Alternative['becomes'] {
  const { delay, window } = serviceOf(scenario).metrics;
  const byDefault = { delay: durationText(delay), window: durationText(window) };
  const last = path.at(-1);
  if (last === 'metrics') return byDefault;
  return last === 'delay' || last === 'window' ? byDefault[last] : valueAt(text, path)!;
}

/** Least error first; what makes no sense in the scenario is left out. */
async function tryAll(
  text: string,
  loaded: LoadedScenario,
  readings: RecordedReadings,
  alternatives: readonly Alternative[],
  loads: readonly number[],
  options: SearchOptions,
): Promise<TriedAlternative[]> {
  const tried: TriedAlternative[] = [];
  for (const [index, each] of alternatives.entries()) {
    options.onProgress?.(index / alternatives.length);
    const other = changed(loaded, withValue(text, each.path, each.becomes));
    if (other !== undefined) tried.push({ ...each, replicaError: await errorOf(other, readings, loads, options) });
  }
  return tried.sort((a, b) => a.replicaError - b.replicaError);
}

/** The same recording, traces and policy files under a changed text; undefined when that is no scenario. */
function changed(loaded: LoadedScenario, text: string): LoadedScenario | undefined {
  const parsed = parseScenario(text);
  if (parsed.scenario === undefined) return undefined;
  const scenario = withPoliciesOf(loaded.scenario, parsed.scenario);
  const other = { ...loaded, scenario: { ...scenario, engine: loaded.scenario.engine } };
  return checkModel(other).some(({ severity }) => severity === 'error') ? undefined : other;
}

function engineOf({ scenario }: LoadedScenario): 'exact' | 'fluid' {
  return scenario.engine === 'fluid' || beyondFluid(serviceOf(scenario)).length === 0 ? 'fluid' : 'exact';
}

/** Mean absolute error of the replicas, one run a load. */
async function errorOf(
  loaded: LoadedScenario,
  readings: RecordedReadings,
  loads: readonly number[],
  { drive = inOneGo }: SearchOptions,
): Promise<number> {
  const { scenario } = loaded;
  const { workload, slo } = scenario;
  const job = { policy: livePolicyOf(scenario), replication: 0, decisionLog: false };
  const { request } = cpuModelOf(serviceOf(scenario));
  // Nothing behind the last reading is looked at, and of rows and windows a few are enough.
  const horizon = Math.min(scenario.horizon, readings.readAt.at(-1)! + readings.bucket);
  const recordingInterval = horizon / fewRows;
  let sum = 0;
  for (const load of loads) {
    const shaken = {
      ...scenario,
      engine: engineOf(loaded),
      horizon,
      recordingInterval,
      slo: { ...slo, window: recordingInterval },
      workload: { ...workload, scale: workload.scale * load },
    };
    const run = await startRun({ ...loaded, scenario: shaken }, job);
    await drive(run);
    sum += meanAbsoluteError(readings.replicas, readLikeRecording(run.result(), readings, request).replicas);
  }
  return sum / loads.length;
}

function inOneGo(run: Run): Promise<void> {
  while (!run.advance(1_000_000).done);
  return Promise.resolve();
}
