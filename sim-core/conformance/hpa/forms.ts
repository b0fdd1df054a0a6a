import { int64 } from '../../autoscaling/hpa/int64.ts';
import type { Int64 } from '../../autoscaling/hpa/int64.ts';
import type { HpaPod, Samples } from '../../autoscaling/hpa/pod.ts';
import type { PodMetrics } from '../../autoscaling/hpa/pod-samples.ts';
import type { Tolerance } from '../../autoscaling/hpa/tolerance.ts';

/** The instant of every case: ages are counted back from here. */
export const now = 2_000_000_000;

export interface PodVector {
  readonly name: string;
  readonly phase?: HpaPod['phase'];
  readonly deleted?: boolean;
  readonly ready?: 'True' | 'False' | null;
  readonly startAgeSeconds?: number | null;
  readonly readyTransitionAgeSeconds?: number | null;
  readonly containers?: readonly { readonly name: string; readonly requestMilli?: number | null }[];
  readonly initContainers?: readonly {
    readonly name: string;
    readonly requestMilli?: number | null;
    readonly restartPolicy?: string;
  }[];
  readonly podRequestMilli?: number | null;
}

const at = (age: number | null | undefined): number | null => (typeof age === 'number' ? now - age : null);

export function podOf(pod: PodVector): HpaPod {
  return {
    name: pod.name,
    phase: pod.phase ?? 'Running',
    deleted: pod.deleted ?? false,
    ready: pod.ready === undefined || pod.ready === null ? null : pod.ready === 'True',
    startTime: at(pod.startAgeSeconds),
    readyTransition: at(pod.readyTransitionAgeSeconds),
    containers: (pod.containers ?? []).map(({ name, requestMilli = null }) => ({ name, request: requestMilli })),
    initContainers: (pod.initContainers ?? []).map(({ name, requestMilli = null, restartPolicy }) => ({
      name,
      request: requestMilli,
      restartable: restartPolicy === 'Always',
    })),
    ...(typeof pod.podRequestMilli === 'number' ? { podRequest: pod.podRequestMilli } : {}),
  };
}

export interface SampleVector {
  readonly pod: string;
  readonly valueMilli?: number | string;
  readonly ageSeconds?: number;
  readonly windowSeconds?: number;
}

/** s: what a sample averages over where the case does not say */
const wholeWindow = 60;

/** Samples of a metric of pods; where only their presence matters the value is 0. */
export function samplesOf(samples: readonly SampleVector[]): Samples {
  return new Map(
    samples.map(({ pod, valueMilli, ageSeconds = 0, windowSeconds = wholeWindow }) => [
      pod,
      { value: int64(valueMilli ?? 0), time: now - ageSeconds, window: windowSeconds },
    ]),
  );
}

export interface PodMetricsVector {
  readonly pod: string;
  readonly ageSeconds?: number;
  readonly windowSeconds?: number;
  readonly containers: readonly { readonly name: string; readonly usageMilli?: number | string | null }[];
}

export function podMetricsOf(metrics: readonly PodMetricsVector[]): PodMetrics[] {
  return metrics.map(({ pod, ageSeconds = 0, windowSeconds = wholeWindow, containers }) => ({
    pod,
    time: now - ageSeconds,
    window: windowSeconds,
    containers: containers.map(({ name, usageMilli = null }) => ({
      name,
      usage: usageMilli === null ? null : int64(usageMilli),
    })),
  }));
}

/** Integers above 2⁵³ are decimal strings in the files: an answer takes the form of the expectation. */
export const inFormOf = (expected: unknown, value: Int64): number | string =>
  typeof expected === 'string' ? String(value) : Number(value);

/** Upstream tests look for a part of the message. */
export const errorLike = (expected: unknown, error: string): string =>
  typeof expected === 'string' && error.includes(expected) ? expected : error;

export interface ControllerVector {
  readonly cpuInitializationPeriodSeconds?: number;
  readonly initialReadinessDelaySeconds?: number;
  readonly downscaleStabilizationSeconds?: number;
}

/** Dead zone where the case does not say, or says only one side. */
export const toleranceOf = (tolerance: Partial<Tolerance> | null | undefined): Tolerance => ({
  down: tolerance?.down ?? 0.1,
  up: tolerance?.up ?? 0.1,
});

export const readinessOf = (controller: ControllerVector | null | undefined) => ({
  cpuInitializationPeriod: controller?.cpuInitializationPeriodSeconds ?? 300,
  initialReadinessDelay: controller?.initialReadinessDelaySeconds ?? 30,
});

export interface RecommendationVector {
  readonly replicas: number;
  readonly ageSeconds?: number;
}

export const recommendationsOf = (stored: readonly RecommendationVector[] | null | undefined) =>
  (stored ?? []).map(({ replicas, ageSeconds = 0 }) => ({ replicas, time: now - ageSeconds }));

export interface EventVector {
  readonly change: number;
  readonly ageSeconds?: number;
}

export const eventsOf = (events: readonly EventVector[] | null | undefined) =>
  (events ?? []).map(({ change, ageSeconds = 0 }) => ({ change, time: now - ageSeconds, outdated: false }));
