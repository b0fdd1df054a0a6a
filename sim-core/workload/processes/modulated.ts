import type { Sampler } from '../../random/contract.ts';
import type { ArrivalProcess, RateFunction } from '../contract.ts';
import { TimeChange } from '../time-change.ts';
import { ModulatedRate } from './modulation.ts';
import type { Modulation } from './modulation.ts';

/** Pieces of the modulated rate that are made at once. */
const stretch = 4096;

/** Arrivals around a rate that a modulation multiplies: Poisson increments make it a doubly stochastic Poisson process. */
export class ModulatedArrivals implements ArrivalProcess {
  private readonly rate: ModulatedRate;
  private readonly arrivals: TimeChange;

  constructor(rate: RateFunction, modulation: Modulation, increments: Sampler) {
    this.rate = new ModulatedRate(rate, modulation);
    this.arrivals = new TimeChange({ ...rate, t: new Float64Array(0), end: 0 }, increments);
  }

  fill(target: Float64Array): number {
    let n = this.arrivals.fill(target);
    while (n < target.length) {
      const next = this.rate.next(stretch);
      if (next === undefined) break;
      this.arrivals.continueAlong(next);
      n += this.arrivals.fill(target.subarray(n));
    }
    return n;
  }
}

/** Pieces a whole modulated rate may have before it is averaged. */
const mostPieces = 200_000;

/**
 * The whole of a modulated rate, for an engine that draws no arrivals: exact where it has few pieces, otherwise averaged
 * over equal parts of the horizon.
 */
export function modulatedRate(rate: RateFunction, createModulation: () => Modulation): RateFunction {
  const exact = new ModulatedRate(rate, createModulation());
  const first = exact.next(mostPieces);
  if (first === undefined || first.end >= rate.end) return first ?? rate;
  const mass = new Float64Array(mostPieces);
  const width = rate.end / mostPieces;
  const stretches = new ModulatedRate(rate, createModulation());
  for (let part = stretches.next(stretch); part !== undefined; part = stretches.next(stretch))
    addMass(part, width, mass);
  const average = mass.map((expected) => expected / width);
  return {
    t: Float64Array.from({ length: mostPieces }, (_, cell) => cell * width),
    rateAtStart: average,
    rateAtEnd: average,
    end: rate.end,
  };
}

/** Adds the expected arrivals of a stretch to the cells they fall into. */
function addMass({ t, rateAtStart, rateAtEnd, end }: RateFunction, width: number, mass: Float64Array): void {
  for (let piece = 0; piece < t.length; piece++) {
    const from = t[piece]!;
    const to = t[piece + 1] ?? end;
    const slope = (rateAtEnd[piece]! - rateAtStart[piece]!) / (to - from);
    let start = from;
    for (let cell = Math.floor(from / width); start < to; cell++) {
      const stop = Math.min(to, Math.max(start, (cell + 1) * width));
      const last = Math.min(cell, mass.length - 1);
      mass[last] = mass[last]! + (rateAtStart[piece]! + slope * ((start + stop) / 2 - from)) * (stop - start);
      start = cell >= mass.length ? to : stop;
    }
  }
}
