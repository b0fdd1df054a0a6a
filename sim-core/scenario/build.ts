import type { ControllerContext, Decision } from '../autoscaling/contract.ts';
import type { Sandbox } from '../autoscaling/custom/contract.ts';
import { checkGuards } from '../autoscaling/guards/check-guards.ts';
import { guardController } from '../autoscaling/guards/guard.ts';
import { checkController, createController } from '../autoscaling/registry.ts';
import { createScalingLoop } from '../autoscaling/scaling-loop.ts';
import type { Issue } from '../issue.ts';
import type { CpuModel, KernelModel } from '../kernel/contract.ts';
import { createDistribution } from '../random/registry.ts';
import type { RandomStream } from '../random/contract.ts';
import { createPairedStream, createStream } from '../random/stream.ts';
import type { TraceSeries } from '../trace/contract.ts';
import { checkArrivals, createArrivals } from '../workload/arrivals.ts';
import { loadStepsOf, type LoadStep } from '../workload/load-steps.ts';
import { integrate } from '../workload/rate-function.ts';
import { checkWorkload, compileRate } from '../workload/registry.ts';
import { beyondFluid, chooseEngine, type EngineChoice } from './engine-choice.ts';
import { checkLimits, mostArrivals, mostLives, mostSlots, mostWaiting, type PolicyStart } from './limits.ts';
import { checkNodes, nodeModelOf } from './nodes.ts';
import { batchPlanOf, type BatchPlan } from './batches.ts';
import type { PolicyConfig, Scenario, Service } from './schema.ts';

/** What a model is built from: the scenario and the series its traces became. */
export interface ModelSource {
  readonly scenario: Scenario;
  readonly traces: ReadonlyMap<string, TraceSeries>;
  /** for custom policies, by the policy's name: see prepareSandboxes */
  readonly sandboxes?: ReadonlyMap<string, Sandbox>;
}

/** Which run of a scenario. */
export interface RunSelection {
  /** a policy's name */
  readonly policy: string;
  /** 0, 1, 2 …: all policies of one replication see the same customers */
  readonly replication: number;
  /** whether to keep every decision with its reasons */
  readonly decisionLog: boolean;
  /** s: what `warmup: auto` came to; absent where the scenario states a warm-up */
  readonly warmup?: number;
  /** whether the run is cut into batches, for intervals from one long run */
  readonly batches?: boolean;
}

/** s: left out of the summary of this run. With `auto`, nothing until it has been determined. */
export function warmupOf({ warmup }: Scenario, job: Pick<RunSelection, 'warmup'>): number {
  return job.warmup ?? (warmup === 'auto' ? 0 : warmup);
}

/** The one service of a scenario. */
export function serviceOf(scenario: Scenario): Service {
  const [service] = Object.values(scenario.services);
  if (service === undefined) throw new Error('A scenario without a service was not parsed.');
  return service;
}

/** s: one row of the result. */
export function recordingIntervalOf({ recordingInterval, slo, horizon }: Scenario): number {
  if (recordingInterval !== undefined) return recordingInterval;
  return horizon / slo.window >= 360 ? slo.window : slo.window / 4;
}

/** A fixed number of replicas stands from the start; every other policy begins with what the service states. */
function initialReplicasOf(scenario: Scenario, policy: PolicyConfig): number {
  return policy.controller.static?.replicas ?? serviceOf(scenario).replicas.initial;
}

function controllerContextOf({ scenario, sandboxes }: ModelSource, policy: PolicyConfig): ControllerContext {
  const service = serviceOf(scenario);
  const { provisioning, startup } = service.replicas;
  const median = (config: typeof startup | undefined) =>
    config === undefined ? 0 : createDistribution(config).quantile(0.5);
  const sandbox = sandboxes?.get(policy.name);
  return {
    startEpoch: scenario.start,
    concurrency: service.concurrency,
    cpuRequestMilli: service.resources.cpuRequest,
    initialReplicas: initialReplicasOf(scenario, policy),
    startupDelay: median(provisioning) + median(startup),
    latencyObjective: latencyObjectiveOf(scenario.slo),
    perReplicaHour: scenario.cost.perReplicaHour,
    ...(sandbox !== undefined && { sandbox }),
  };
}

/** The strictest quantile the scenario states. */
function latencyObjectiveOf({ p50, p95, p99 }: Scenario['slo']): ControllerContext['latencyObjective'] {
  if (p99 !== undefined) return { quantile: 0.99, seconds: p99 };
  if (p95 !== undefined) return { quantile: 0.95, seconds: p95 };
  if (p50 !== undefined) return { quantile: 0.5, seconds: p50 };
  return null;
}

/** s between evaluations; a custom policy need not be ready to run for that. */
function intervalOf({ controller }: PolicyConfig, context: ControllerContext): number {
  return controller.custom?.interval ?? createController(controller, context).interval;
}

