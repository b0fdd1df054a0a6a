import type { Issue } from '../../issue.ts';
import { smallestServers, type StaffingObjective } from '../../queueing/staffing.ts';
import type { Controller, ControllerContext, Stage } from '../contract.ts';
import type { ControllerKind } from '../controller-kind.ts';
import { boundsRule, decide } from '../pipeline.ts';
import { learnServiceTime, noServiceTimes, serviceTimeOf } from '../predictive/service-time.ts';
import type { ServiceTimeState } from '../predictive/service-time.ts';
import { inWords, percentInWords } from '../words.ts';
import { staffingConfig } from './config.ts';
import type { StaffingConfig } from './config.ts';
import { halfinWhitt, halfinWhittBeta } from './halfin-whitt.ts';

/** Servers for a load, and how that came about. */
interface Count {
  readonly servers: number;
  readonly words: string;
}

interface Load {
  /** 1/s */
  readonly arrivalRate: number;
  /** s */
  readonly mean: number;
  readonly scv: number;
}

function objectiveOf({ target }: StaffingConfig, { latencyObjective }: ControllerContext): StaffingObjective | null {
  if (target?.delayProbability !== undefined)
    return { kind: 'delay-probability', probability: target.delayProbability };
  if (target?.meanWait !== undefined) return { kind: 'waiting-mean', seconds: target.meanWait };
  for (const [name, quantile] of [
    ['p50', 0.5],
    ['p95', 0.95],
    ['p99', 0.99],
  ] as const) {
    const seconds = target?.[name];
    if (seconds !== undefined) return { kind: 'sojourn', quantile, seconds };
  }
  return latencyObjective === null ? null : { kind: 'sojourn', ...latencyObjective };
}

/** The counting rule of a configuration. */
function ruleOf(config: StaffingConfig, context: ControllerContext): (load: Load) => Count {
  const { rule, beta: given, target } = config;
  if (rule === 'square-root') {
    const beta = given ?? halfinWhittBeta(target?.delayProbability ?? NaN);
    const waits = percentInWords(halfinWhitt(beta));
    return ({ arrivalRate, mean }) => {
      const offered = arrivalRate * mean;
      const servers = Math.ceil(offered + beta * Math.sqrt(offered));
      return {
        servers,
        words: `ceil(a + ${inWords(beta)}√a) = ${servers} servers, of whose requests about ${waits} wait`,
      };
    };
  }
  const objective = objectiveOf(config, context);
  if (objective === null) throw new Error('Staffing without a target was not checked.');
  const title = rule === 'mmc' ? 'M/M/c' : 'M/G/c';
  return ({ arrivalRate, mean, scv }) => {
    const { servers, attainable } = smallestServers({
      model: rule,
      arrivalRate,
      serviceTimeMean: mean,
      serviceScv: scv,
      objective,
    });
    const words = `${title} for ${objectiveInWords(objective)}: ${servers} servers`;
    return { servers, words: attainable ? words : `${words} (out of reach: the service alone takes that long)` };
  };
}

function objectiveInWords(objective: StaffingObjective): string {
  switch (objective.kind) {
    case 'delay-probability':
      return `at most ${percentInWords(objective.probability)} waiting`;
    case 'waiting-mean':
    case 'sojourn-mean':
      return `a mean wait ≤ ${inWords(objective.seconds, 3)} s`;
    case 'waiting':
    case 'sojourn':
      return `p${inWords(objective.quantile * 100)} ≤ ${inWords(objective.seconds, 3)} s`;
  }
}

/**
 * Staffs for the load of now: observed arrivals times the service time learnt so far, through a queueing formula, become
 * servers and then replicas. It knows neither what is coming (`predictive` does) nor a queue left over from before.
 */
export const staffingKind = {
  config: staffingConfig,
  create(config: StaffingConfig, context: ControllerContext): Controller<ServiceTimeState> {
    const { interval, min, max } = config;
    const count = ruleOf(config, context);
    const bounds = [boundsRule('bounds', min, max)];
    return {
      kind: 'staffing',
      interval,
      initialState: noServiceTimes,
      evaluate({ time, desiredReplicas: current, service }, before) {
        const state = learnServiceTime(before, interval, {
          mean: service.serviceTimeMean,
          scv: service.serviceScv,
          throughput: service.throughput,
        });
        const { mean, scv } = serviceTimeOf(state);
        const { arrivalRate } = service;
        const observed = { arrivalRate, serviceTimeMean: mean, serviceScv: scv, offeredLoad: arrivalRate * mean };
        const stage = (output: number, reason: string, detail: string): Stage[] => [
          { name: 'staffing', input: current, output, reason, detail },
        ];
        if (Number.isNaN(observed.offeredLoad)) {
          const origin = stage(current, 'NothingObserved', 'No arrival rate and service time known yet');
          return { decision: decide({ time, current, observed, recommended: NaN, origin }, bounds), state };
        }
        const { servers, words } = count({ arrivalRate, mean, scv });
        const replicas = Math.ceil(servers / context.concurrency);
        const load = `${inWords(arrivalRate)}/s × ${inWords(mean, 4)} s = ${inWords(observed.offeredLoad)} erlang = a`;
        const detail = `${load}, ${words}, ceil(${servers} ÷ ${context.concurrency}) = ${replicas}`;
        const origin = stage(replicas, 'Staffed', detail);
        const wish = { time, current, observed: { ...observed, servers }, recommended: replicas, origin };
        return { decision: decide(wish, bounds), state };
      },
    };
  },
  check(config: StaffingConfig, context: ControllerContext): Issue[] {
    if (config.rule === 'square-root' || objectiveOf(config, context) !== null) return [];
    const message =
      'This rule needs something to staff for: add `target: {p95: …}` here, or a latency objective such as `slo: {p95: 500ms}` to the scenario.';
    return [{ code: 'missing-key', severity: 'error', path: ['target'], message }];
  },
} satisfies ControllerKind<typeof staffingConfig>;
