import type { StageRule } from '../pipeline.ts';
import { secondsInWords } from '../words.ts';

/** Additions are rounded up, removals down: never too few. */
export const roundChange = (change: number): number => (change > 0 ? Math.ceil(change) : Math.ceil(change) || 0);

/** Instances for a need that is no whole number. */
export const roundedSize = (current: number, needed: number): number => current + roundChange(needed - current);

/** Of several signals the one that needs most. */
export const largestSignal = (sizes: readonly number[]): number => Math.max(...sizes);

export interface Recommended {
  /** s */
  readonly time: number;
  readonly size: number;
}

/** What is younger than the period; at exactly its end a size has left it. */
export const withinPeriod = (history: readonly Recommended[], period: number, now: number): Recommended[] =>
  history.filter(({ time }) => now - time < period);

/** What a trailing window holds, its far end included, so that no window ever sees more than is allowed leave. */
export const withinWindow = (history: readonly Recommended[], window: number, now: number): Recommended[] =>
  history.filter(({ time }) => now - time <= window);

const peakOf = (history: readonly Recommended[]): number =>
  history.reduce((peak, { size }) => Math.max(peak, size), -Infinity);

/** The size for the peak of the stabilization period: growth is immediate, shrinking waits a full period. */
export function stabilizationRule(history: readonly Recommended[], period: number, now: number): StageRule {
  const peak = peakOf(withinPeriod(history, period, now));
  return {
    name: 'stabilisation',
    apply(input) {
      const output = Math.max(input, peak);
      const change = output === input ? `${input}` : `${input} → ${output}`;
      const reason = output === input ? 'AtPeak' : 'Stabilized';
      return { output, reason, detail: `Peak of ${secondsInWords(period)}: ${change}` };
    },
  };
}

export type ScaleInAllowance = { readonly fixed: number } | { readonly percent: number };

export interface ScaleInControl {
  readonly allowed: ScaleInAllowance;
  /** s */
  readonly window: number;
}

/** Never further below the peak of the trailing window than allowed. */
export function scaleInControlRule(
  { allowed, window }: ScaleInControl,
  history: readonly Recommended[],
  now: number,
): StageRule {
  const peak = peakOf(withinWindow(history, window, now));
  const most = 'fixed' in allowed ? allowed.fixed : Math.floor((peak * allowed.percent) / 100);
  return {
    name: 'scale-in-control',
    apply(input) {
      const output = Math.max(input, peak - most);
      if (output === input)
        return { output, reason: 'WithinAllowance', detail: `Within the scale-in control: ${input}` };
      const detail = `At most ${most} below the peak ${peak} of ${secondsInWords(window)}: ${input} → ${output}`;
      return { output, reason: 'ScaleInControl', detail };
    },
  };
}

export type Mode = 'ON' | 'ONLY_SCALE_OUT' | 'OFF';

/** What the mode lets happen; sizes are computed in every mode. */
export function modeRule(mode: Mode, current: number): StageRule {
  return {
    name: 'mode',
    apply(input) {
      const held = mode === 'OFF' || (mode === 'ONLY_SCALE_OUT' && input < current);
      if (!held || input === current) return { output: input, reason: 'ModeAllows', detail: `Mode ${mode}: ${input}` };
      return { output: current, reason: 'ModeHolds', detail: `Mode ${mode}: ${input} → ${current}` };
    },
  };
}
