import type { RateFunction } from '../contract.ts';
import { pieceEnd } from '../rate-function.ts';

/**
 * A random factor on the arrival rate, of mean 1, that jumps from value to value: what makes traffic come in spells. Drawn
 * ahead, piece by piece, whatever the rate is.
 */
export interface Modulation {
  /** the factor now */
  readonly factor: number;
  /** how long it has that value, s, > 0 */
  readonly holds: number;
  /** Goes on to the next value. */
  advance(): void;
}

/** λ(t) times a modulation, in stretches that follow each other: memory does not grow with the horizon. */
export class ModulatedRate {
  /** where the last stretch ended, s, and in which piece of the rate */
  private position = 0;
  private piece = 0;
  /** since when the factor has had its value, s */
  private since = 0;

  constructor(
    private readonly rate: RateFunction,
    private readonly modulation: Modulation,
  ) {}

  /** The next stretch, of at most so many pieces; undefined at the end of the rate. */
  next(pieces: number): RateFunction | undefined {
    const { rate, modulation } = this;
    const t: number[] = [];
    const rateAtStart: number[] = [];
    const rateAtEnd: number[] = [];
    while (t.length < pieces && this.position < rate.end) {
      const { piece, position } = this;
      const start = rate.t[piece]!;
      const end = pieceEnd(rate, piece);
      const change = this.since + modulation.holds;
      const until = Math.min(end, change);
      if (until > position) {
        const from = rate.rateAtStart[piece]!;
        const slope = (rate.rateAtEnd[piece]! - from) / (end - start);
        t.push(position);
        rateAtStart.push(Math.max(0, from + slope * (position - start)) * modulation.factor);
        rateAtEnd.push(Math.max(0, from + slope * (until - start)) * modulation.factor);
        this.position = until;
      }
      if (change <= end) {
        this.since = change;
        modulation.advance();
      }
      if (end <= change) this.piece++;
    }
    if (t.length === 0) return undefined;
    return {
      t: Float64Array.from(t),
      rateAtStart: Float64Array.from(rateAtStart),
      rateAtEnd: Float64Array.from(rateAtEnd),
      end: this.position,
    };
  }
}
