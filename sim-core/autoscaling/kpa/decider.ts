import type { Stage } from '../contract.ts';
import { runStages } from '../pipeline.ts';
import type { StageRule } from '../pipeline.ts';
import { inWords, secondsInWords } from '../words.ts';
import { delayWindow, largestOf, recordMax, tick } from './max-window.ts';
import type { MaxWindow } from './max-window.ts';

/** What the autoscaler is told of a revision. */
export interface DeciderSpec {
  /** requests, or requests a second, one replica is meant to carry */
  readonly target: number;
  /** and what it can carry */
  readonly total: number;
  /** −1: unlimited, 0: none */
  readonly burstCapacity: number;
  /** pods wanted ÷ pods ready from which panic begins */
  readonly panicThreshold: number;
  readonly maxScaleUpRate: number;
  readonly maxScaleDownRate: number;
  /** s */
  readonly stableWindow: number;
  /** s; 0 for none */
  readonly scaleDownDelay: number;
  /** smallest count above zero; 0 or 1 for none */
  readonly activationScale: number;
  /** whether a route leads to the revision */
  readonly reachable: boolean;
}

export interface DeciderState {
  /** s: when the threshold was last exceeded; null in stable mode */
  readonly panicSince: number | null;
  readonly maxPanicPods: number;
  readonly delay: MaxWindow | null;
}

/** A new autoscaler that finds several pods keeps them until it has data: it starts in panic. */
export function initialDecider(spec: DeciderSpec, ready: number, now: number): DeciderState {
  return { panicSince: ready > 1 ? now : null, maxPanicPods: ready, delay: delayWindow(spec.scaleDownDelay) };
}

export interface DeciderInput {
  readonly ready: number;
  /** averages of the two windows, over the whole revision */
  readonly stable: number;
  readonly panic: number;
  readonly now: number;
}

export interface Desire {
  /** what the stable window asks for, before any limit */
  readonly wish: number;
  readonly origin: Stage;
  /** limits on it, in order */
  readonly rules: readonly StageRule[];
  /** after all of them */
  readonly want: number;
  /** room for a burst; below zero the activator stays in the path of requests */
  readonly excessBurstCapacity: number;
  readonly state: DeciderState;
}

/**
 * One decision of the autoscaler, every two seconds.
 *
 * @see knative/serving pkg/autoscaler/scaling/autoscaler.go
 */
export function decideScale(
  spec: DeciderSpec,
  state: DeciderState,
  { ready, stable, panic, now }: DeciderInput,
): Desire {
  const pods = Math.max(1, ready);
  const byStable = Math.ceil(stable / spec.target);
  const byPanic = Math.ceil(panic / spec.target);
  const most = Math.ceil(spec.maxScaleUpRate * pods);
  const least = spec.reachable ? Math.floor(pods / spec.maxScaleDownRate) : 0;
  const rate: StageRule = {
    name: 'rate-limit',
    apply(input) {
      const output = Math.min(Math.max(input, least), most);
      if (output === input) return { output, reason: 'WithinRate', detail: `Within ${least} to ${most}: ${input}` };
      const [factor, reason] =
        output < input
          ? [`× ${spec.maxScaleUpRate}`, 'MaxScaleUpRate']
          : [`÷ ${spec.maxScaleDownRate}`, 'MaxScaleDownRate'];
      return { output, reason, detail: `Rate limit ${pods} ready ${factor}: ${input} → ${output}` };
    },
  };
  const activation = activationRule(spec.activationScale, byStable);
  const panicPods = [rate, activationRule(spec.activationScale, byPanic)].reduce(
    (count, rule) => rule.apply(count, []).output,
    byPanic,
  );

  let { panicSince, maxPanicPods } = state;
  if (byPanic / pods >= spec.panicThreshold) panicSince = now;
  else if (panicSince !== null && panicSince + spec.stableWindow < now) {
    panicSince = null;
    maxPanicPods = 0;
  }
  const rules: StageRule[] = [rate, activation, panicRule(panicSince, panicPods, maxPanicPods, byPanic, now)];
  const calm = lastOutput(byStable, rules);
  if (panicSince !== null) maxPanicPods = calm;
  let { delay } = state;
  if (spec.reachable && delay !== null) {
    const held = recordMax(delay, Math.floor(now / tick), calm);
    rules.push(delayRule(spec.scaleDownDelay, largestOf(held)));
    delay = held;
  }
  return {
    wish: byStable,
    origin: {
      name: 'metric',
      input: ready,
      output: byStable,
      reason: 'StableWindow',
      detail: `ceil(${inWords(stable)} over ${secondsInWords(spec.stableWindow)} ÷ ${inWords(spec.target)}) = ${byStable}`,
    },
    rules,
    want: lastOutput(byStable, rules),
    excessBurstCapacity: excessBurst(spec, ready, panic),
    state: { panicSince, maxPanicPods, delay },
  };
}

const lastOutput = (wish: number, rules: readonly StageRule[]): number => runStages(wish, rules).at(-1)?.output ?? wish;

/** @param needed what the window asks for before the rate limit: a revision that needs none is not woken */
function activationRule(scale: number, needed: number): StageRule {
  return {
    name: 'activation-scale',
    apply(input) {
      if (scale <= 1 || needed === 0 || input >= scale)
        return { output: input, reason: 'NotNeeded', detail: `Activation scale not needed: ${input}` };
      return { output: scale, reason: 'ActivationScale', detail: `At least ${scale} once awake: ${input} → ${scale}` };
    },
  };
}

function panicRule(since: number | null, panicPods: number, reached: number, needed: number, now: number): StageRule {
  return {
    name: 'panic',
    apply(input) {
      if (since === null) return { output: input, reason: 'Stable', detail: `Stable: ${input}` };
      const output = Math.max(input, panicPods, reached);
      const cause = `Panic for ${secondsInWords(now - since)}, short window asks for ${needed}, reached ${reached}`;
      return output === input
        ? { output, reason: 'Panic', detail: `${cause}: ${input}` }
        : { output, reason: 'Panic', detail: `${cause}: ${input} → ${output}` };
    },
  };
}

function delayRule(delay: number, largest: number): StageRule {
  return {
    name: 'scale-down-delay',
    apply(input) {
      const output = Math.max(input, largest);
      const change = output === input ? `${input}` : `${input} → ${output}`;
      const reason = output === input ? 'NotDelayed' : 'ScaleDownDelay';
      return { output, reason, detail: `Largest wish of ${secondsInWords(delay)}: ${change}` };
    },
  };
}

function excessBurst({ total, burstCapacity }: DeciderSpec, ready: number, panic: number): number {
  if (burstCapacity === 0) return 0;
  if (burstCapacity === -1) return -1;
  return Math.floor(ready * total - burstCapacity - panic);
}
