import type { Scenario } from '../scenario/schema.ts';
import { recordingIntervalOf } from '../scenario/build.ts';
import { fewestBatches, mser5 } from '../statistics/mser.ts';
import { printDuration } from '../units/duration.ts';
import { profileNameOf } from '../workload/registry.ts';
import { baselineOf, type Job } from './job.ts';
import type { LoadedScenario } from './load.ts';
import type { RunResult, WarmupDecision } from './result.ts';
import type { Rounds } from './rounds.ts';

/** Replications whose recorded rows are averaged before MSER-5 looks at them (Hoad, Robinson & Davies 2010). */
const pilotReplications = 5;

/** Rates that keep to a mean: what they lead to is a steady state, even if they fluctuate around it. */
const stationaryProfiles = new Set(['constant', 'burst', 'noise']);

/** Whether the arrival rate keeps to its mean, so that there can be a steady state. */
export function isStationary({ sum, growth }: Scenario['workload']): boolean {
  return growth === undefined && sum.every((term) => stationaryProfiles.has(profileNameOf(term)));
}

/**
 * The runs a decision on `warmup: auto` rests on: the first replications of one policy, the baseline of the scenario,
 * whichever policies take part, so that all policies have one warm-up. None where there can be no steady state.
 */
function pilotJobs(scenario: Scenario, policy: string): Job[] {
  if (!isStationary(scenario.workload)) return [];
  return Array.from({ length: pilotReplications }, (_, replication) => ({
    policy,
    replication,
    decisionLog: false,
    warmup: 0,
  }));
}

/**
 * MSER-5 on the number in system, row by row the mean over the pilot runs. Averaging first keeps a chance excursion of
 * one run from being taken for the transient. Where nothing can be determined, nothing is left out, and the reason is
 * given.
 *
 * @param pilots results of pilotJobs, in any order
 * @see Hoad, Robinson & Davies, Automating warm-up length estimation, Journal of the Operational Research Society 61
 *   (2010), who chose MSER-5 on averaged replications out of 44 methods
 */
function decideWarmup(scenario: Scenario, policy: string, pilots: readonly RunResult[]): WarmupDecision {
  const undetermined = (rows: number, reason: string): WarmupDecision => ({
    seconds: 0,
    determined: false,
    policy,
    replications: pilots.length,
    rows,
    reason,
  });
  if (!isStationary(scenario.workload)) {
    return undetermined(
      0,
      'The arrival rate changes over time, so there is no steady state that a warm-up could lead to. Nothing is left out; if the start is of no interest, state its length.',
    );
  }
  const ordered = pilots.toSorted((a, b) => a.replication - b.replication);
  const series = numberInSystem(ordered);
  const { observations, batches } = mser5(series);
  const rows = series.length;
  if (observations === null) {
    const reason =
      batches < fewestBatches
        ? `${rows} rows are too few for MSER-5, which takes at least ${5 * fewestBatches}. Nothing is left out; shorten \`recordingInterval\`, or lengthen \`horizon\`.`
        : 'MSER-5 finds its minimum in the second half of the run: it is too short for its start, or has no steady state. Nothing is left out; lengthen `horizon`.';
    return undetermined(rows, reason);
  }
  const interval = recordingIntervalOf(scenario);
  const seconds = observations * interval;
  return {
    seconds,
    determined: true,
    policy,
    replications: pilots.length,
    rows,
    reason: `MSER-5 on the number in system of ${policy}, mean of ${pilots.length} pilot runs in ${rows} rows of ${printDuration(interval)}: without the first ${observations} rows the standard error of the mean is least.`,
  };
}

/** The round of pilot runs that comes before a study's own, where the scenario asks for it. */
export class PilotRound {
  /** null until it is taken, and where the scenario states a warm-up */
  decision: WarmupDecision | null = null;
  /** whether results that come now are of pilot runs */
  underWay = false;
  private readonly pilots: RunResult[] = [];
  private asked = false;

  constructor(
    private readonly scenario: Scenario,
    private readonly policy: string,
  ) {}

  /** The pilot runs when they are due; none once the decision stands. */
  next(): Job[] {
    const { scenario, policy } = this;
    if (scenario.warmup !== 'auto' || this.decision !== null) return [];
    if (!this.asked) {
      this.asked = true;
      const jobs = pilotJobs(scenario, policy);
      this.underWay = jobs.length > 0;
      if (this.underWay) return jobs;
    }
    this.underWay = false;
    this.decision = decideWarmup(scenario, policy, this.pilots);
    return [];
  }

  add(result: RunResult): void {
    this.pilots.push(result);
  }

  /** What the decision adds to every job that follows. */
  get changes(): Pick<Job, 'warmup'> {
    return this.decision === null ? {} : { warmup: this.decision.seconds };
  }
}

/** What `warmup: auto` would come to, whatever the scenario says. */
export function createWarmupStudy({ scenario }: LoadedScenario): Rounds & { decision(): WarmupDecision } {
  const policies = scenario.policies.map(({ name }) => name);
  const pilot = new PilotRound({ ...scenario, warmup: 'auto' }, baselineOf(scenario, policies));
  return {
    nextRound: () => pilot.next(),
    add: (result) => pilot.add(result),
    status: () => null,
    decision: () => {
      if (pilot.decision === null) throw new Error('The pilot runs are not over.');
      return pilot.decision;
    },
  };
}

/** Row by row, mean over the runs; as long as the shortest of them. */
function numberInSystem(runs: readonly RunResult[]): Float64Array {
  const rows = runs.length === 0 ? 0 : Math.min(...runs.map(({ columns }) => columns.time.length));
  return Float64Array.from({ length: rows }, (_, row) =>
    runs.reduce(
      (sum, { columns }) => sum + (columns.queueLengthMean[row]! + columns.inServiceMean[row]!) / runs.length,
      0,
    ),
  );
}
