import { exp, expm1, log } from '../units/math.ts';
import { erlangB } from './erlang.ts';
import { quantileOfTail } from './tail-quantile.ts';

/** A station whose customers give up. */
export interface ImpatientSystem {
  /** λ, 1/s, ≥ 0 */
  readonly arrivalRate: number;
  /** 1/μ, s, > 0 */
  readonly serviceTimeMean: number;
  /** c, integer ≥ 1 */
  readonly servers: number;
  /** 1/θ, s, > 0: exponential time after which somebody who still waits leaves */
  readonly patienceMean: number;
}

/** What Erlang A says of it. */
export interface ImpatientQueue {
  /** P(W > 0) */
  readonly delayProbability: number;
  readonly abandonmentProbability: number;
  /** mean time in the queue of everybody, s */
  readonly waitingTimeMean: number;
  /** … of those who are served at last, s */
  readonly waitingTimeServedMean: number;
  /** … of those who give up, s; NaN when nobody does */
  readonly waitingTimeAbandonedMean: number;
  /** Lq, requests */
  readonly queueLengthMean: number;
  /** L, requests */
  readonly numberInSystemMean: number;
}

/** Terms of the queue's series that are summed at most; `(λ − cμ)/θ` and its like must stay below. */
const mostTerms = 50_000_000;

/** Sums over the states with j = 0, 1, … waiting, weighted as tⱼ = Π λ/(cμ + iθ), all times `scale`. */
interface QueueSeries {
  /** 1, scaled */
  readonly unit: number;
  /** log of what everything was divided by */
  readonly logScale: number;
  /** Σ tⱼ */
  readonly sum: number;
  /** Σ j·tⱼ */
  readonly queue: number;
  /** Σ tⱼ·P(served | finds j waiting) */
  readonly served: number;
  /** Σ tⱼ·E[W; served | finds j waiting], in units of 1/μ */
  readonly servedWait: number;
}

/**
 * Who finds j waiting is served if every one of j + 1 departures (the queue's own shrinking included) comes before the
 * patience ends: with probability cμ ÷ (cμ + (j + 1)θ), after Σᵢ₌₁…ⱼ₊₁ 1/(cμ + iθ) on average.
 * @param a λ/μ
 * @param impatience θ/μ
 */
function sumQueue(a: number, servers: number, impatience: number): QueueSeries {
  let unit = 1;
  let logScale = 0;
  let term = 1;
  let steps = 1 / (servers + impatience);
  let served = servers * steps;
  let servedWait = served * steps;
  let sum = 1;
  let queue = 0;
  for (let j = 1; ; j += 1) {
    const ratio = a / (servers + j * impatience);
    term *= ratio;
    steps += 1 / (servers + (j + 1) * impatience);
    const share = servers / (servers + (j + 1) * impatience);
    sum += term;
    queue += j * term;
    served += term * share;
    servedWait += term * share * steps;
    if (ratio < 1 && term * (j + 1) <= 1e-18 * (1 - ratio) * (1 - ratio) * (sum + queue)) break;
    if (sum > 1e200) {
      unit *= 1e-200;
      logScale += log(1e200);
      term *= 1e-200;
      sum *= 1e-200;
      queue *= 1e-200;
      served *= 1e-200;
      servedWait *= 1e-200;
    }
    if (j > mostTerms) throw new RangeError(`patience is so long that more than ${mostTerms} waiting requests matter`);
  }
  return { unit, logScale, sum, queue, served, servedWait };
}

/**
 * M/M/c+M (Erlang A, Palm): Poisson arrivals, exponential service, exponential patience. Exact, at every load: those who
 * leave keep it stable. States up to c by Erlang B, those above by the series Σⱼ Π λ/(cμ + iθ), all of whose terms are
 * positive; no factorial, no cancellation.
 *
 * @throws RangeError when patience is more than some 10⁷ services long and the load above capacity
 * @see Garnett, Mandelbaum & Reiman, Designing a call center with impatient customers, M&SOM 4 (2002)
 * @example erlangA({ arrivalRate: 10, serviceTimeMean: 1, servers: 10, patienceMean: 2 }).abandonmentProbability // 0.1039
 */
export function erlangA(system: ImpatientSystem): ImpatientQueue {
  const { arrivalRate, serviceTimeMean, servers, patienceMean } = system;
  const a = arrivalRate * serviceTimeMean;
  if (a === 0) {
    const none = { delayProbability: 0, abandonmentProbability: 0, waitingTimeMean: 0, waitingTimeServedMean: 0 };
    return { ...none, waitingTimeAbandonedMean: NaN, queueLengthMean: 0, numberInSystemMean: 0 };
  }
  const series = sumQueue(a, servers, serviceTimeMean / patienceMean);
  const blocking = erlangB(servers, a);
  // P(N = c) in units of the scaled series. 1/B may overflow where nobody would ever wait.
  const inverse = blocking > 0 ? 1 / (series.unit * (1 / blocking - 1) + series.sum) : 0;
  const queueLengthMean = series.queue * inverse;
  const waitingTimeMean = queueLengthMean / arrivalRate;
  const abandonmentProbability = waitingTimeMean / patienceMean;
  const servedWait = serviceTimeMean * series.servedWait * inverse;
  const served = 1 - series.sum * inverse + series.served * inverse;
  return {
    delayProbability: series.sum * inverse,
    abandonmentProbability,
    waitingTimeMean,
    waitingTimeServedMean: servedWait / served,
    waitingTimeAbandonedMean:
      abandonmentProbability > 0 ? (waitingTimeMean - servedWait) / abandonmentProbability : NaN,
    queueLengthMean,
    numberInSystemMean: queueLengthMean + a * served,
  };
}

/**
 * Smallest t with P(time in the queue ≤ t) ≥ p over all customers, s. P(W > t) = e^(−θt)·P(V > t), and the wait V that
 * endless patience would meet has P(V > t) ∝ J(t) = ∫ₜ exp(λ/θ·(1 − e^(−θx)) − cμx) dx, which is J(0) of a station with
 * the arrival rate λe^(−θt), times a factor: the same series.
 * @see Zeltyn & Mandelbaum, Call centers with impatient customers: many-server asymptotics, Queueing Systems 51 (2005)
 */
export function erlangAWaitQuantile(system: ImpatientSystem, p: number): number {
  const { arrivalRate, serviceTimeMean, servers, patienceMean } = system;
  const a = arrivalRate * serviceTimeMean;
  const impatience = serviceTimeMean / patienceMean;
  const { delayProbability } = erlangA(system);
  if (delayProbability <= 1 - p) return 0;
  const atOnce = sumQueue(a, servers, impatience);
  const tail = (services: number): number => {
    const gone = -expm1(-impatience * services);
    const later = sumQueue(a * (1 - gone), servers, impatience);
    const exponent = (a / impatience) * gone - servers * services - impatience * services;
    return delayProbability * exp(exponent + later.logScale - atOnce.logScale + log(later.sum) - log(atOnce.sum));
  };
  return serviceTimeMean * quantileOfTail(tail, p, 1);
}
