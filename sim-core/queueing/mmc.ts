import { exp, expm1, log1p } from '../units/math.ts';
import { createModel } from './model.ts';
import type { QueueFormulas, QueueSystem } from './model.ts';

/** η = cμ − λ, 1/s: how fast the queue empties while every server is busy. */
function drainRate(system: QueueSystem): number {
  return system.servers / system.serviceTimeMean - system.arrivalRate;
}

const formulas: QueueFormulas = {
  waitingTimeMean: (system, delayProbability) => delayProbability / drainRate(system),
  waitingTimeTail: (system, delayProbability, seconds) => delayProbability * exp(-drainRate(system) * seconds),
  sojournTimeTail(system, delayProbability, seconds) {
    const serviceRate = 1 / system.serviceTimeMean;
    const servedAtOnce = exp(-serviceRate * seconds);
    return (
      (1 - delayProbability) * servedAtOnce + delayProbability * twoStageTail(drainRate(system), serviceRate, seconds)
    );
  },
  serviceTimeTail: (system, seconds) => exp(-seconds / system.serviceTimeMean),
  serviceTimeQuantile: (system, p) => -system.serviceTimeMean * log1p(-p),
};

/** P(X + Y > t) for independent exponential X and Y with these rates, also where they are nearly equal. */
function twoStageTail(first: number, second: number, seconds: number): number {
  const slow = Math.min(first, second);
  const gap = Math.abs(first - second);
  const spread = gap * seconds < 1e-12 ? seconds : -expm1(-gap * seconds) / gap;
  return exp(-slow * seconds) * (1 + slow * spread);
}

/**
 * M/M/c: Poisson arrivals, exponential service, c servers, one queue without limit. All of it follows from Erlang C: a
 * customer waits with probability C(c, a), and then for an exponential time with rate η = cμ − λ.
 *
 * Wq = C ÷ η, P(W > t) = C·e^(−ηt), P(W + S > t) = (1 − C)·e^(−μt) + C·P(Exp(η) + Exp(μ) > t).
 *
 * `serviceScv` plays no part. Exact for every stable system; tested up to c = 10⁵.
 *
 * @see Gross et al., Fundamentals of Queueing Theory, 4th ed., sec. 2.3
 * @example mmc.predict({ arrivalRate: 4, serviceTimeMean: 1, serviceScv: 1, servers: 5 }).waitingTimeMean // 0.5541
 */
export const mmc = createModel(
  {
    name: 'mmc',
    title: 'M/M/c',
    assumptions:
      'Poisson arrivals, exponential service times, identical servers, one queue without limit, steady state.',
    accuracy: 'Exact under its assumptions.',
  },
  formulas,
);
