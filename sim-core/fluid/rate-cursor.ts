import type { RateFunction } from '../workload/contract.ts';

/** Walks along an arrival rate and integrates it exactly; going forward in small strides costs O(1) each. */
export class RateCursor {
  private piece = 0;

  constructor(private readonly rate: RateFunction) {}

  /** Expected arrivals in [from, to], s; `from` never goes back. */
  between(from: number, to: number): number {
    const { rate } = this;
    const pieces = rate.t.length;
    while (this.piece < pieces - 1 && rate.t[this.piece + 1]! <= from) this.piece++;
    let sum = 0;
    let start = from;
    for (let piece = this.piece; piece < pieces && start < to; piece++) {
      const begin = rate.t[piece]!;
      const end = piece + 1 < pieces ? rate.t[piece + 1]! : rate.end;
      const stop = Math.min(end, to);
      if (stop <= start) continue;
      const atBegin = rate.rateAtStart[piece]!;
      const slope = (rate.rateAtEnd[piece]! - atBegin) / (end - begin);
      sum += (atBegin + slope * ((start + stop) / 2 - begin)) * (stop - start);
      start = stop;
    }
    return sum;
  }
}
