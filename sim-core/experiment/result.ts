import type { AlertRun } from '../alerts/backtest.ts';
import type { Decision } from '../autoscaling/contract.ts';
import type { RunColumns } from '../kernel/columns.ts';
import type { RealityStatus } from '../scenario/reality-status.ts';
import type { PrecisionTarget } from '../statistics/precision.ts';

/** The life of one replica, s; NaN for what had not happened when the run ended. */
export interface ReplicaLife {
  readonly id: number;
  readonly createdAt: number;
  readonly startedAt: number;
  readonly readyAt: number;
  readonly drainingAt: number;
  readonly goneAt: number;
}

/** The life of one node, s; NaN for what had not happened when the run ended. */
export interface NodeLife {
  readonly readyAt: number;
  readonly goneAt: number;
}

/** Summary numbers of one run, or of one replication. Units as in the names; NaN where there was no data. */
export interface RunSummary {
  readonly arrivals: number;
  readonly completed: number;
  readonly rejected: number;
  readonly timedOut: number;
  readonly failed: number;
  readonly retries: number;
  /** share of SLO windows that met every objective, 0 … 1 */
  readonly sloAttainment: number;
  /** completed ÷ all attempts that ended, 0 … 1 */
  readonly availability: number;
  /** (1 − availability) ÷ (1 − objective); NaN without an objective */
  readonly errorBudgetBurn: number;
  /** minutes of windows that missed an objective */
  readonly sloViolationMinutes: number;
  /** s, of completed attempts */
  readonly latencyMean: number;
  readonly latencyP50: number;
  readonly latencyP95: number;
  readonly latencyP99: number;
  /** s, of attempts that started */
  readonly waitingTimeMean: number;
  readonly delayProbability: number;
  /** requests waiting */
  readonly queueLengthMean: number;
  readonly maxBacklog: number;
  readonly finalBacklog: number;
  /** s, longest stretch with a backlog above the objective (or above 0 without one) */
  readonly drainTime: number;
  readonly utilisation: number;
  readonly cpuUtilisation: number;
  readonly replicasMean: number;
  readonly replicasMax: number;
  readonly replicaHours: number;
  /** currency units: replicas, nodes, and SLO violations at their stated price */
  readonly cost: number;
  readonly violationCost: number;
  readonly scalingEvents: number;
  readonly flaps: number;
  /** most flaps within any period of the flap budget; NaN without `slo.flaps` */
  readonly mostFlapsPerPeriod: number;
  readonly reversalsPerHour: number;
  /** s between opposite actions, the shortest; Infinity when there were none */
  readonly shortestOppositeGap: number;
  /** replica-seconds paid for by flaps */
  readonly wastedReplicaSeconds: number;
  /** currency units: the wasted replica-seconds at the price of a replica; part of `cost`, up to what it is billed in */
  readonly thrashCost: number;
  /** s: the rhythm in which the replicas asked for go up and down, by autocorrelation; NaN where they have none */
  readonly oscillationPeriod: number;
  /** replicas either way, of the sinusoid with the same variance */
  readonly oscillationAmplitude: number;
  /**
   * s from a lasting jump of the arrival rate until the ready replicas stay within 5 % of their final count (or one
   * replica), the longest of the run; Infinity when they never do, NaN without such a jump
   */
  readonly settlingTime: number;
  /** how far the ready replicas went beyond their final count after such a jump, ÷ how far they had to go */
  readonly overshoot: number;
  /**
   * θU: ready replicas missing ÷ needed ones, averaged over time, 0 … 1. Needed are the fewest that meet the latency
   * objectives at the rate of a row, by M/G/c; NaN without a latency objective, as all of these
   */
  readonly underProvisioningAccuracy: number;
  /** θO: ready replicas too many ÷ needed ones, averaged over time */
  readonly overProvisioningAccuracy: number;
  /** τU: share of the time with too few ready replicas */
  readonly underProvisioningTimeshare: number;
  /** τO: share of the time with too many ready replicas */
  readonly overProvisioningTimeshare: number;
  /** υ: share of the time in which ready and needed replicas moved in different directions */
  readonly elasticityInstability: number;
  /** (changes of the ready − changes of the needed replicas), per hour; below zero for a sluggish policy */
  readonly elasticityJitter: number;
  /** nodes from ready to removed, averaged over time; NaN where there is room without end, as all of these */
  readonly nodesMean: number;
  readonly nodesMax: number;
  readonly nodeHours: number;
  /** currency units: the nodes alone, as they are billed; part of `cost` */
  readonly nodeCost: number;
  /** replica-seconds that waited for room on a node, from what the ends of the rows show */
  readonly unplacedReplicaSeconds: number;
}

export interface StabilityVerdict {
  readonly stable: boolean;
  /** one sentence each; never empty */
  readonly reasons: readonly string[];
}

/** A run that was stopped before its horizon. */
export interface StoppedEarly {
  /** s: what the result covers */
  readonly at: number;
  /** what limit was hit, and which setting moves it */
  readonly reason: string;
}

