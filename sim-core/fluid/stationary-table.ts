import { continueErlangB, delayFromBlocking, erlangB } from '../queueing/erlang.ts';
import { mgc } from '../queueing/mgc.ts';

/** The M/G/c queue in balance whose mean number in system is given, see `StationaryTable.find`. */
export interface Balance {
  /** busy ÷ all slots, 0 … 1 */
  utilisation: number;
  /** its derivative by the mean number in system */
  slope: number;
  /** probability that an arrival waits */
  delayProbability: number;
  /** variance of the number in system */
  variance: number;
}

/** Ratio of 1 − ρ from one node to the next, and the smallest one: beyond it the queue is taken for a straight fluid. */
const ratio = 0.95;
const nearest = 1e-6;

/**
 * The balanced M/G/c queue read backwards: not from load to queue but from the mean number in system to the load that
 * keeps it there. Erlang's formulas at some 270 loads, straight lines between them.
 *
 * Waits of general service, and of arrivals that are no Poisson process, are M/M/c's times the factor by which Kimura's
 * mean wait (see mgc.ts) exceeds it and (c²ₐ + c²ₛ) ÷ (1 + c²ₛ) after Allen and Cunneen. Variance of the number in system:
 * a(1 − C) + 2(c − a)L + Cρ(1 + ρ)/(1 − ρ)² − L², L = Cρ/(1 − ρ), for M/M/c; its queue scales with the same factor.
 */
export class StationaryTable {
  private readonly numbers: Float64Array;
  private readonly utilisations: Float64Array;
  private readonly delays: Float64Array;
  private readonly variances: Float64Array;
  private at = 0;

  /**
   * @param servers c ≥ 1
   * @param serviceScv c²ₛ of the service time
   * @param arrivalScv c²ₐ of the gaps between arrivals; 1 for Poisson
   */
  constructor(
    readonly servers: number,
    serviceScv: number,
    arrivalScv: number,
  ) {
    const gaps: number[] = [1];
    while (gaps.at(-1)! > nearest) gaps.push(gaps.at(-1)! * ratio);
    const nodes = gaps.length;
    this.numbers = new Float64Array(nodes);
    this.utilisations = new Float64Array(nodes);
    this.delays = new Float64Array(nodes);
    this.variances = new Float64Array(nodes);
    const arrivalFactor = (arrivalScv + serviceScv) / (1 + serviceScv);
    for (let i = 1; i < nodes; i++) {
      const gap = gaps[i]!;
      const rho = 1 - gap;
      const load = servers * rho;
      // Twelve standard deviations below: nobody waits, and the recursion would be a long way to e⁻⁷².
      const quiet = servers - load > 12 * Math.sqrt(servers);
      const delay = quiet ? 0 : delayFromBlocking(erlangB(servers, load), servers, load);
      const plain = (delay * rho) / gap;
      const system = { arrivalRate: load, serviceTimeMean: 1, serviceScv, servers };
      const kimura = plain > 0 ? (load * mgc.formulas.waitingTimeMean(system, delay)) / plain : 1;
      const factor = kimura * arrivalFactor;
      const queue = plain * factor;
      const queueSquare = ((delay * rho * (1 + rho)) / (gap * gap)) * factor * factor;
      this.numbers[i] = load + queue;
      this.utilisations[i] = rho;
      this.delays[i] = delay;
      this.variances[i] = load * (1 - delay) + 2 * (servers - load) * queue + queueSquare - queue * queue;
    }
  }

  /** The queue in balance with this mean number in system, ≥ 0. Neighbouring questions are answered fastest. */
  find(number: number, into: Balance): void {
    const { numbers, utilisations, delays, variances } = this;
    const last = numbers.length - 1;
    if (number >= numbers[last]!) {
      const queue = number - this.servers;
      into.utilisation = 1 - (1 - utilisations[last]!) * ((numbers[last]! - this.servers) / queue);
      into.slope = (1 - into.utilisation) / queue;
      into.delayProbability = 1 - (1 - delays[last]!) * ((numbers[last]! - this.servers) / queue);
      into.variance = queue * queue;
      this.at = last - 1;
      return;
    }
    let i = this.at;
    while (i > 0 && numbers[i]! > number) i--;
    while (i < last - 1 && numbers[i + 1]! <= number) i++;
    this.at = i;
    const width = numbers[i + 1]! - numbers[i]!;
    const share = (number - numbers[i]!) / width;
    into.slope = (utilisations[i + 1]! - utilisations[i]!) / width;
    into.utilisation = utilisations[i]! + into.slope * (number - numbers[i]!);
    into.delayProbability = delays[i]! + (delays[i + 1]! - delays[i]!) * share;
    into.variance = variances[i]! + (variances[i + 1]! - variances[i]!) * share;
  }
}

/** Erlang's loss system read backwards: P(all busy) of M/M/c/c by its mean number in system, for queues of no room. */
export class LossTable {
  private readonly numbers: number[] = [0];
  private readonly blocked: number[] = [0];

  constructor(readonly servers: number) {
    // Loads up to a thousand times the servers; beyond, blocking is 1 − c/a to the last digit that matters.
    for (let load = servers / 1024; load <= servers * 1024; load *= 1.08) {
      const blocking = continueErlangB(1, 0, servers, load);
      this.numbers.push(load * (1 - blocking));
      this.blocked.push(blocking);
    }
  }

  find(number: number): number {
    const { numbers, blocked } = this;
    let low = 0;
    let high = numbers.length - 1;
    if (number >= numbers[high]!) return 1 - (1 - blocked[high]!) * Math.max(0, this.servers - number);
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if (numbers[middle]! <= number) low = middle;
      else high = middle;
    }
    const share = (number - numbers[low]!) / (numbers[high]! - numbers[low]!);
    return blocked[low]! + (blocked[high]! - blocked[low]!) * share;
  }
}
