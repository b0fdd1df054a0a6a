import type { LoadedScenario } from '../experiment/load.ts';
import { firstReplications, jobsFor } from '../experiment/job.ts';
import type { Job } from '../experiment/job.ts';
import type { Estimate, RunResult } from '../experiment/result.ts';
import type { Rounds } from '../experiment/rounds.ts';
import { cpuModelOf, serviceOf } from '../scenario/build.ts';
import { checkedParts, livePolicyOf } from '../scenario/reality-status.ts';
import type { RealityGrade } from '../scenario/recorded.ts';
import { estimateMean } from '../statistics/interval.ts';
import type { RecordedReadings } from './readings.ts';
import { meanAbsoluteError, meanOf, readLikeRecording, scoreOf } from './score.ts';
import type { RealityScore } from './score.ts';
import { textbookRule } from './textbook.ts';
import type { TextbookRule } from './textbook.ts';

/** The policy that was live, simulated on the demand that was recorded, beside what was recorded. */
export interface RealityReport {
  readonly scenario: string;
  readonly policy: string;
  readonly replications: number;
  readonly engine: 'exact' | 'fluid';
  /** 0.95: of every interval here */
  readonly confidence: number;
  readonly grade: RealityGrade;
  /** replicas: the largest error that is still good, and that is still fair */
  readonly limits: { readonly good: number; readonly fair: number };
  readonly score: { readonly [Key in keyof RealityScore]: Estimate };
  readonly recorded: { readonly replicasMean: number; readonly peakReplicas: number; readonly peakTime: number };
  /** the rule without a simulation, as a yardstick; null where the live policy is no HPA on CPU */
  readonly textbook:
    | (Pick<TextbookRule, 'cpuFrom'> & {
        readonly replicaError: number;
        /** the same rule acting one row late, as any real loop does at best */
        readonly replicaErrorLate: number;
      })
    | null;
  readonly overlay: RealityOverlay;
  /** stands for what was checked, for `recorded.check` */
  readonly of: string;
}

/** Columns of the length of the readings. Latencies in s; NaN where there is none. */
export interface RealityOverlay {
  /** s: when the replicas were read */
  readonly time: Float64Array;
  readonly recordedReplicas: Float64Array;
  readonly simulatedReplicas: Float64Array;
  /** of the interval over replications */
  readonly simulatedReplicasHalfWidth: Float64Array;
  readonly recordedLatency: Float64Array | null;
  readonly simulatedLatency: Float64Array | null;
  readonly recordedCpu: Float64Array | null;
  readonly simulatedCpu: Float64Array | null;
  readonly textbookReplicas: Float64Array | null;
}

const confidence = 0.95;
/** A misfit within half a replica, or a tenth of the mean, is good; within one, or a quarter, fair. */
const gradeLimits = { good: { replicas: 0.5, share: 0.1 }, fair: { replicas: 1, share: 0.25 } } as const;

/** The runs of a check, and what they say once they are made. */
export interface RealityCheck extends Rounds {
  /** over what has come; null before the first run */
  report(): RealityReport | null;
}

/** @param replications default: as the scenario says */
export function createRealityCheck(
  loaded: LoadedScenario,
  readings: RecordedReadings,
  replications?: number,
): RealityCheck {
  const { scenario } = loaded;
  const policy = livePolicyOf(scenario);
  const runs = new Map<number, RunResult>();
  let planned = false;
  return {
    nextRound(): Job[] {
      if (planned) return [];
      planned = true;
      const most = scenario.engine === 'fluid' ? 1 : firstReplications(scenario, replications);
      return jobsFor([policy], 0, most);
    },
    add: (result) => void runs.set(result.replication, result),
    status: () => null,
    report: () =>
      runs.size === 0
        ? null
        : judge(
            loaded,
            readings,
            [...runs.values()].sort((a, b) => a.replication - b.replication),
          ),
  };
}

function judge(loaded: LoadedScenario, readings: RecordedReadings, runs: readonly RunResult[]): RealityReport {
  const { scenario } = loaded;
  const { request } = cpuModelOf(serviceOf(scenario));
  const simulated = runs.map((run) => readLikeRecording(run, readings, request));
  const scores = simulated.map((each) => scoreOf(readings, each));
  const names = Object.keys(scores[0]!) as (keyof RealityScore)[];
  const estimate = (name: keyof RealityScore): Estimate =>
    estimateMean(
      scores.map((score) => score[name]),
      confidence,
    );
  const score = Object.fromEntries(names.map((name) => [name, estimate(name)])) as unknown as RealityReport['score'];
  const { replicas } = readings;
  const peak = replicas.reduce((best, value, i) => (value > replicas[best]! ? i : best), 0);
  const recordedMean = meanOf(replicas);
  const limitOf = ({ replicas: least, share }: { replicas: number; share: number }) =>
    Math.max(least, share * recordedMean);
  const limits = { good: limitOf(gradeLimits.good), fair: limitOf(gradeLimits.fair) };
  const { mean } = score.replicaError;
  const textbook = textbookRule(loaded, readings);
  const over = (column: (each: (typeof simulated)[number]) => Float64Array | null) => {
    const columns = simulated.map(column);
    if (columns.includes(null)) return null;
    return readings.time.map((_, i) => estimateMean(columns.map((values) => values![i]!)).mean);
  };
  return {
    scenario: scenario.name,
    policy: livePolicyOf(scenario),
    replications: runs.length,
    engine: scenario.engine === 'fluid' ? 'fluid' : 'exact',
    confidence,
    grade: mean <= limits.good ? 'good' : mean <= limits.fair ? 'fair' : 'poor',
    limits,
    score,
    recorded: {
      replicasMean: recordedMean,
      peakReplicas: replicas[peak]!,
      peakTime: readings.readAt[peak]!,
    },
    textbook: textbook && {
      cpuFrom: textbook.cpuFrom,
      replicaError: meanAbsoluteError(replicas, textbook.replicas),
      replicaErrorLate: meanAbsoluteError(replicas.subarray(1), textbook.replicas.subarray(0, -1)),
    },
    overlay: {
      time: readings.readAt,
      recordedReplicas: replicas,
      simulatedReplicas: over((each) => each.replicas)!,
      simulatedReplicasHalfWidth: readings.time.map(
        (_, i) => estimateMean(simulated.map((each) => each.replicas[i]!)).halfWidth,
      ),
      recordedLatency: readings.latency?.values ?? null,
      simulatedLatency: over(({ latency }) => latency),
      recordedCpu: readings.cpu?.values ?? null,
      simulatedCpu: over(({ cpu }) => cpu),
      textbookReplicas: textbook?.replicas ?? null,
    },
    of: checkedParts(scenario),
  };
}
