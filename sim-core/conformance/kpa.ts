import {
  createBuckets,
  recordValue,
  resizeWindow,
  roundToDigits,
  smoothingCoefficient,
  weightedAverage,
  windowAverage,
  windowTotal,
} from '../autoscaling/kpa/buckets.ts';
import { decideScale, initialDecider } from '../autoscaling/kpa/decider.ts';
import type { DeciderSpec, DeciderState } from '../autoscaling/kpa/decider.ts';
import { createMaxWindow, largestOf, recordMax } from '../autoscaling/kpa/max-window.ts';
import { activeCondition, handleZero, scaleBounds, withinBounds } from '../autoscaling/kpa/scaler.ts';
import type { ActiveStatus } from '../autoscaling/kpa/scaler.ts';
import {
  activatorCount,
  initialScaleOf,
  panicWindowOf,
  resolveTarget,
  scrapeSampleSize,
} from '../autoscaling/kpa/targets.ts';
import type { VectorFamily } from './contract.ts';
import { unknownKind } from './unknown-kind.ts';

interface BucketsInput {
  readonly op?: 'smoothingCoefficient' | 'roundToNDigits' | 'bucketContents';
  readonly buckets: number;
  readonly digits: number;
  readonly value: number;
  readonly windowSeconds?: number;
  readonly granularitySeconds?: number;
  readonly algorithm?: 'linear' | 'weightedExponential';
  readonly records?: readonly { readonly timeSeconds: number; readonly value: number }[];
  readonly ops?: readonly {
    readonly op: 'record' | 'average' | 'total' | 'resizeWindow';
    readonly timeSeconds: number;
    readonly value: number;
    readonly windowSeconds: number;
  }[];
}

/** A ring is made at its full length; an hour of seconds is the longest window there is. */
const mostBuckets = 1_000_000;

/** Some upstream tests compare after rounding to as many digits as they write. */
function agreesAsWritten(expected: number, actual: number): boolean {
  if (Math.abs(expected - actual) <= 1e-9) return true;
  const digits = (/\.(\d+)$/.exec(String(expected))?.[1] ?? '').length;
  return digits >= 3 && roundToDigits(actual, digits) === expected;
}

const buckets: VectorFamily = {
  agrees: agreesAsWritten,
  answer({ input }) {
    const given = input as unknown as BucketsInput;
    const { windowSeconds: window = 0, granularitySeconds: granularity = 1 } = given;
    if (!(window / granularity <= mostBuckets)) throw new Error(`A window of more than ${mostBuckets} buckets`);
    if (given.op === 'smoothingCoefficient') return { actual: { coefficient: smoothingCoefficient(given.buckets) } };
    if (given.op === 'roundToNDigits') return { actual: { value: roundToDigits(given.value, given.digits) } };
    let ring = createBuckets(window, granularity);
    if (given.op === 'bucketContents') {
      for (const { timeSeconds, value } of given.records ?? []) ring = recordValue(ring, timeSeconds, value);
      const { values, first, last } = ring;
      const oldest = Math.max(first, last - values.length + 1);
      const written = Array.from({ length: last - oldest + 1 }, (_, index) => oldest + index).map((number) => ({
        timeSeconds: number * granularity,
        value: values[((number % values.length) + values.length) % values.length] ?? 0,
      }));
      return { actual: { buckets: written.filter(({ value }) => value !== 0) } };
    }
    const results: number[] = [];
    const average = given.algorithm === 'weightedExponential' ? weightedAverage : windowAverage;
    for (const { op, timeSeconds, value, windowSeconds } of given.ops ?? []) {
      if (op === 'record') ring = recordValue(ring, timeSeconds, value);
      else if (op === 'resizeWindow') ring = resizeWindow(ring, windowSeconds);
      else if (op !== 'total' && op !== 'average') return unknownKind(op);
      else results.push(op === 'total' ? windowTotal(ring, timeSeconds) : average(ring, timeSeconds));
    }
    return { actual: { results } };
  },
};

interface MaxWindowInput {
  readonly buckets?: number;
  readonly durationSeconds: number;
  readonly granularitySeconds?: number;
  readonly records: readonly { readonly index?: number; readonly timeSeconds: number; readonly value: number }[];
}

const maxWindow: VectorFamily = {
  answer({ input }) {
    const { buckets: length, durationSeconds, granularitySeconds = 1, records } = input as unknown as MaxWindowInput;
    let window = createMaxWindow(length ?? Math.ceil(durationSeconds / granularitySeconds));
    const maxAfterEach = records.map(({ index, timeSeconds, value }) => {
      window = recordMax(window, index ?? Math.floor(timeSeconds / granularitySeconds), value);
      return largestOf(window);
    });
    return { actual: { maxAfterEach, max: largestOf(window) } };
  },
};

