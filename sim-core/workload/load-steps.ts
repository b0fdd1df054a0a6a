import type { RateFunction } from './contract.ts';

/** A lasting jump of the arrival rate: what the response of a policy can be judged by. */
export interface LoadStep {
  /** s: when the rate jumps */
  readonly time: number;
  /** s: up to when it stays on its new level */
  readonly until: number;
  readonly grows: boolean;
}

/** Smaller jumps, as a share of the larger of the two rates, are no step. */
const smallestJump = 0.2;
/** A rate within this share of a level is on it. */
const levelBand = 0.05;
/** s on a level, before the jump and after it. */
const shortestLevel = 600;

/**
 * The steps of a rate: jumps by at least a fifth, between two levels that the rate keeps, within 5 %, for at least ten
 * minutes each. Spikes, ramps, noise and recorded traffic hardly ever have one.
 */
export function loadStepsOf({ t, rateAtStart, rateAtEnd, end }: RateFunction): LoadStep[] {
  const endOf = (piece: number): number => t[piece + 1] ?? end;
  /** How far the rate stays on a level from a piece on, forwards or backwards, s; looks no further than `enough`. */
  const leaves = (piece: number, level: number, direction: 1 | -1, enough: number): number => {
    const [low, high] = [level * (1 - levelBand), level * (1 + levelBand)];
    let at = piece;
    for (; at >= 0 && at < t.length; at += direction) {
      const [near, far] = direction > 0 ? [rateAtStart[at]!, rateAtEnd[at]!] : [rateAtEnd[at]!, rateAtStart[at]!];
      const [nearTime, farTime] = direction > 0 ? [t[at]!, endOf(at)] : [endOf(at), t[at]!];
      if (near < low || near > high) return nearTime;
      if (far < low || far > high) {
        const bound = far > high ? high : low;
        return nearTime + ((bound - near) / (far - near)) * (farTime - nearTime);
      }
      if (Math.abs(farTime - (direction > 0 ? t[piece]! : endOf(piece))) >= enough) return farTime;
    }
    return direction > 0 ? end : 0;
  };

  const steps: LoadStep[] = [];
  for (let piece = 1; piece < t.length; piece += 1) {
    const time = t[piece]!;
    const [before, after] = [rateAtEnd[piece - 1]!, rateAtStart[piece]!];
    if (Math.abs(after - before) < smallestJump * Math.max(before, after) || before === after) continue;
    if (time - leaves(piece - 1, before, -1, shortestLevel) < shortestLevel) continue;
    const until = leaves(piece, after, 1, Infinity);
    if (until - time >= shortestLevel) steps.push({ time, until, grows: after > before });
  }
  return steps;
}
