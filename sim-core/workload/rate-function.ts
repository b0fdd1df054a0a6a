import type { RateFunction } from './contract.ts';

/** A compiled workload may have this many pieces; beyond that the shape is finer than any run can show. */
export const maxPieces = 5_000_000;

/** Collects pieces from t = 0 on. Neighbours that lie on one horizontal line become one piece. */
export class PieceBuilder {
  private readonly t: number[] = [];
  private readonly rateAtStart: number[] = [];
  private readonly rateAtEnd: number[] = [];

  /** The next piece begins at `t`, s; nothing is added when it begins where the last one did or before. */
  add(t: number, rateAtStart: number, rateAtEnd: number): void {
    const last = this.t.length - 1;
    if (last >= 0) {
      if (t <= this.t[last]!) {
        this.rateAtStart[last] = rateAtStart;
        this.rateAtEnd[last] = rateAtEnd;
        return;
      }
      const flat = this.rateAtStart[last] === rateAtStart && this.rateAtEnd[last] === rateAtStart;
      if (flat && rateAtEnd === rateAtStart) return;
    }
    this.t.push(t);
    this.rateAtStart.push(rateAtStart);
    this.rateAtEnd.push(rateAtEnd);
  }

  /** @param end s, end of the last piece */
  build(end: number): RateFunction {
    return {
      t: Float64Array.from(this.t),
      rateAtStart: Float64Array.from(this.rateAtStart),
      rateAtEnd: Float64Array.from(this.rateAtEnd),
      end,
    };
  }
}

export function constantRate(rate: number, end: number): RateFunction {
  return { t: Float64Array.of(0), rateAtStart: Float64Array.of(rate), rateAtEnd: Float64Array.of(rate), end };
}

/**
 * A rate function from its corners (t, rate): lines between them, the first and last value held outside.
 * Two corners at one instant make a jump. Corners must be in order of time; what lies outside [0, end) is cut off.
 */
export function rateFromCorners(corners: readonly (readonly [t: number, rate: number])[], end: number): RateFunction {
  const builder = new PieceBuilder();
  const [first] = corners;
  if (first === undefined) return constantRate(0, end);
  if (first[0] > 0) builder.add(0, first[1], first[1]);
  for (let i = 0; i + 1 < corners.length; i++) {
    const [from, rateFrom] = corners[i]!;
    const [to, rateTo] = corners[i + 1]!;
    if (to <= from || to <= 0 || from >= end) continue;
    const slope = (rateTo - rateFrom) / (to - from);
    const startsInside = from >= 0;
    const endsInside = to <= end;
    builder.add(
      startsInside ? from : 0,
      startsInside ? rateFrom : rateFrom - from * slope,
      endsInside ? rateTo : rateFrom + (end - from) * slope,
    );
  }
  const [lastTime, lastRate] = corners[corners.length - 1]!;
  if (lastTime < end) builder.add(Math.max(0, lastTime), lastRate, lastRate);
  return builder.build(end);
}

/** End of piece i, s. */
export function pieceEnd(rate: RateFunction, i: number): number {
  return i + 1 < rate.t.length ? rate.t[i + 1]! : rate.end;
}

/** Index of the piece that holds instant t; the first or last one for instants outside. */
export function pieceAt(rate: RateFunction, t: number): number {
  let low = 0;
  let high = rate.t.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (rate.t[middle]! <= t) low = middle;
    else high = middle - 1;
  }
  return low;
}

function rateInPiece(rate: RateFunction, i: number, t: number): number {
  const from = rate.rateAtStart[i]!;
  const to = rate.rateAtEnd[i]!;
  if (from === to) return from;
  const start = rate.t[i]!;
  return from + ((to - from) * (t - start)) / (pieceEnd(rate, i) - start);
}

/** λ(t), 1/s; 0 before t = 0 and from `end` on. */
export function evaluate(rate: RateFunction, t: number): number {
  if (!(t >= 0) || t >= rate.end) return 0;
  return rateInPiece(rate, pieceAt(rate, t), t);
}

/** ∫ λ dt over [from, to], the expected number of arrivals. */
export function integrate(rate: RateFunction, from = 0, to = rate.end): number {
  const start = Math.max(0, from);
  const end = Math.min(rate.end, to);
  let sum = 0;
  if (!(end > start)) return sum;
  for (let i = pieceAt(rate, start); i < rate.t.length && rate.t[i]! < end; i++) {
    const a = Math.max(start, rate.t[i]!);
    const b = Math.min(end, pieceEnd(rate, i));
    sum += ((rateInPiece(rate, i, a) + rateInPiece(rate, i, b)) / 2) * (b - a);
  }
  return sum;
}

/** Time average of λ over [from, to], 1/s; NaN for an empty stretch. */
export function mean(rate: RateFunction, from = 0, to = rate.end): number {
  const length = Math.min(rate.end, to) - Math.max(0, from);
  return length > 0 ? integrate(rate, from, to) / length : NaN;
}

/** Largest λ, 1/s. */
export function max(rate: RateFunction): number {
  let highest = 0;
  for (let i = 0; i < rate.t.length; i++) highest = Math.max(highest, rate.rateAtStart[i]!, rate.rateAtEnd[i]!);
  return highest;
}

/**
 * Combines two rate functions of the same end, corner by corner. Exact where `combine` keeps lines straight: always
 * for sums, and for products when one of the two is constant on each piece.
 */
export function combine(
  a: RateFunction,
  b: RateFunction,
  operation: (rateA: number, rateB: number) => number,
): RateFunction {
  const builder = new PieceBuilder();
  let i = 0;
  let j = 0;
  let t = 0;
  while (i < a.t.length && j < b.t.length) {
    const endA = pieceEnd(a, i);
    const endB = pieceEnd(b, j);
    const next = Math.min(endA, endB);
    builder.add(
      t,
      operation(
        t === a.t[i] ? a.rateAtStart[i]! : rateInPiece(a, i, t),
        t === b.t[j] ? b.rateAtStart[j]! : rateInPiece(b, j, t),
      ),
      operation(
        next === endA ? a.rateAtEnd[i]! : rateInPiece(a, i, next),
        next === endB ? b.rateAtEnd[j]! : rateInPiece(b, j, next),
      ),
    );
    if (endA === next) i++;
    if (endB === next) j++;
    t = next;
  }
  return builder.build(a.end);
}

export function add(a: RateFunction, b: RateFunction): RateFunction {
  return combine(a, b, (x, y) => x + y);
}

export function scale(rate: RateFunction, factor: number): RateFunction {
  if (factor === 1) return rate;
  return {
    ...rate,
    rateAtStart: rate.rateAtStart.map((r) => r * factor),
    rateAtEnd: rate.rateAtEnd.map((r) => r * factor),
  };
}

/** max(0, λ): pieces that cross zero are split where they do. */
export function clipAtZero(rate: RateFunction): RateFunction {
  if (rate.rateAtStart.every((r) => r >= 0) && rate.rateAtEnd.every((r) => r >= 0)) return rate;
  const builder = new PieceBuilder();
  for (let i = 0; i < rate.t.length; i++) {
    const start = rate.t[i]!;
    const from = rate.rateAtStart[i]!;
    const to = rate.rateAtEnd[i]!;
    if (from * to < 0) {
      const crossing = start + ((pieceEnd(rate, i) - start) * from) / (from - to);
      builder.add(start, Math.max(0, from), 0);
      if (crossing < pieceEnd(rate, i)) builder.add(crossing, 0, Math.max(0, to));
    } else {
      builder.add(start, Math.max(0, from), Math.max(0, to));
    }
  }
  return builder.build(rate.end);
}
