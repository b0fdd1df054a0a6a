import { sinusoidalOfferedLoad, sinusoidalRateAt } from './infinite-server.ts';
import type { SinusoidalRate } from './infinite-server.ts';
import { smallestServers } from './staffing.ts';
import type { StaffingObjective } from './staffing.ts';

/**
 * How a rate that changes is turned into one steady state a staffing interval:
 * - `psa`: pointwise stationary, the steady state of each moment's rate, held for its interval's worst moment;
 * - `sipp-avg`, `sipp-max`: stationary independent period by period, at the interval's average or highest rate;
 * - `sipp-mix`: the average where the rate rises through the interval, the highest where it falls;
 * - `mol`: modified offered load, a = m(t) of Mt/G/∞, which comes later and lower than λ(t)·E[S].
 */
export const staffingMethods = ['psa', 'sipp-avg', 'sipp-max', 'sipp-mix', 'mol'] as const;
export type StaffingMethod = (typeof staffingMethods)[number];

export interface TimeVaryingRequest {
  readonly rate: SinusoidalRate;
  readonly serviceTimeMean: number;
  readonly serviceScv: number;
  readonly objective: StaffingObjective;
  /** s; the servers change only at its multiples */
  readonly staffingInterval: number;
  readonly method: StaffingMethod;
}

/** The servers of one staffing interval. */
export interface StaffedInterval {
  /** s */
  readonly start: number;
  /** 1/s: what the steady state is worked out for; λ of the worst moment, or m(t)/E[S] with `mol` */
  readonly arrivalRate: number;
  /** m(t) in its middle, erlang */
  readonly offeredLoad: number;
  readonly servers: number;
}

/** Moments looked at in a staffing interval. */
const moments = 24;

/**
 * Servers for one period of a sinusoidal rate, by M/G/c at the rate each method takes for an interval.
 *
 * PSA and SIPP suppose that the queue settles faster than the rate changes: fair while a service takes less than some
 * hundredth of the period. Beyond that the peak of the load lags behind the peak of the rate, and `mol` follows it.
 *
 * @see Green, Kolesar & Whitt, Coping with time-varying demand when setting staffing requirements, POM 16 (2007)
 * @see Jennings, Mandelbaum, Massey & Whitt, Server staffing to meet time-varying demand, Management Science 42 (1996)
 */
export function staffSinusoid(request: TimeVaryingRequest): StaffedInterval[] {
  const { rate, serviceTimeMean, serviceScv, staffingInterval, objective } = request;
  const count = Math.max(1, Math.ceil(rate.period / staffingInterval - 1e-9));
  return Array.from({ length: count }, (_, index) => {
    const start = index * staffingInterval;
    const arrivalRate = Math.max(0, rateOf(request, start));
    return {
      start,
      arrivalRate,
      offeredLoad: sinusoidalOfferedLoad(rate, serviceTimeMean, serviceScv, start + staffingInterval / 2),
      servers: smallestServers({ model: 'mgc', arrivalRate, serviceTimeMean, serviceScv, objective }).servers,
    };
  });
}

function rateOf({ rate, serviceTimeMean, serviceScv, staffingInterval, method }: TimeVaryingRequest, start: number) {
  const at = (share: number): number => sinusoidalRateAt(rate, start + share * staffingInterval);
  let highest = -Infinity;
  let sum = 0;
  let highestLoad = -Infinity;
  for (let k = 0; k <= moments; k += 1) {
    const moment = start + (k / moments) * staffingInterval;
    highest = Math.max(highest, at(k / moments));
    sum += at(k / moments) * (k === 0 || k === moments ? 0.5 : 1);
    highestLoad = Math.max(highestLoad, sinusoidalOfferedLoad(rate, serviceTimeMean, serviceScv, moment));
  }
  switch (method) {
    case 'psa':
    case 'sipp-max':
      return highest;
    case 'sipp-avg':
      return sum / moments;
    case 'sipp-mix':
      return at(1) > at(0) ? sum / moments : highest;
    case 'mol':
      return highestLoad / serviceTimeMean;
  }
}
