import { runStages } from '../autoscaling/pipeline.ts';
import { limitsRule, scaleDownLimit, scaleUpLimit, watermarkReplicas } from '../autoscaling/watermark/rules.ts';
import type { Convergence } from '../autoscaling/watermark/rules.ts';
import type { VectorFamily } from './contract.ts';
import { unknownKind } from './unknown-kind.ts';

interface WatermarkVector {
  readonly kind?: string;
  readonly specReplicas?: number;
  readonly readyReplicas?: number | null;
  readonly usageMilli?: number;
  readonly lowWatermarkMilli?: number;
  readonly highWatermarkMilli?: number;
  readonly tolerance?: number | null;
  readonly replicaScalingAbsoluteModulo?: number | null;
  readonly tolerateZero?: boolean;
  readonly convergeTowardsWatermark?: Convergence;
  readonly currentReplicas?: number;
  readonly desiredReplicas?: number;
  readonly minReplicas?: number | null;
  readonly maxReplicas?: number | null;
  readonly factorPercent?: number;
  readonly scaleUpLimitPercent?: number | null;
  readonly scaleDownLimitPercent?: number | null;
}

/** What the custom resource leaves out. */
const defaults = { tolerance: 0.1, scaleUpLimitPercent: 50, scaleDownLimitPercent: 20 };

function proposalOf(given: WatermarkVector, averaged: boolean) {
  const current = given.specReplicas ?? given.currentReplicas ?? NaN;
  const ready = given.readyReplicas ?? current;
  const usage = given.usageMilli ?? NaN;
  return watermarkReplicas({
    current,
    ready,
    usage: averaged ? usage / ready : usage,
    low: given.lowWatermarkMilli ?? given.highWatermarkMilli ?? NaN,
    high: given.highWatermarkMilli ?? given.lowWatermarkMilli ?? NaN,
    tolerance: Math.round((given.tolerance ?? defaults.tolerance) * 1000),
    modulo: given.replicaScalingAbsoluteModulo ?? 1,
    tolerateZero: given.tolerateZero ?? false,
    converge: given.convergeTowardsWatermark ?? null,
    min: given.minReplicas ?? 1,
    max: given.maxReplicas ?? Infinity,
  });
}

const watermark: VectorFamily = {
  answer({ input }) {
    const given = input as unknown as WatermarkVector;
    const { currentReplicas: current = NaN, factorPercent = NaN } = given;
    switch (given.kind) {
      case 'absolute':
      case 'average':
        return { actual: { ...proposalOf(given, given.kind === 'average') } };
      case 'scaleUpLimit':
        return { actual: { limit: scaleUpLimit(current, factorPercent) } };
      case 'scaleDownLimit':
        return { actual: { limit: scaleDownLimit(current, factorPercent) } };
      case 'convert': {
        const [stage] = runStages(given.desiredReplicas ?? NaN, [
          limitsRule(current, {
            min: given.minReplicas ?? 0,
            max: given.maxReplicas ?? Infinity,
            ready: given.readyReplicas ?? current,
            scaleUpPercent: given.scaleUpLimitPercent ?? defaults.scaleUpLimitPercent,
            scaleDownPercent: given.scaleDownLimitPercent ?? defaults.scaleDownLimitPercent,
          }),
        ]);
        return { actual: { replicas: stage?.output, reason: stage?.reason } };
      }
      default:
        return unknownKind(given.kind);
    }
  },
};

/** Datadog's Watermark Pod Autoscaler. */
export const watermarkFamilies: Readonly<Record<string, VectorFamily>> = { 'wpa-watermark': watermark };