interface SpecVector {
  readonly targetValue: number;
  readonly totalValue: number;
  readonly targetBurstCapacity?: number;
  readonly panicThreshold?: number;
  readonly maxScaleUpRate?: number;
  readonly maxScaleDownRate?: number;
  readonly stableWindowSeconds?: number;
  readonly scaleDownDelaySeconds?: number;
  readonly activationScale?: number;
  readonly reachable?: boolean;
}

interface DeciderInput {
  readonly spec: SpecVector;
  /** null: could not be counted */
  readonly readyPodsAtStart?: number | null;
  readonly initialPanic?: { readonly panicSince?: number | null; readonly maxPanicPods?: number } | null;
  readonly steps: readonly {
    readonly nowSeconds: number;
    readonly readyPods: number;
    readonly stableValue: number;
    readonly panicValue: number;
    readonly newSpec?: SpecVector | null;
    readonly metricError?: boolean;
    readonly readyPodsError?: boolean;
  }[];
}

const specOf = (spec: SpecVector): DeciderSpec => ({
  target: spec.targetValue,
  total: spec.totalValue,
  burstCapacity: spec.targetBurstCapacity ?? 211,
  panicThreshold: spec.panicThreshold ?? 2,
  maxScaleUpRate: spec.maxScaleUpRate ?? 1000,
  maxScaleDownRate: spec.maxScaleDownRate ?? 2,
  stableWindow: spec.stableWindowSeconds ?? 60,
  scaleDownDelay: spec.scaleDownDelaySeconds ?? 0,
  activationScale: spec.activationScale ?? 0,
  reachable: spec.reachable ?? true,
});

const decider: VectorFamily = {
  agrees: (expected, actual, key) =>
    key === 'excessBurstCapacity' ? Math.abs(expected - actual) <= 1 : expected === actual,
  answer({ input }) {
    const given = input as unknown as DeciderInput;
    let spec = specOf(given.spec);
    const began = initialDecider(spec, given.readyPodsAtStart ?? 0, given.steps[0]?.nowSeconds ?? 0);
    const { panicSince = null, maxPanicPods = began.maxPanicPods } = given.initialPanic ?? began;
    let state: DeciderState = { ...began, panicSince, maxPanicPods };
    const steps = given.steps.map((step) => {
      if (step.newSpec !== undefined && step.newSpec !== null) spec = specOf(step.newSpec);
      const { readyPods: ready, stableValue: stable, panicValue: panic, nowSeconds: now } = step;
      if (step.metricError === true || step.readyPodsError === true) return { scaleValid: false };
      const desire = decideScale(spec, state, { ready, stable, panic, now });
      state = desire.state;
      return {
        scaleValid: true,
        desiredPods: desire.want,
        excessBurstCapacity: desire.excessBurstCapacity,
        panicSince: state.panicSince,
      };
    });
    return { actual: { steps, startsInPanic: began.panicSince !== null, maxPanicPods: began.maxPanicPods } };
  },
};

interface ScalerInput {
  readonly currentReplicas: number;
  readonly desiredScale: number;
  readonly minScale?: number;
  readonly maxScale?: number;
  readonly initialScale?: number;
  readonly scaleTargetInitialized?: boolean;
  readonly reachability?: 'reachable' | 'unreachable' | 'unknown';
  readonly status?: ActiveStatus | 'unknown' | null;
  readonly statusForSeconds?: number;
  readonly stableWindowSeconds?: number;
  readonly proxyMode?: boolean;
  readonly proxyForSeconds?: number;
  readonly targetBurstCapacity?: number;
  readonly activatorProbeOk?: boolean;
  readonly podRetentionAnnotationSeconds?: number | null;
  readonly progressDeadlineSeconds?: number | null;
  readonly config?: Partial<typeof scalerDefaults>;
}

/** What the ConfigMaps say where a case does not. */
const scalerDefaults = {
  enableScaleToZero: true,
  scaleToZeroGracePeriodSeconds: 30,
  podRetentionSeconds: 0,
  progressDeadlineSeconds: 600,
  activationTimeoutBufferSeconds: 30,
};

