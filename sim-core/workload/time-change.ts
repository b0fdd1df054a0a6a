import type { Sampler } from '../random/contract.ts';
import type { ArrivalProcess, RateFunction } from './contract.ts';
import { pieceEnd } from './rate-function.ts';

const bufferLength = 1024;

/**
 * Arrivals around a changing rate, by change of time (Çinlar, Introduction to Stochastic Processes, 1975, ch. 4.7):
 * the k-th arrival is where Λ(t) = ∫₀ᵗ λ equals the sum of k increments of mean 1. Exponential increments give a
 * Poisson process of rate λ(t), constant ones evenly spaced arrivals, any others a modulated renewal process.
 *
 * Λ is inverted exactly. With m still to go from the start of a piece of rate r and slope s,
 * m = r·Δt + s·Δt²/2, so Δt = 2m / (r + √(r² + 2sm)).
 */
export class TimeChange implements ArrivalProcess {
  private readonly buffer = new Float64Array(bufferLength);
  private cursor = bufferLength;
  /** index of the piece the last arrival fell in */
  private piece = 0;
  /** expected arrivals between the start of that piece and the last arrival */
  private position = 0;
  private last = 0;
  private finished = false;

  constructor(
    private rate: RateFunction,
    private readonly increments: Sampler,
  ) {}

  /** Goes on along another rate, which begins where the last one ended. */
  continueAlong(rate: RateFunction): void {
    this.rate = rate;
    this.piece = 0;
    if (this.finished) this.position = 0;
    this.finished = false;
  }

  fill(target: Float64Array): number {
    const { rate, increments, buffer } = this;
    const { t, rateAtStart, rateAtEnd } = rate;
    const pieces = t.length;
    const wanted = target.length;
    let { cursor, piece, position, last } = this;
    let n = 0;
    // Each round settles the piece in which the next arrival may fall, then runs along it as far as its increments reach.
    while (n < wanted && !this.finished && piece < pieces) {
      if (cursor === bufferLength) {
        increments.fill(buffer, bufferLength);
        cursor = 0;
      }
      const until = Math.min(wanted, n + bufferLength - cursor);
      const start = t[piece]!;
      const end = pieceEnd(rate, piece);
      const from = rateAtStart[piece]!;
      const to = rateAtEnd[piece]!;
      const mass = ((from + to) / 2) * (end - start);
      if (from === to) {
        const spacing = 1 / from;
        // Four at a time: at each round V8 asks anew what the arrays are.
        while (n + 4 <= until) {
          const first = position + buffer[cursor]!;
          const second = first + buffer[cursor + 1]!;
          const third = second + buffer[cursor + 2]!;
          const fourth = third + buffer[cursor + 3]!;
          if (!(fourth < mass) || !(start + fourth * spacing < end)) break;
          target[n] = start + first * spacing;
          target[n + 1] = start + second * spacing;
          target[n + 2] = start + third * spacing;
          target[n + 3] = start + fourth * spacing;
          position = fourth;
          cursor += 4;
          n += 4;
        }
        while (n < until) {
          const next = position + buffer[cursor]!;
          // Also leaves when from = 0: the mass is then 0.
          if (!(next < mass)) break;
          cursor++;
          position = next;
          const time = start + next * spacing;
          target[n++] = time < end ? time : end;
        }
        if (n > 0) last = Math.max(last, target[n - 1]!);
      } else {
        const slope = (to - from) / (end - start);
        while (n < until) {
          const next = position + buffer[cursor]!;
          if (!(next < mass)) break;
          cursor++;
          position = next;
          const square = from * from + 2 * slope * next;
          const root = Math.sqrt(square > 0 ? square : 0);
          const elapsed = next > 0 ? (2 * next) / (from + root) : 0;
          const time = start + elapsed < end ? start + elapsed : end;
          // Rounding must not put an arrival before the one before it, nor beyond the piece.
          if (time > last) last = time;
          target[n++] = last;
        }
      }
      if (n === until) continue;
      // The increment at the cursor reaches beyond this piece; rounding must not make it fall before the next one.
      position = Math.max(position - mass, -buffer[cursor]!);
      piece++;
    }
    // Rounding can put an arrival on the very horizon, where there are none.
    while (n > 0 && target[n - 1]! >= rate.end) {
      n--;
      this.finished = true;
    }
    this.cursor = cursor;
    this.piece = piece;
    this.position = position;
    this.last = last;
    return n;
  }
}
