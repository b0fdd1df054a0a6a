import {
  adjustCapacity,
  cooldownConflict,
  largestCapacity,
  roundAdjustment,
  stepFor,
  topUp,
} from '../autoscaling/aws/adjustment.ts';
import type { AdjustmentType } from '../autoscaling/aws/adjustment.ts';
import type { CapacityBounds } from '../autoscaling/aws/predictive.ts';
import {
  forecastMadeAt,
  hasEnoughHistory,
  predictiveCapacity,
  refreshHours,
  scheduledCapacity,
} from '../autoscaling/aws/predictive.ts';
import {
  combineVotes,
  highAlarm,
  inAlarm,
  lowAlarm,
  proportionalCapacity,
  roundNeeded,
} from '../autoscaling/aws/target-tracking.ts';
import type { Alarm, AlarmShape, Vote } from '../autoscaling/aws/target-tracking.ts';
import { boundsRule } from '../autoscaling/pipeline.ts';
import type { VectorFamily } from './contract.ts';
import { unknownKind } from './unknown-kind.ts';

interface StepVector {
  readonly lower?: number | null;
  readonly upper?: number | null;
  readonly adjustment: number;
}

interface AwsInput {
  readonly kind: string;
  readonly capacity: number;
  readonly metric: number;
  readonly threshold: number;
  readonly target: number;
  readonly value: number;
  readonly neededChange: number;
  readonly adjustmentType: AdjustmentType;
  readonly adjustment: number;
  readonly minAdjustmentMagnitude?: number | null;
  readonly steps: readonly StepVector[];
  readonly previousAddition: number;
  readonly nextAddition: number;
  readonly withinCooldown: boolean;
  readonly lastActivity: 'scaleIn' | 'scaleOut';
  readonly cooldownRemainingSeconds: number;
  readonly alarm: 'scaleIn' | 'scaleOut';
  readonly results: readonly number[];
  readonly min?: number | null;
  readonly max?: number | null;
  readonly currentCapacity: number;
  readonly warming: number;
  readonly policies: readonly Vote[];
  readonly series: readonly (number | null)[];
  readonly high: AlarmShape;
  readonly low: AlarmShape;
  readonly lowFraction: number;
}

function stepped(given: AwsInput, capacity: number): number {
  const steps = given.steps.map(({ lower, upper, adjustment }) => ({
    lower: lower ?? -Infinity,
    upper: upper ?? Infinity,
    adjustment,
  }));
  const step = stepFor(given.metric - given.threshold, steps);
  if (step === undefined) return capacity;
  return adjustCapacity(capacity, given.adjustmentType, step.adjustment, given.minAdjustmentMagnitude ?? 0);
}

const unweighted = { notApplicable: 'Instance weights are not simulated: every replica is one unit of capacity.' };

const stepScaling: VectorFamily = {
  answer({ input }) {
    const given = input as unknown as AwsInput;
    switch (given.kind) {
      case 'step':
        return { actual: { capacity: stepped(given, given.capacity) } };
      case 'adjust': {
        const { capacity, adjustmentType, adjustment, minAdjustmentMagnitude } = given;
        return {
          actual: { capacity: adjustCapacity(capacity, adjustmentType, adjustment, minAdjustmentMagnitude ?? 0) },
        };
      }
      case 'round':
        return { actual: { value: roundAdjustment(given.value) } };
      case 'cooldownStep': {
        const { capacity, previousAddition, nextAddition, withinCooldown } = given;
        const held = capacity + previousAddition;
        const after = withinCooldown ? topUp(capacity, previousAddition, capacity + nextAddition) : held + nextAddition;
        return { actual: { added: after - held, capacity: after } };
      }
      case 'cooldownConflict':
        return { actual: cooldownConflict(given.lastActivity, given.cooldownRemainingSeconds, given.alarm) };
      case 'conflict':
        return { actual: { capacity: largestCapacity(given.results) } };
      case 'bounds': {
        const wanted = given.capacity ?? given.value;
        const { output } = boundsRule('bounds', given.min ?? 0, given.max ?? Infinity).apply(wanted, []);
        return { actual: { capacity: output, desired: output, value: output } };
      }
      case 'warmup': {
        const { currentCapacity, warming } = given;
        return { actual: { desired: topUp(currentCapacity, warming, stepped(given, currentCapacity)) } };
      }
      case 'weighted':
      case 'weightedOvershoot':
        return unweighted;
      default:
        return unknownKind(given.kind);
    }
  },
};