/** What only shows once everything is put together. Paths are those of the scenario. */
export function checkModel(source: ModelSource): Issue[] {
  const { scenario } = source;
  const starts: PolicyStart[] = [];
  const issues = scenario.policies.flatMap((policy, index) => {
    const context = controllerContextOf(source, policy);
    const found = checkController(policy.controller, context);
    const interval = () => (found.length > 0 ? Infinity : intervalOf(policy, context));
    starts.push({ policy, replicas: context.initialReplicas, interval: interval() });
    return [
      ...below(['policies', index, 'controller'], found),
      ...below(['policies', index, 'guards'], checkGuards(policy.guards, context, interval)),
    ];
  });
  const surroundings = { horizon: scenario.horizon, startEpoch: scenario.start, traces: source.traces };
  issues.push(
    ...checkService(scenario),
    ...checkNodes(
      scenario,
      serviceOf(scenario),
      scenario.policies.map((policy) => initialReplicasOf(scenario, policy)),
    ),
    ...below(['workload'], checkWorkload(scenario.workload, surroundings)),
    ...below(['workload'], checkArrivals(scenario.workload, source.traces)),
    ...checkLimits(scenario, Object.keys(scenario.services)[0]!, starts),
  );
  return issues;
}

/** What a scenario without errors runs on. */
export function engineFor(source: ModelSource): EngineChoice {
  const { scenario } = source;
  const expected = scenario.engine === 'fluid' ? NaN : integrate(rateOf(source, 0), 0, scenario.horizon);
  return chooseEngine(scenario, serviceOf(scenario), expected, mostArrivals);
}

/** Settings of the service that only make sense, or only exist, together with others. */
function checkService(scenario: Scenario): Issue[] {
  const [name, service] = Object.entries(scenario.services)[0]!;
  const { discipline, processors, client, replicas } = service;
  const issues: Issue[] = [];
  const error = (code: string, path: Issue['path'], message: string) =>
    issues.push({ code, severity: 'error', path, message });
  if (processors !== undefined && discipline !== 'processor-sharing') {
    error(
      'contradictory-keys',
      ['services', name, 'processors'],
      '`processors` only matters with `discipline: processor-sharing`. Remove it, or set that.',
    );
  }
  if (client !== undefined && createDistribution(client.timeout).mean <= 0) {
    error(
      'out-of-range',
      ['services', name, 'client', 'timeout'],
      '`timeout` must be above zero: with 0 every client gives up on arrival. Write how long they wait, or remove `client`.',
    );
  }
  if (replicas.speed !== undefined && replicas.speed.max <= replicas.speed.min) {
    error(
      'contradictory-bounds',
      ['services', name, 'replicas', 'speed'],
      `\`max\` (${replicas.speed.max}) must be above \`min\` (${replicas.speed.min}).`,
    );
  }
  if (scenario.engine === 'fluid') {
    const asked = beyondFluid(service);
    if (asked.length > 0) {
      error(
        'fluid-unsupported',
        ['engine'],
        `The fluid engine knows one first-in-first-out queue of equal replicas, not ${asked.join(', ')}. Use \`engine: exact\`.`,
      );
    }
  }
  return issues;
}

function below(path: readonly (string | number)[], issues: readonly Issue[]): Issue[] {
  return issues.map((issue) => ({ ...issue, path: [...path, ...issue.path] }));
}

function rateOf({ scenario, traces }: ModelSource, replication: number) {
  return compileRate(scenario.workload, {
    horizon: scenario.horizon,
    startEpoch: scenario.start,
    stream: streamsOf(scenario, replication),
    traces,
  });
}

/** The batches of a job that asks for them, where the run is long enough. */
function batchesOf(scenario: Scenario, job: RunSelection): Pick<KernelModel, 'latencyBatches'> {
  const plan = batchPlanFor(scenario, job);
  return plan === null ? {} : { latencyBatches: plan };
}

/** Where the batches of a run lie; null when it has none. */
export function batchPlanFor(scenario: Scenario, job: RunSelection): BatchPlan | null {
  if (job.batches !== true) return null;
  return batchPlanOf(scenario.horizon, recordingIntervalOf(scenario), warmupOf(scenario, job));
}

/** The random streams of a replication by name. Antithetic replications come in pairs on one stream. */
export function streamsOf({ seed, antithetic }: Scenario, replication: number): (name: string) => RandomStream {
  return (name) => (antithetic ? createPairedStream : createStream)(seed, replication, name);
}

/** The arrival rate a replication is drawn from, as piecewise-linear columns. */
export { rateOf as arrivalRateOf };

/** A model, and what can be asked of its policy once it has run. */
export interface BuiltModel<Model> {
  readonly model: Model;
  decisions(): readonly Decision[];
  /** lasting jumps of the arrival rate */
  loadSteps(): readonly LoadStep[];
  /** what a custom policy did wrong, when the run ended with it */
  failure(): string | null;
}

/**
 * Wires one run: the only place where workload, service, policy and engine meet. Each source of chance has its own
 * stream, named here, so that all policies of a replication see the same customers with the same needs.
 */
