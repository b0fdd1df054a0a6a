import type { ControllerContext, Observation, PodSeen, ServiceSeen } from '../../../sim-core/autoscaling/contract.ts';
import { controllerConfig, createController } from '../../../sim-core/autoscaling/registry.ts';
import type { Controller } from '../../../sim-core/autoscaling/contract.ts';
import { nothingSeen } from '../../../sim-core/autoscaling/service-window.ts';

export const context: ControllerContext = {
  startEpoch: Date.UTC(2026, 0, 5) / 1000, // a Monday
  concurrency: 4,
  cpuRequestMilli: 500,
  initialReplicas: 4,
  startupDelay: 60,
  latencyObjective: { quantile: 0.95, seconds: 0.5 },
  perReplicaHour: 0.1,
};

/** A controller from what people write. */
export function controllerFrom(config: unknown, overrides: Partial<ControllerContext> = {}): Controller {
  return createController(controllerConfig.parse(config), { ...context, ...overrides });
}

/** A pod that has been running and ready for long, with a fresh sample. */
export function pod(id: number, cpuMilli: number, overrides: Partial<PodSeen> = {}): PodSeen {
  return {
    id,
    phase: 'running',
    terminating: false,
    ready: true,
    startTime: -10_000,
    readyTransition: -9000,
    cpuMilli,
    sampleTime: 0,
    sampleWindow: 30,
    ...overrides,
  };
}

/** What is seen with `replicas` ready pods at the same CPU use. */
export function seen(
  time: number,
  replicas: number,
  cpuUtilisation: number,
  service: Partial<ServiceSeen> = {},
  overrides: Partial<Observation> = {},
): Observation {
  const pods = Array.from({ length: replicas }, (_, id) =>
    pod(id, cpuUtilisation * context.cpuRequestMilli, { sampleTime: time }),
  );
  return {
    time,
    desiredReplicas: replicas,
    currentReplicas: replicas,
    readyReplicas: replicas,
    pods,
    service: { ...nothingSeen, cpuUtilisation, ...service },
    ...overrides,
  };
}

/** Evaluates in sequence, each count applied before the next; returns the counts. */
export function drive(
  controller: Controller,
  steps: readonly ((replicas: number) => Observation)[],
  start = 4,
): number[] {
  let state = controller.initialState;
  let replicas = start;
  return steps.map((step) => {
    const observation = step(replicas);
    const evaluation = controller.evaluate(observation, state);
    replicas = evaluation.decision.applied;
    state = controller.afterApply?.(evaluation.state, observation, replicas) ?? evaluation.state;
    return replicas;
  });
}
