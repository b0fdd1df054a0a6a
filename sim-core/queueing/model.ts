import { erlangC } from './erlang.ts';
import { checkProbability, quantileOfTail } from './tail-quantile.ts';

/** A station with one queue, first come first served, and identical servers, in steady state. */
export interface QueueSystem {
  /** λ, 1/s, ≥ 0, finite; arrivals are Poisson */
  readonly arrivalRate: number;
  /** E[S] = 1/μ, s, > 0, finite */
  readonly serviceTimeMean: number;
  /** c²ₛ = Var[S] ÷ E[S]², ≥ 0, finite; 1 for exponential service, 0 for constant */
  readonly serviceScv: number;
  /** c, integer ≥ 1: request slots = ready replicas × concurrency */
  readonly servers: number;
}

/** What a model says of a system in steady state. Times and lengths are Infinity when a ≥ c: the queue never settles. */
export interface QueuePrediction {
  /** a = λ·E[S], erlang */
  readonly offeredLoad: number;
  /** a/c; a steady state exists below 1 */
  readonly trafficIntensity: number;
  /** busy ÷ all server-seconds: min(a/c, 1) */
  readonly utilisation: number;
  /** P(W > 0); 1 when a ≥ c */
  readonly delayProbability: number;
  /** Wq, s */
  readonly waitingTimeMean: number;
  /** W = Wq + E[S], s */
  readonly sojournTimeMean: number;
  /** Lq = λ·Wq, requests */
  readonly queueLengthMean: number;
  /** L = λ·W, requests */
  readonly numberInSystemMean: number;
}

/** A queueing model: numbers for a system, and the distributions of its waiting and sojourn times. */
export interface QueueModel {
  readonly name: string;
  /** `M/M/c` */
  readonly title: string;
  /** one sentence: what it takes for granted */
  readonly assumptions: string;
  /** one or two sentences: how far its numbers can be trusted */
  readonly accuracy: string;
  /** @throws RangeError for a system out of range */
  predict(system: QueueSystem): QueuePrediction;
  /** P(W > seconds); 1 when a ≥ c. @throws RangeError for a system out of range */
  waitingTimeTail(system: QueueSystem, seconds: number): number;
  /** P(W + S > seconds); 1 when a ≥ c. @throws RangeError for a system out of range */
  sojournTimeTail(system: QueueSystem, seconds: number): number;
  /**
   * Smallest t with P(W ≤ t) ≥ p, s; 0 when fewer than 1 − p wait at all, Infinity when a ≥ c.
   * @param p in [0, 1)
   * @throws RangeError for p or a system out of range
   */
  waitingTimeQuantile(system: QueueSystem, p: number): number;
  /**
   * Smallest t with P(W + S ≤ t) ≥ p, s; Infinity when a ≥ c.
   * @param p in [0, 1)
   * @throws RangeError for p or a system out of range
   */
  sojournTimeQuantile(system: QueueSystem, p: number): number;
  /** The formulas behind it, for searches that carry the delay probability along. */
  readonly formulas: QueueFormulas;
}

/**
 * What distinguishes one model from another, given the delay probability C of a stable system (a < c). The costly part,
 * Erlang's recursion, is left to the caller.
 */
export interface QueueFormulas {
  waitingTimeMean(system: QueueSystem, delayProbability: number): number;
  waitingTimeTail(system: QueueSystem, delayProbability: number, seconds: number): number;
  sojournTimeTail(system: QueueSystem, delayProbability: number, seconds: number): number;
  /** P(S > seconds) */
  serviceTimeTail(system: QueueSystem, seconds: number): number;
  /** Smallest t with P(S ≤ t) ≥ p, p in [0, 1) */
  serviceTimeQuantile(system: QueueSystem, p: number): number;
}

type Description = Pick<QueueModel, 'name' | 'title' | 'assumptions' | 'accuracy'>;

/** A model from its formulas: checks, Erlang C, the limit a ≥ c, Little's law and quantiles are the same for all. */
export function createModel(description: Description, formulas: QueueFormulas): QueueModel {
  /** Runs `use` with C(c, a) of a stable system; `otherwise` when a ≥ c. */
  const whenStable = (system: QueueSystem, otherwise: number, use: (delayProbability: number) => number): number => {
    checkSystem(system);
    const offeredLoad = system.arrivalRate * system.serviceTimeMean;
    return offeredLoad < system.servers ? use(erlangC(system.servers, offeredLoad)) : otherwise;
  };
  return {
    ...description,
    formulas,
    predict(system) {
      checkSystem(system);
      return predictGiven(formulas, system, erlangC(system.servers, system.arrivalRate * system.serviceTimeMean));
    },
    waitingTimeTail: (system, seconds) =>
      whenStable(system, 1, (delay) => formulas.waitingTimeTail(system, delay, seconds)),
    sojournTimeTail: (system, seconds) =>
      whenStable(system, 1, (delay) => formulas.sojournTimeTail(system, delay, seconds)),
    waitingTimeQuantile(system, p) {
      checkProbability(p);
      return whenStable(system, Infinity, (delay) =>
        quantileOfTail((seconds) => formulas.waitingTimeTail(system, delay, seconds), p, system.serviceTimeMean),
      );
    },
    sojournTimeQuantile(system, p) {
      checkProbability(p);
      return whenStable(system, Infinity, (delay) =>
        quantileOfTail((seconds) => formulas.sojournTimeTail(system, delay, seconds), p, system.serviceTimeMean),
      );
    },
  };
}

/** The prediction once C(c, a) is known. */
export function predictGiven(formulas: QueueFormulas, system: QueueSystem, delayProbability: number): QueuePrediction {
  const { arrivalRate, serviceTimeMean, servers } = system;
  const offeredLoad = arrivalRate * serviceTimeMean;
  const trafficIntensity = offeredLoad / servers;
  const waitingTimeMean = trafficIntensity < 1 ? formulas.waitingTimeMean(system, delayProbability) : Infinity;
  const sojournTimeMean = waitingTimeMean + serviceTimeMean;
  return {
    offeredLoad,
    trafficIntensity,
    utilisation: Math.min(trafficIntensity, 1),
    delayProbability,
    waitingTimeMean,
    sojournTimeMean,
    queueLengthMean: arrivalRate * waitingTimeMean,
    numberInSystemMean: arrivalRate * sojournTimeMean,
  };
}

/** @throws RangeError unless every number of the system is in its range */
export function checkSystem(system: QueueSystem): void {
  const { arrivalRate, serviceTimeMean, serviceScv, servers } = system;
  if (!(arrivalRate >= 0 && arrivalRate < Infinity))
    throw new RangeError(`arrivalRate must be finite and ≥ 0, not ${arrivalRate}`);
  if (!(serviceTimeMean > 0 && serviceTimeMean < Infinity))
    throw new RangeError(`serviceTimeMean must be finite and > 0, not ${serviceTimeMean}`);
  if (!(serviceScv >= 0 && serviceScv < Infinity))
    throw new RangeError(`serviceScv must be finite and ≥ 0, not ${serviceScv}`);
  if (!Number.isSafeInteger(servers) || servers < 1)
    throw new RangeError(`servers must be an integer ≥ 1, not ${servers}`);
}
