import { erlangC } from './erlang.ts';

/** One class of requests; classes are given in the order in which they are served. */
export interface PriorityClass {
  /** 1/s */
  readonly arrivalRate: number;
  /** s */
  readonly serviceTimeMean: number;
  readonly serviceScv: number;
}

/**
 * Mean wait of each class in an M/G/1 queue whose server always takes next the first of the highest class and finishes
 * what it began (Cobham):
 *
 * Wₖ = R ÷ ((1 − σₖ₋₁)(1 − σₖ)), R = Σ λᵢE[Sᵢ²]/2 over all classes, σₖ = ρ₁ + … + ρₖ.
 *
 * Exact. A class is unstable (Infinity) when it and those before it fill the server; the ones before it are not, but
 * then R no longer grows: the class that is starved is served whenever the ones above leave room.
 *
 * @returns s, one a class
 * @see Cobham, Priority assignment in waiting line problems, Operations Research 2 (1954)
 */
export function nonPreemptiveWaits(classes: readonly PriorityClass[]): number[] {
  let used = 0;
  let residual = 0;
  for (const { arrivalRate, serviceTimeMean, serviceScv } of classes) {
    const load = arrivalRate * serviceTimeMean;
    // In overload the class at the border gets what is left, those after it nothing.
    const share = load > 0 ? Math.min(1, Math.max(0, 1 - used) / load) : 0;
    residual += (share * load * serviceTimeMean * (1 + serviceScv)) / 2;
    used += load;
  }
  let before = 0;
  return classes.map(({ arrivalRate, serviceTimeMean }) => {
    const upTo = before + arrivalRate * serviceTimeMean;
    const wait = upTo < 1 ? residual / ((1 - before) * (1 - upTo)) : Infinity;
    before = upTo;
    return wait;
  });
}

/**
 * Mean sojourn time of each class in an M/G/1 queue in which a higher class interrupts, and what was interrupted goes on
 * where it stopped (preemptive resume):
 *
 * Tₖ = E[Sₖ]/(1 − σₖ₋₁) + Σᵢ≤ₖ λᵢE[Sᵢ²]/2 ÷ ((1 − σₖ₋₁)(1 − σₖ)).
 *
 * Exact; lower classes do not matter to higher ones.
 *
 * @returns s, one a class
 * @see Gross et al., Fundamentals of Queueing Theory, 4th ed., sec. 3.4
 */
export function preemptiveSojourns(classes: readonly PriorityClass[]): number[] {
  let before = 0;
  let residual = 0;
  return classes.map(({ arrivalRate, serviceTimeMean, serviceScv }) => {
    const load = arrivalRate * serviceTimeMean;
    residual += (load * serviceTimeMean * (1 + serviceScv)) / 2;
    const upTo = before + load;
    const sojourn = upTo < 1 ? serviceTimeMean / (1 - before) + residual / ((1 - before) * (1 - upTo)) : Infinity;
    before = upTo;
    return sojourn;
  });
}

/**
 * Mean wait of each class in an M/M/c queue with non-preemptive priorities and one mean service time for all:
 * Wₖ = C(c, a)·S/c ÷ ((1 − σₖ₋₁)(1 − σₖ)), σₖ = (λ₁ + … + λₖ)·S/c.
 *
 * @param arrivalRates 1/s, in the order of priority
 * @returns s, one a class
 * @see Kella & Yechiali, Waiting times in the non-preemptive priority M/M/c queue, Stochastic Models 1 (1985)
 */
export function multiServerPriorityWaits(
  arrivalRates: readonly number[],
  serviceTimeMean: number,
  servers: number,
): number[] {
  const offeredLoad = arrivalRates.reduce((sum, rate) => sum + rate, 0) * serviceTimeMean;
  const residual = (erlangC(servers, offeredLoad) * serviceTimeMean) / servers;
  let before = 0;
  return arrivalRates.map((rate) => {
    const upTo = before + (rate * serviceTimeMean) / servers;
    const wait = upTo < 1 ? residual / ((1 - before) * (1 - upTo)) : Infinity;
    before = upTo;
    return wait;
  });
}

/**
 * Mean sojourn time of each class in an M/M/c queue in which a higher class interrupts, with one exponential service time
 * for all: those up to class k are an M/M/c queue by themselves, so that Tₖ = (L(Λₖ) − L(Λₖ₋₁))/λₖ, L the number inside.
 *
 * Exact. Of a class that does not come, what a rare request of it would see.
 *
 * @param arrivalRates 1/s, in the order of priority
 * @returns s, one a class
 * @see Buzen & Bondi, The response times of priority classes under preemptive resume in M/M/m queues, Operations Research 31 (1983)
 */
export function multiServerPreemptiveSojourns(
  arrivalRates: readonly number[],
  serviceTimeMean: number,
  servers: number,
): number[] {
  const inside = (rate: number): number => {
    const load = rate * serviceTimeMean;
    return load < servers ? load + (erlangC(servers, load) * load) / (servers - load) : Infinity;
  };
  let before = 0;
  return arrivalRates.map((given) => {
    const rate = Math.max(given, (1e-6 * servers) / serviceTimeMean);
    const sojourn = before * serviceTimeMean < servers ? (inside(before + rate) - inside(before)) / rate : Infinity;
    before += given;
    return sojourn;
  });
}