export function buildModel(source: ModelSource, job: RunSelection): BuiltModel<KernelModel> {
  const { scenario, traces } = source;
  const policy = scenario.policies.find(({ name }) => name === job.policy);
  if (policy === undefined) throw new Error(`The scenario has no policy named ${job.policy}.`);
  const service = serviceOf(scenario);
  const stream = streamsOf(scenario, job.replication);
  const sampler = (config: typeof service.serviceTime, name: string) =>
    createDistribution(config).sampler(stream(name));
  const context = { ...controllerContextOf(source, policy), explained: job.decisionLog };
  const controller = guardController(createController(policy.controller, context), policy.guards, context);
  const metrics = policy.metrics ?? service.metrics;
  const loop = createScalingLoop({
    controller,
    context,
    metrics,
    ...((metrics.missing ?? 0) > 0 && { missingSamples: stream('missing-samples') }),
    keepLog: job.decisionLog,
  });
  const recordingInterval = recordingIntervalOf(scenario);
  const { queue, replicas } = service;
  const rate = rateOf(source, job.replication);
  const model: KernelModel = {
    horizon: scenario.horizon,
    recordingInterval,
    rowsPerWindow: Math.round(scenario.slo.window / recordingInterval),
    warmup: warmupOf(scenario, job),
    ...batchesOf(scenario, job),
    arrivals: createArrivals(scenario.workload, rate, {
      horizon: scenario.horizon,
      stream,
      traces,
    }),
    serviceTimes: sampler(service.serviceTime, 'service'),
    provisioningDelays: sampler(replicas.provisioning ?? { deterministic: { value: 0 } }, 'provisioning'),
    startupDelays: sampler(replicas.startup, 'startup'),
    concurrency: service.concurrency,
    queueCapacity: queue.capacity ?? Infinity,
    queueTimeout: queue.timeout ?? Infinity,
    retryMax: queue.retry?.max ?? 0,
    retryBackoff: queue.retry?.backoff ?? 0,
    backlogThreshold: scenario.slo.maxBacklog ?? 0,
    initialReplicas: context.initialReplicas,
    ...effectsOf(service, stream),
    ...(scenario.nodes !== undefined && {
      nodes: nodeModelOf(scenario.nodes, service, context.initialReplicas, stream),
    }),
    drainLimit: replicas.drain,
    scaleDownOrder: replicas.scaleDownOrder,
    cpu: cpuModelOf(service),
    scaling: loop,
    limits: { maxQueue: mostWaiting, maxArrivals: mostArrivals, maxSlots: mostSlots, maxReplicas: mostLives },
  };
  const loadSteps = () => loadStepsOf(rate);
  return { model, loadSteps, decisions: () => loop.decisions, failure: () => loop.failure?.message ?? null };
}

/**
 * What goes beyond one first-in-first-out queue of equal replicas. A key that stands here sends the run to the event-list
 * path, so what is not asked for stays out.
 */
function effectsOf(service: Service, stream: (name: string) => RandomStream): Partial<KernelModel> {
  const { discipline, processors, routing, client, queue, replicas } = service;
  const { speed, slowStart, crash, scaleDownOrder } = replicas;
  const { retry } = queue;
  const sampler = (config: Service['serviceTime'], name: string) => createDistribution(config).sampler(stream(name));
  return {
    ...(discipline !== 'fifo' && { discipline, processors: processors ?? 1 }),
    ...(routing !== 'central' && { routing, routingStream: stream('routing') }),
    ...(client !== undefined && {
      clientTimeouts: sampler(client.timeout, 'patience'),
      cancelOnTimeout: client.cancelsWork,
    }),
    ...(speed !== undefined && { speeds: sampler({ uniform: speed }, 'speed') }),
    ...(slowStart !== undefined && { slowStart: { speed: slowStart.speed, duration: slowStart.for } }),
    ...(crash !== undefined && { crashTimes: sampler({ exponential: { mean: crash.meanTimeBetween } }, 'crash') }),
    ...(retry?.backoffMax !== undefined && { retryBackoffMax: retry.backoffMax }),
    ...(retry !== undefined && retry.jitter > 0 && { retryJitter: retry.jitter, retryStream: stream('retry') }),
    ...(retry?.budget !== undefined && { retryBudget: retry.budget }),
    ...(scaleDownOrder === 'random' && { scaleDownStream: stream('scale-down') }),
  };
}

/** Cores. Without a stated cost, a replica with nothing idle uses its request. */
export function cpuModelOf({ resources, concurrency, discipline, processors }: Service): CpuModel {
  const { cpuRequest, cpuIdle, cpuPerBusySlot, startupCpu } = resources;
  const atOnce = discipline === 'processor-sharing' ? (processors ?? 1) : concurrency;
  return {
    request: cpuRequest / 1000,
    idle: cpuIdle / 1000,
    perBusySlot: (cpuPerBusySlot ?? (cpuRequest - cpuIdle) / atOnce) / 1000,
    startupExtra: (startupCpu?.extra ?? 0) / 1000,
    startupFor: startupCpu?.for ?? 0,
  };
}