/** The numbers of one long run in equal batches. */
export interface BatchValues {
  /** s, of each batch */
  readonly length: number;
  /** batch by batch */
  readonly values: { readonly [Key in keyof RunSummary]?: readonly number[] };
}

/** How intervals came from one run. */
export interface BatchReport {
  readonly count: number;
  /** s, of each batch */
  readonly length: number;
  /** numbers without an interval, because von Neumann's ratio says that their batches hang together */
  readonly dependent: readonly string[];
}

/** One policy, one replication. */
export interface RunResult {
  readonly policy: string;
  readonly replication: number;
  readonly recordingInterval: number;
  readonly columns: RunColumns;
  /** empty unless the decision log was asked for */
  readonly decisions: readonly Decision[];
  readonly replicas: readonly ReplicaLife[];
  readonly summary: RunSummary;
  readonly stability: StabilityVerdict;
  /** one entry a rule of `alerts`; empty without rules */
  readonly alerts: readonly AlertRun[];
  readonly stoppedEarly: StoppedEarly | null;
  /** of a run that was asked for them, was long enough, and reached its horizon */
  readonly batches?: BatchValues;
}

/** An estimate over replications: mean ± half-width of its confidence interval. halfWidth is NaN for one replication. */
export interface Estimate {
  readonly mean: number;
  readonly halfWidth: number;
}

export type SummaryEstimate = { readonly [Key in keyof RunSummary]: Estimate };

/** What one alert rule would have done, over all replications of a policy. */
export interface AlertEstimate extends Pick<AlertRun, 'name' | 'severity'> {
  readonly firings: Estimate;
  /** s */
  readonly firingTime: Estimate;
  readonly falseAlarms: Estimate;
  /** stretches in which the objectives were missed, and those of them that it warned of */
  readonly breaks: Estimate;
  readonly caught: Estimate;
  /** s from the first firing to the miss it goes with, mean of a replication; NaN where none was caught */
  readonly leadTime: Estimate;
}

/** One policy over all its replications. */
export interface PolicyResult {
  readonly policy: string;
  readonly summary: SummaryEstimate;
  /** paired by replication; null for the baseline itself */
  readonly differenceToBaseline: SummaryEstimate | null;
  /** replication by replication */
  readonly replications: readonly RunSummary[];
  /** mean and half-width over replications, row by row, for the lanes that show a band */
  readonly bands: { readonly [Name in BandName]: { readonly mean: Float64Array; readonly halfWidth: Float64Array } };
  /** the run of replication 0, with its decision log */
  readonly example: RunResult;
  /** with one replication of a steady service: intervals are those of batches */
  readonly batches?: BatchReport;
  /** what each rule of `alerts` would have done; empty without rules */
  readonly alerts: readonly AlertEstimate[];
  /** worst of the replications */
  readonly stability: StabilityVerdict;
  /** whether every stated objective is met by the mean over replications, and which are not */
  readonly slo: { readonly met: boolean; readonly misses: readonly string[] };
}

export const bandNames = [
  'arrivals',
  'ready',
  'desired',
  'latencyP95',
  'queueLengthMax',
  'cpuUtilisation',
] as const satisfies readonly (keyof RunColumns)[];
export type BandName = (typeof bandNames)[number];

/** What `warmup: auto` came to. */
export interface WarmupDecision {
  /** s: left out of every summary */
  readonly seconds: number;
  /** false: nothing could be determined, so nothing is left out */
  readonly determined: boolean;
  /** the policy whose pilot runs decided */
  readonly policy: string;
  /** pilot runs */
  readonly replications: number;
  /** recorded rows of each */
  readonly rows: number;
  /** one or two sentences: what decided, or why nothing could */
  readonly reason: string;
}

/** How `replications: {until: …}` ended. */
export interface StoppingReport {
  readonly metric: keyof RunSummary;
  /** what was asked for: a share of the mean, or an amount */
  readonly target: PrecisionTarget;
  /** whether every policy got there before the most replications */
  readonly reached: boolean;
  /** the policy that is furthest from it, and its half-width in the unit of the metric */
  readonly policy: string;
  readonly halfWidth: number;
  /** in the unit of the metric; NaN when the mean is */
  readonly allowed: number;
}

/** The answer to a scenario: every policy on the same customers. */
export interface Comparison {
  readonly schema: 'headroom/comparison/v1';
  readonly scenario: string;
  readonly seed: string | number;
  readonly replications: number;
  /** what it ran on: the scenario's engine, or the one that `auto` took */
  readonly engine: 'exact' | 'fluid';
  /** 0.95: of every interval here */
  readonly confidence: number;
  readonly baseline: string;
  readonly policies: readonly PolicyResult[];
  /** with `warmup: auto` */
  readonly warmup?: WarmupDecision;
  /** with `replications: {until: …}` */
  readonly stopping?: StoppingReport;
  /** with a recording: how near the scenario came to it when it was last checked */
  readonly reality?: RealityStatus;
}
