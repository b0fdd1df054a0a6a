import { expm1, exp, log } from '../units/math.ts';
import { poissonMass } from '../units/special.ts';
import { erlangB } from './erlang.ts';
import { quantileOfTail } from './tail-quantile.ts';

/** An M/M/c/K system in steady state: at most K requests inside, others are turned away. */
export interface FiniteQueue {
  /** P(N = K): share of the arrivals turned away */
  readonly blockingProbability: number;
  /** share of those let in that wait */
  readonly delayProbability: number;
  /** mean wait of those let in, s */
  readonly waitingTimeMean: number;
  /** Lq, requests */
  readonly queueLengthMean: number;
  /** L, requests */
  readonly numberInSystemMean: number;
}

/**
 * M/M/c/K by growing the room one place at a time: with a = λ/μ,
 *
 * P_K = a·P_(K−1) ÷ (min(K, c) + a·P_(K−1)), L_K = (1 − P_K)·L_(K−1) + P_K·K,
 *
 * of which Erlang B is the part up to c. All terms are positive and at most 1: stable at any load, also above 1, and at
 * any K. Those let in find the system as one with K − 1 places would be.
 *
 * @param servers c, integer ≥ 1
 * @param capacity K, integer ≥ c
 * @param arrivalRate λ, 1/s, ≥ 0
 * @param serviceTimeMean 1/μ, s
 * @see Gross et al., Fundamentals of Queueing Theory, 4th ed., sec. 2.5
 */
export function finiteQueue(
  servers: number,
  capacity: number,
  arrivalRate: number,
  serviceTimeMean: number,
): FiniteQueue {
  const offeredLoad = arrivalRate * serviceTimeMean;
  let blocking = erlangB(servers, offeredLoad);
  let busy = blocking;
  let queueLengthMean = 0;
  let delayProbability = 0;
  for (let places = servers + 1; places <= capacity; places += 1) {
    delayProbability = busy;
    const weighted = offeredLoad * blocking;
    blocking = weighted / (servers + weighted);
    busy = (1 - blocking) * busy + blocking;
    queueLengthMean = (1 - blocking) * queueLengthMean + blocking * (places - servers);
  }
  const admitted = arrivalRate * (1 - blocking);
  return {
    blockingProbability: blocking,
    delayProbability,
    waitingTimeMean: admitted > 0 ? queueLengthMean / admitted : 0,
    queueLengthMean,
    numberInSystemMean: queueLengthMean + admitted * serviceTimeMean,
  };
}

/**
 * Smallest t with P(W ≤ t) ≥ p for those let in, s. Who finds c + j requests waits for j + 1 departures at rate cμ:
 * P(W > t) = Σᵢ P(Poisson(cμt) = i)·P(finds c + i or more).
 */
export function finiteQueueWaitQuantile(
  servers: number,
  capacity: number,
  arrivalRate: number,
  serviceTimeMean: number,
  p: number,
): number {
  const { delayProbability } = finiteQueue(servers, capacity, arrivalRate, serviceTimeMean);
  const places = capacity - servers;
  const logRatio = arrivalRate > 0 ? log((arrivalRate * serviceTimeMean) / servers) : -Infinity;
  const foundAtLeast = (more: number): number => {
    const left = places - more;
    if (Math.abs(logRatio) < 1e-14) return left / places;
    return logRatio < 0
      ? (exp(more * logRatio) * expm1(left * logRatio)) / expm1(places * logRatio)
      : expm1(-left * logRatio) / expm1(-places * logRatio);
  };
  const tail = (seconds: number): number => {
    const departures = (servers / serviceTimeMean) * seconds;
    const reach = 40 + 9 * Math.sqrt(departures);
    const first = Math.max(0, Math.floor(departures - reach));
    const last = Math.min(places - 1, Math.ceil(departures + reach));
    let mass = first <= last ? poissonMass(first, departures) : 0;
    let sum = 0;
    for (let i = first; i <= last; i += 1) {
      sum += mass * foundAtLeast(i);
      mass *= departures / (i + 1);
    }
    return delayProbability * sum;
  };
  return delayProbability === 0 ? 0 : quantileOfTail(tail, p, serviceTimeMean);
}