const scaler: VectorFamily = {
  answer({ input }) {
    const given = input as unknown as ScalerInput;
    const config = { ...scalerDefaults, ...given.config };
    const idle = { patched: false, requeued: 0, asyncProbes: 0 };
    if (given.desiredScale < 0 && given.status !== 'activating') {
      return { actual: { ...idle, desiredScale: given.desiredScale } };
    }
    const reachable = given.reachability !== 'unreachable';
    const bounds = scaleBounds(
      { min: given.minScale ?? 0, max: given.maxScale ?? 0 },
      { initialScale: given.initialScale ?? 1, initialised: given.scaleTargetInitialized ?? false, reachable },
    );
    const want = withinBounds(bounds, given.desiredScale);
    if (want !== 0) return { actual: { ...idle, desiredScale: want, patched: want !== given.currentReplicas } };
    const verdict = handleZero(
      {
        enableScaleToZero: config.enableScaleToZero,
        gracePeriod: config.scaleToZeroGracePeriodSeconds,
        podRetention: reachable ? (given.podRetentionAnnotationSeconds ?? config.podRetentionSeconds) : 0,
        activationTimeout:
          (given.progressDeadlineSeconds ?? config.progressDeadlineSeconds) + config.activationTimeoutBufferSeconds,
        stableWindow: given.stableWindowSeconds ?? 60,
        burstCapacity: given.targetBurstCapacity ?? 211,
      },
      {
        status: given.status === 'unknown' ? null : (given.status ?? null),
        statusFor: given.statusForSeconds ?? 0,
        proxyMode: given.proxyMode ?? false,
        proxyFor: given.proxyForSeconds ?? 0,
        activatorProbeOk: given.activatorProbeOk ?? true,
      },
    );
    return {
      actual: {
        desiredScale: verdict.want,
        patched: verdict.write !== null && verdict.write !== given.currentReplicas,
        requeued: verdict.requeue ? 1 : 0,
        asyncProbes: verdict.probe ? 1 : 0,
      },
    };
  },
};

interface TargetsInput {
  readonly metric?: 'concurrency' | 'rps';
  readonly containerConcurrency?: number;
  readonly targetAnnotation?: number | null;
  readonly targetUtilizationAnnotationPercent?: number | null;
  readonly config?: {
    readonly containerConcurrencyTargetFraction?: number;
    readonly containerConcurrencyTargetDefault?: number;
    readonly rpsTargetDefault?: number;
    readonly targetUtilization?: number;
  };
  readonly panicWindowPercentage?: number;
  readonly stableWindowSeconds: number;
  readonly activatorCapacity?: number;
  readonly readyPods: number;
  readonly totalValue: number;
  readonly targetBurstCapacity: number;
  readonly pods?: number;
  readonly clusterInitialScale?: number;
  readonly annotation?: number | null;
  readonly allowZeroInitialScale?: boolean;
}

const targets: VectorFamily = {
  answer({ input }) {
    const given = input as unknown as TargetsInput;
    if (given.panicWindowPercentage !== undefined) {
      return { actual: { panicWindowSeconds: panicWindowOf(given.stableWindowSeconds, given.panicWindowPercentage) } };
    }
    if (given.activatorCapacity !== undefined) {
      const { readyPods, totalValue, targetBurstCapacity, activatorCapacity } = given;
      return { actual: { activators: activatorCount(readyPods, totalValue, targetBurstCapacity, activatorCapacity) } };
    }
    if (given.pods !== undefined) return { actual: { sample: scrapeSampleSize(given.pods) } };
    if (given.clusterInitialScale !== undefined) {
      const { clusterInitialScale, annotation = null, allowZeroInitialScale = false } = given;
      return { actual: { initialScale: initialScaleOf(clusterInitialScale, annotation, allowZeroInitialScale) } };
    }
    const percent = given.targetUtilizationAnnotationPercent ?? null;
    const { config } = given;
    return {
      actual: resolveTarget({
        metric: given.metric ?? 'concurrency',
        containerConcurrency: given.containerConcurrency ?? 0,
        target: given.targetAnnotation ?? null,
        targetUtilization: percent === null ? null : percent / 100,
        defaults: {
          concurrencyTarget: config?.containerConcurrencyTargetDefault ?? 100,
          concurrencyUtilization: config?.containerConcurrencyTargetFraction ?? 0.7,
          rpsTarget: config?.rpsTargetDefault ?? 200,
          rpsUtilization: config?.targetUtilization ?? 0.7,
        },
      }),
    };
  },
};

interface ConditionInput {
  readonly want: number;
  readonly readyPods: number;
  readonly minReady: number;
  readonly status: ActiveStatus;
}

const activeConditions: VectorFamily = {
  answer({ input }) {
    const { want, readyPods, minReady, status } = input as unknown as ConditionInput;
    return { actual: { status: activeCondition(status, want, readyPods, minReady) } };
  },
};

/** Knative Pod Autoscaler. */
export const kpaFamilies: Readonly<Record<string, VectorFamily>> = {
  'kpa-active-condition': activeConditions,
  'kpa-buckets': buckets,
  'kpa-decider': decider,
  'kpa-max-window': maxWindow,
  'kpa-scaler': scaler,
  'kpa-targets': targets,
};
