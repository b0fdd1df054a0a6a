import type { ScalingPort } from '../kernel/contract.ts';
import type { RandomStream } from '../random/contract.ts';
import type { Controller, ControllerContext, Decision, Evaluation, Observation } from './contract.ts';
import { PolicyFailure } from './custom/contract.ts';
import { Observer, type Seen } from './observation.ts';
import { decide, extend } from './pipeline.ts';
import type { StageRule } from './pipeline.ts';
import { mostReplicas } from './replica-count.ts';
import type { MetricsPipeline } from './metrics-pipeline.ts';

export interface ScalingLoopOptions {
  readonly controller: Controller;
  readonly context: ControllerContext;
  readonly metrics: MetricsPipeline;
  /** what decides which samples are missing */
  readonly missingSamples?: RandomStream;
  /** Whether decisions are kept; without it only the counts reach the kernel. */
  readonly keepLog: boolean;
}

export interface ScalingLoop extends ScalingPort {
  /** in the order they were made */
  readonly decisions: readonly Decision[];
  /** decisions left out of the log because there were too many */
  readonly decisionsLeftOut: number;
  /** what a custom policy did wrong; the run ends with it */
  readonly failure: PolicyFailure | null;
}

/** Decisions kept at most; beyond that only those that changed the count are. */
export const mostDecisions = 200_000;

/**
 * The control loop of one run: scrapes in, observations to the controller, counts out, every decision explained.
 *
 * A controller that recommends what is no count (negative, not whole, NaN) has a bug, and the run stops with it. One
 * that asks for more than can be simulated is held there, and the decision says so. A custom policy that fails is no bug:
 * its last decision says why, and the run is halted.
 */
export function createScalingLoop(options: ScalingLoopOptions): ScalingLoop {
  const { controller, context, metrics, missingSamples, keepLog } = options;
  // Not the context itself: objects that were spread together have a shape of their own in every run, which V8 meets anew.
  const deployment = { cpuRequestMilli: context.cpuRequestMilli };
  const observer = new Observer(metrics, deployment, missingSamples);
  return new Loop(controller, observer, metrics.scrapeInterval, keepLog);
}

const simulationLimit: readonly StageRule[] = [
  {
    name: 'simulation-limit',
    apply: (input) => ({
      output: Math.min(input, mostReplicas),
      reason: 'SimulationLimit',
      detail: `At most ${mostReplicas} replicas can be simulated: ${input} → ${Math.min(input, mostReplicas)}`,
    }),
  },
];

class Loop implements ScalingLoop {
  readonly interval: number;
  readonly scrapeInterval: number;
  private readonly controller: Controller;
  private readonly observer: Observer;
  private readonly log: DecisionLog | undefined;
  private state: unknown;
  private lastSeen: Seen | undefined;
  failure: PolicyFailure | null = null;

  constructor(controller: Controller, observer: Observer, scrapeInterval: number, keepLog: boolean) {
    this.controller = controller;
    this.observer = observer;
    this.interval = controller.interval;
    this.scrapeInterval = scrapeInterval;
    this.state = controller.initialState;
    this.log = keepLog ? new DecisionLog(mostDecisions) : undefined;
  }

  get halted(): boolean {
    return this.failure !== null;
  }

  get cpuSeen(): number {
    return this.lastSeen?.cpuUtilisation ?? NaN;
  }

  get decisions(): readonly Decision[] {
    return this.log?.decisions ?? [];
  }

  get decisionsLeftOut(): number {
    return this.log?.leftOut ?? 0;
  }

  scrape(snapshot: Parameters<ScalingPort['scrape']>[0]): void {
    this.observer.add(snapshot);
  }

  evaluate(time: number, desired: number): number {
    const seen = this.observer.observe(time, desired);
    this.lastSeen = seen;
    const { decision, state } = this.evaluateController(seen);
    if (!Number.isInteger(decision.applied) || decision.applied < 0) {
      throw new Error(`The ${this.controller.kind} controller asked for ${decision.applied} replicas at ${time} s.`);
    }
    const held = decision.applied > mostReplicas ? extend(decision, simulationLimit) : decision;
    this.state = this.controller.afterApply?.(state, seen, held.applied) ?? state;
    this.log?.add(held);
    return held.applied;
  }

  private evaluateController(seen: Observation): Evaluation<unknown> {
    try {
      return this.controller.evaluate(seen, this.state);
    } catch (error) {
      if (!(error instanceof PolicyFailure)) throw error;
      this.failure = error;
      const { time, desiredReplicas: current } = seen;
      const { message: detail } = error;
      const origin = [{ name: 'policy', input: current, output: current, reason: 'PolicyFailed', detail }];
      return { decision: decide({ time, current, observed: {}, recommended: NaN, origin }, []), state: this.state };
    }
  }
}

/** Decisions of a run, bounded: a year at 15 s would be two million. */
export class DecisionLog {
  decisions: Decision[] = [];
  leftOut = 0;
  private readonly most: number;
  private onlyChanges = false;

  constructor(most: number) {
    this.most = most;
  }

  add(decision: Decision): void {
    if (this.decisions.length >= this.most && !this.onlyChanges) {
      this.onlyChanges = true;
      const kept = this.decisions.filter(isChange);
      this.leftOut += this.decisions.length - kept.length;
      this.decisions = kept;
    }
    if ((this.onlyChanges && !isChange(decision)) || this.decisions.length >= this.most) this.leftOut++;
    else this.decisions.push(decision);
  }
}

const isChange = ({ applied, current }: Decision): boolean => applied !== current;
