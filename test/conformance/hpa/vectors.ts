import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { int64 } from '../../../sim-core/autoscaling/hpa/int64.ts';
import type { Int64 } from '../../../sim-core/autoscaling/hpa/int64.ts';
import type { HpaPod, Samples } from '../../../sim-core/autoscaling/hpa/pod.ts';
import type { PodMetrics } from '../../../sim-core/autoscaling/hpa/pod-samples.ts';

/** A case of a vector file; what its input and expectation hold is said by the `schema` of the file. */
export interface VectorCase<Input, Expected> {
  readonly name: string;
  readonly input: Input;
  readonly expected: Expected;
}

interface VectorFile<Input, Expected> {
  readonly family: string;
  readonly caseCount: number;
  readonly cases: readonly VectorCase<Input, Expected>[];
}

const folder = fileURLToPath(new URL('../../../../shared/vectors/', import.meta.url));

/**
 * Runs every case of a file, and fails when the file is absent or does not hold as many cases as it says.
 * A runner throws for a kind of case it does not know, so nothing is left out unseen.
 */
export function runFamily<Input, Expected>(
  family: string,
  count: number,
  run: (input: Input, expected: Expected) => void,
): void {
  describe(family, () => {
    const path = `${folder}${family}.json`;
    if (!existsSync(path)) {
      test('the vector file is there', () => expect.fail(`${path} is missing: the upstream cases cannot be checked`));
      return;
    }
    const file = JSON.parse(readFileSync(path, 'utf8')) as VectorFile<Input, Expected>;
    test(`holds ${count} cases`, () => {
      expect(file.caseCount).toBe(count);
      expect(file.cases).toHaveLength(count);
    });
    for (const [index, { name, input, expected }] of file.cases.entries()) {
      test(`${index + 1}. ${name}`, () => run(input, expected));
    }
  });
}

/** The instant of every case: ages are counted back from here. */
export const now = 2_000_000_000;

export interface PodVector {
  readonly name: string;
  readonly phase?: HpaPod['phase'];
  readonly deleted?: boolean;
  readonly ready?: 'True' | 'False' | null;
  readonly startAgeSeconds?: number | null;
  readonly readyTransitionAgeSeconds?: number | null;
  readonly containers?: readonly { readonly name: string; readonly requestMilli: number | null }[];
  readonly initContainers?: readonly {
    readonly name: string;
    readonly requestMilli: number | null;
    readonly restartPolicy?: string;
  }[];
  readonly podRequestMilli?: number;
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
    containers: (pod.containers ?? []).map(({ name, requestMilli }) => ({ name, request: requestMilli })),
    initContainers: (pod.initContainers ?? []).map(({ name, requestMilli, restartPolicy }) => ({
      name,
      request: requestMilli,
      restartable: restartPolicy === 'Always',
    })),
    ...(pod.podRequestMilli === undefined ? {} : { podRequest: pod.podRequestMilli }),
  };
}

export interface SampleVector {
  readonly pod: string;
  readonly valueMilli?: number | string;
  readonly ageSeconds: number;
  readonly windowSeconds: number;
}

/** Samples of a metric of pods; where only their presence matters the value is 0. */
export function samplesOf(samples: readonly SampleVector[]): Samples {
  return new Map(
    samples.map(({ pod, valueMilli, ageSeconds, windowSeconds }) => [
      pod,
      { value: int64(valueMilli ?? 0), time: now - ageSeconds, window: windowSeconds },
    ]),
  );
}

export interface PodMetricsVector {
  readonly pod: string;
  readonly ageSeconds: number;
  readonly windowSeconds: number;
  readonly containers: readonly { readonly name: string; readonly usageMilli: number | string | null }[];
}

export function podMetricsOf(metrics: readonly PodMetricsVector[]): PodMetrics[] {
  return metrics.map(({ pod, ageSeconds, windowSeconds, containers }) => ({
    pod,
    time: now - ageSeconds,
    window: windowSeconds,
    containers: containers.map(({ name, usageMilli }) => ({
      name,
      usage: usageMilli === null ? null : int64(usageMilli),
    })),
  }));
}

/** Integers above 2⁵³ are decimal strings in the files. */
export const integerText = (value: Int64 | string | undefined): string => String(value);

export interface ControllerVector {
  readonly cpuInitializationPeriodSeconds: number;
  readonly initialReadinessDelaySeconds: number;
  readonly downscaleStabilizationSeconds?: number;
}

export const readinessOf = (controller: ControllerVector | undefined) => ({
  cpuInitializationPeriod: controller?.cpuInitializationPeriodSeconds ?? 300,
  initialReadinessDelay: controller?.initialReadinessDelaySeconds ?? 30,
});

export interface RecommendationVector {
  readonly replicas: number;
  readonly ageSeconds: number;
}

export const recommendationsOf = (stored: readonly RecommendationVector[]) =>
  stored.map(({ replicas, ageSeconds }) => ({ replicas, time: now - ageSeconds }));

export interface EventVector {
  readonly change: number;
  readonly ageSeconds: number;
}

export const eventsOf = (events: readonly EventVector[]) =>
  events.map(({ change, ageSeconds }) => ({ change, time: now - ageSeconds, outdated: false }));
