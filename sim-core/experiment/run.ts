import { backtest } from '../alerts/backtest.ts';
import { stabilityOf } from '../analysis/stability.ts';
import { summarise } from '../analysis/summary.ts';
import { FluidEngine } from '../fluid/fluid-engine.ts';
import type { KernelModel } from '../kernel/contract.ts';
import { createKernel } from '../kernel/create-kernel.ts';
import type { KernelResult } from '../kernel/engine.ts';
import type { Replica } from '../kernel/replica-pool.ts';
import { buildFluidModel } from '../scenario/build-fluid.ts';
import { batchPlanFor, buildModel, serviceOf, warmupOf, type BuiltModel } from '../scenario/build.ts';
import { mostArrivals, mostLives, mostSlots, mostWaiting } from '../scenario/limits.ts';
import { printDuration } from '../units/duration.ts';
import { batchValues } from './batches.ts';
import type { LoadedScenario } from './load.ts';
import { prepareSandboxes, type RunnableScenario } from './sandboxes.ts';
import type { Job } from './job.ts';
import type { ReplicaLife, RunResult, StoppedEarly } from './result.ts';

export interface Run {
  /** Goes on for about this many requests. The slices change nothing in the result. */
  advance(maxArrivals: number): { readonly done: boolean; /** 0 … 1 of the horizon */ readonly progress: number };
  /** @throws before the run is done */
  result(): RunResult;
}

/**
 * One run, to be advanced slice by slice, so that whoever drives it can pause, report or stop between slices.
 *
 * @example
 * const run = createRun(loaded, { policy: 'live', replication: 0, decisionLog: true });
 * while (!run.advance(50_000).done) await pause();
 * const result = run.result();
 */
export function createRun(loaded: RunnableScenario, job: Job): Run {
  const { scenario } = loaded;
  const { engine, built } = scenario.engine === 'fluid' ? fluidEngine(loaded, job) : exactEngine(loaded, job);
  return {
    advance: (maxArrivals) => {
      const done = engine.advance(maxArrivals);
      return { done, progress: done ? 1 : engine.time / scenario.horizon };
    },
    result: () => resultOf(engine.result(), built, scenario, job),
  };
}

/** Like createRun, for who can wait: makes the sandbox first that a custom policy runs in. */
export async function startRun(loaded: LoadedScenario, job: Job): Promise<Run> {
  return createRun({ ...loaded, sandboxes: await prepareSandboxes(loaded.scenario, [job.policy]) }, job);
}

function exactEngine(loaded: RunnableScenario, job: Job) {
  const built = buildModel(loaded, job);
  return { engine: createKernel(built.model), built };
}

function fluidEngine(loaded: RunnableScenario, job: Job) {
  const built = buildFluidModel(loaded, job);
  return { engine: new FluidEngine(built.model), built };
}

/** The result of an engine that is done, judged. */
function resultOf(
  kernel: KernelResult,
  built: BuiltModel<Pick<KernelModel, 'recordingInterval'>>,
  scenario: LoadedScenario['scenario'],
  job: Job,
): RunResult {
  const { recordingInterval } = built.model;
  const replicas = kernel.replicas.map((replica) => lifeOf(replica, kernel.end));
  const warmup = warmupOf(scenario, job);
  const { summary, stability, alerts } = judge(kernel, replicas, scenario, built, warmup);
  const plan = batchPlanFor(scenario, job);
  const batched = plan !== null && kernel.latencyBatches.length === plan.count;
  return {
    policy: job.policy,
    replication: job.replication,
    recordingInterval,
    columns: kernel.columns,
    decisions: built.decisions().filter(({ time }) => time <= kernel.end),
    replicas,
    summary,
    stability,
    alerts,
    ...(batched && {
      batches: batchValues(kernel.columns, recordingInterval, warmup, plan, kernel.latencyBatches),
    }),
    stoppedEarly:
      kernel.stopped === null ? null : stoppedEarly(kernel.stopped, kernel.end, job.policy, built.failure()),
  };
}

function judge(
  kernel: KernelResult,
  replicas: readonly ReplicaLife[],
  scenario: LoadedScenario['scenario'],
  { model, loadSteps }: BuiltModel<Pick<KernelModel, 'recordingInterval'>>,
  warmup: number,
) {
  const { columns, windows, totals, end, changes } = kernel;
  const { slo, cost, stability } = scenario;
  const input = {
    columns,
    recordingInterval: model.recordingInterval,
    warmup,
    concurrency: serviceOf(scenario).concurrency,
    end,
    totals,
    windows,
    replicas,
    nodes: kernel.nodes.map(({ readyAt, goneAt }) => ({ readyAt: at(readyAt, end), goneAt: at(goneAt, end) })),
    desiredChanges: changes,
    loadSteps: loadSteps(),
    slo,
    cost,
    stability,
  };
  return {
    summary: summarise(input),
    stability: stabilityOf(input).verdict,
    alerts: scenario.alerts === undefined ? [] : backtest(scenario.alerts, input),
  };
}

/** What had not happened by the end of the run is NaN; what happened before t = 0 is 0. */
const at = (time: number, end: number): number => (time > end ? NaN : Math.max(time, 0));

function lifeOf(replica: Replica, end: number): ReplicaLife {
  const { id, createdAt, startedAt, readyAt, drainingAt, goneAt } = replica;
  return {
    id,
    createdAt: at(createdAt, end),
    startedAt: at(startedAt, end),
    readyAt: at(readyAt, end),
    drainingAt: at(drainingAt, end),
    goneAt: at(goneAt, end),
  };
}

const whyStopped = {
  queue: `More than ${mostWaiting} requests were waiting or about to retry. Set \`queue.capacity\` or \`queue.timeout\`, give the policy more replicas, or lower the load.`,
  arrivals: `More than ${mostArrivals} requests arrived. Shorten the horizon, lower the rate, or limit \`queue.retry\`.`,
  slots: `The policy asked for more than ${mostSlots} request slots. Lower its maximum or \`concurrency\`.`,
  replicas: `The policy started more than ${mostLives} replicas one after another. Calm it with a cooldown or a smaller \`maxStep\`, or shorten the horizon.`,
  crashes: `Replicas crashed more than ${mostLives} times. Raise \`meanTimeBetween\`, shorten the horizon, or lower the maximum of the policy.`,
};

function stoppedEarly(
  { at, limit }: NonNullable<KernelResult['stopped']>,
  end: number,
  policy: string,
  failure: string | null,
): StoppedEarly {
  const why = limit === 'policy' ? `The policy ${policy} failed. ${failure ?? ''}.` : whyStopped[limit];
  return { at: end, reason: `Stopped at ${printDuration(Math.round(at))}. ${why}` };
}
