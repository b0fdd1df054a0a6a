import type { StageRule } from '../pipeline.ts';

/** Where a usage lies among the watermarks. */
export type Position = 'above' | 'below' | 'within';

/** Which watermark a count within the band slowly moves towards, by fewer or more replicas. */
export type Convergence = 'highwatermark' | 'lowwatermark' | null;

export interface WatermarkInput {
  /** replicas of the target */
  readonly current: number;
  readonly ready: number;
  /** thousandths; the sum of the series, or their share of a ready replica with the algorithm `average` */
  readonly usage: number;
  /** thousandths */
  readonly low: number;
  /** thousandths */
  readonly high: number;
  /** thousandths of a watermark */
  readonly tolerance: number;
  /** results are rounded up to a multiple of it */
  readonly modulo: number;
  /** whether a usage of zero is believed */
  readonly tolerateZero: boolean;
  readonly converge: Convergence;
  readonly min: number;
  readonly max: number;
}

export interface WatermarkProposal {
  readonly replicas: number;
  readonly position: Position;
}

/**
 * The count a metric proposes: above the high watermark as many as bring it there, rounded up; below the low one
 * likewise, rounded down, but at least one; in between none, unless it converges.
 *
 * @see DataDog/watermarkpodautoscaler controllers/datadoghq/replica_calculator.go, getReplicaCount
 */
export function watermarkReplicas(input: WatermarkInput): WatermarkProposal {
  const { current, ready, usage, low, high, tolerance, modulo } = input;
  if (usage === 0 && !input.tolerateZero) return { replicas: ready, position: 'within' };
  // Whole thousandths: the margin is cut off.
  const margin = (mark: number): number => Math.trunc((mark * tolerance) / 1000);
  if (usage > high + margin(high)) {
    const wanted = multipleOf(Math.ceil((ready * usage) / high), modulo);
    return { replicas: Math.max(wanted, current), position: 'above' };
  }
  if (usage < low - margin(low)) {
    const wanted = multipleOf(Math.max(1, Math.floor((ready * usage) / low)), modulo);
    return { replicas: Math.min(wanted, current), position: 'below' };
  }
  return { replicas: converged(input), position: 'within' };
}

const multipleOf = (count: number, modulo: number): number => Math.ceil(count / modulo) * modulo;

function converged({ current, ready, usage, low, high, modulo, converge, min, max }: WatermarkInput): number {
  if (converge === null) return current;
  const capped = (count: number): number => Math.max(Math.max(min, 1), Math.min(max, count));
  if (converge === 'highwatermark') {
    const fewest = high === 0 ? current : capped(Math.ceil((ready / high) * usage));
    const fewer = Math.max(current - modulo, 1);
    return fewer < fewest ? current : fewer;
  }
  const most = low === 0 ? current : capped(Math.floor((ready / low) * usage));
  const more = current + modulo;
  return more > most ? current : more;
}

/** Largest count reachable in one evaluation; a factor of zero forbids growth. */
export function scaleUpLimit(current: number, percent: number): number {
  return disables(percent) ? current : current + stepOf(current, percent);
}

/** Smallest count reachable in one evaluation; a factor of zero forbids shrinking. */
export function scaleDownLimit(current: number, percent: number): number {
  return disables(percent) ? current : current - stepOf(current, percent);
}

// A quantity is rounded up to a whole number there, so that only nothing is nothing.
const disables = (percent: number): boolean => percent <= 0;
const stepOf = (current: number, percent: number): number => Math.max(1, Math.floor((percent * current) / 100));

export interface Limits {
  readonly min: number;
  readonly max: number;
  readonly ready: number;
  readonly scaleUpPercent: number;
  readonly scaleDownPercent: number;
}

/**
 * Limits of speed together with the bounds, in the order they have upstream: a shrinking that is too fast is held by the
 * larger of limit and minimum, and altogether while fewer replicas are ready than would remain.
 *
 * @see DataDog/watermarkpodautoscaler controllers/datadoghq/watermarkpodautoscaler_controller.go, convertDesiredReplicasWithRules
 */
export function limitsRule(current: number, limits: Limits): StageRule {
  const { min, max, ready, scaleUpPercent, scaleDownPercent } = limits;
  const down = scaleDownLimit(current, scaleDownPercent);
  const up = scaleUpLimit(current, scaleUpPercent);
  return {
    name: 'limits',
    apply(input) {
      const lower = lowest(input, current, down, min, ready);
      if (input < lower.count) {
        return { output: lower.count, reason: lower.reason, detail: `${lower.words}: ${input} → ${lower.count}` };
      }
      const most = input > up ? Math.min(up, max) : max;
      if (input > most) {
        const fast = input > up;
        const words = fast ? `At most ${scaleUpPercent} % more, and ${max}` : `At most ${max}`;
        const reason = fast ? 'ScaleUpLimit' : 'TooManyReplicas';
        return { output: most, reason, detail: `${words}: ${input} → ${most}` };
      }
      return { output: input, reason: 'DesiredWithinRange', detail: `Within ${lower.count} to ${most}: ${input}` };
    },
  };
}

function lowest(input: number, current: number, down: number, min: number, ready: number) {
  if (min === 0) return { count: 1, reason: 'TooFewReplicas', words: 'At least 1' };
  if (input >= down) return { count: min, reason: 'TooFewReplicas', words: `At least ${min}` };
  const held = Math.max(down, min);
  if (ready < held && ready > 0) {
    return {
      count: current,
      reason: 'ScaleDownLimit',
      words: `Only ${ready} ready, fewer than ${held} that would stay`,
    };
  }
  return { count: held, reason: 'ScaleDownLimit', words: `At least ${held} at this speed` };
}