/** First minute, counted from one, in which the alarm is raised; null for never. */
function firstMinute(alarm: Alarm, series: readonly number[]): number | null {
  const index = series.findIndex((_, minute) => inAlarm(alarm, series.slice(0, minute + 1)));
  return index < 0 ? null : index + 1;
}

const targetTracking: VectorFamily = {
  answer({ input }) {
    const given = input as unknown as AwsInput;
    switch (given.kind) {
      case 'round':
        return { actual: { change: roundNeeded(given.neededChange) } };
      case 'proportional':
        return { actual: { capacity: proportionalCapacity(given.capacity, given.metric, given.target) } };
      case 'alarms': {
        const series = given.series.map((value) => value ?? NaN);
        return {
          actual: {
            alarmHighAtMinute: firstMinute(highAlarm(given.target, given.high), series),
            alarmLowAtMinute: firstMinute(lowAlarm(given.target, given.low, given.lowFraction), series),
          },
        };
      }
      case 'multiple':
        return { actual: { capacity: combineVotes(given.capacity, given.policies) } };
      case 'backlogTarget':
        return { notApplicable: 'The target is worked out by whoever writes the policy, not by the autoscaler.' };
      default:
        return unknownKind(given.kind);
    }
  },
};

interface PredictiveInput {
  readonly kind?: string;
  readonly predicted?: number;
  readonly actual?: number;
  readonly minCapacity?: number | null;
  readonly maxCapacity?: number | null;
  readonly maxCapacityBreachBehavior?: CapacityBounds['breach'] | null;
  readonly maxCapacityBufferPercent?: number | null;
  readonly dynamic?: number;
  readonly predictive?: number;
  readonly availableHours?: number;
  readonly hoursSinceFirstForecast?: number;
  readonly refreshHours?: number;
  readonly desired?: number;
  readonly newMin?: number | null;
  readonly newMax?: number | null;
  readonly newDesired?: number | null;
}

const predictive: VectorFamily = {
  answer({ input }) {
    const given = input as unknown as PredictiveInput;
    switch (given.kind) {
      case 'capacity':
        return {
          actual: predictiveCapacity(given.predicted ?? NaN, given.actual ?? 0, {
            min: given.minCapacity ?? 0,
            max: given.maxCapacity ?? Infinity,
            breach: given.maxCapacityBreachBehavior ?? 'HonorMaxCapacity',
            buffer: given.maxCapacityBufferPercent ?? null,
          }),
        };
      case 'combine':
        return { actual: { desired: largestCapacity([given.dynamic ?? NaN, given.predictive ?? NaN]) } };
      case 'history':
        return { actual: { forecasts: hasEnoughHistory(given.availableHours ?? NaN) } };
      case 'refresh': {
        const every = given.refreshHours ?? refreshHours;
        return { actual: { madeAtHour: forecastMadeAt(given.hoursSinceFirstForecast ?? NaN, every) } };
      }
      case 'scheduled':
        return {
          actual: {
            desired: scheduledCapacity(given.desired ?? NaN, {
              min: given.newMin ?? undefined,
              max: given.newMax ?? undefined,
              desired: given.newDesired ?? undefined,
            }),
          },
        };
      default:
        return unknownKind(given.kind);
    }
  },
};

/** EC2 and Application Auto Scaling. */
export const awsFamilies: Readonly<Record<string, VectorFamily>> = {
  'aws-predictive': predictive,
  'aws-step-scaling': stepScaling,
  'aws-target-tracking': targetTracking,
};
