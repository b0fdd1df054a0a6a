import { exp } from '../units/math.ts';
import { LossTable, StationaryTable, type Balance } from './stationary-table.ts';
import { densityAtEnd, tiltOf } from './truncated-exponential.ts';

/** Variances this many times the balanced one are taken as they are; beyond, mean and variance say too little. */
const widest = 4;
/** The idle share at most, as a multiple of the balanced one. */
const mostWidening = 8;
/** Squared coefficient of variation of the line at most. */
const widestLine = 1.5;

/** What does not change in a run. */
export interface QueueParameters {
  /** s, > 0 */
  readonly serviceTimeMean: number;
  readonly serviceScv: number;
  readonly arrivalScv: number;
  /** requests that may wait; Infinity for no limit */
  readonly queueCapacity: number;
  /** s; Infinity for none */
  readonly queueTimeout: number;
}

/** The service at one instant, in expectation. */
export interface QueueState {
  /** busy ÷ slots */
  utilisation: number;
  /** its derivative by the number in system */
  slope: number;
  /** probability that an arrival waits */
  delayProbability: number;
  /** requests waiting */
  queue: number;
  /** squared coefficient of variation of the line while there is one: 1 in balance, towards 0 in a fluid */
  queueScv: number;
  /** share of arrivals turned away, and of those that will not have the patience */
  rejected: number;
  impatient: number;
  /** variance in balance */
  variance: number;
}

/**
 * Tables of the runs so far: policies and replications of one service ask for the same. What a table was asked before
 * does not change an answer, so neither does who shares it.
 */
const tables = new Map<string, StationaryTable>();
/** Some three kilobytes each. */
const mostTables = 1000;

function tableOf(servers: number, serviceScv: number, arrivalScv: number): StationaryTable {
  const key = `${servers} ${serviceScv} ${arrivalScv}`;
  let table = tables.get(key);
  if (table === undefined) {
    if (tables.size >= mostTables) tables.clear();
    table = new StationaryTable(servers, serviceScv, arrivalScv);
    tables.set(key, table);
  }
  return table;
}

/**
 * Reads the law of the number in system off its mean and variance.
 *
 * In balance it is that of M/G/c with the load that has this mean (the pointwise stationary fluid flow approximation).
 * A line that grew in overload is narrower than a balanced one of the same length, one that has just been worked off is
 * wider. By how much, the ratio η of the variance to the balanced one says: it takes the idle share 1 − u from the
 * balanced one at η = 1 to that of a fluid, max(0, 1 − m/c), at η = 0, as the normal loss function would.
 *
 * A line with a limit (places, or patience) is an exponential between two walls: the mean tells its tilt, the tilt how
 * often it stands at either end. Without places it is Erlang's loss system.
 *
 * @see Wang, Tipper and Banerjee, A simple approximation for modeling nonstationary queues, INFOCOM 1996
 */
export class NumberInSystem {
  mean = 0;
  variance = 0;
  /** slots of ready replicas */
  servers = 0;
  private table: StationaryTable | undefined;
  private loss: LossTable | undefined;
  private readonly balance: Balance = { utilisation: 0, slope: 0, delayProbability: 0, variance: 0 };

  constructor(readonly parameters: QueueParameters) {}

  setServers(servers: number): void {
    this.servers = servers;
    if (servers === 0) return;
    const { serviceScv, arrivalScv, queueCapacity } = this.parameters;
    this.table = tableOf(servers, serviceScv, arrivalScv);
    if (queueCapacity < 1 && this.loss?.servers !== servers) this.loss = new LossTable(servers);
  }

  /**
   * @param number mean number in system
   * @param recent arrivals within the last `queueTimeout`: more cannot be waiting
   * @param rate of arrivals now, 1/s
   */
  read(number: number, recent: number, rate: number, into: QueueState): void {
    const { servers, balance, parameters } = this;
    const { queueCapacity, queueTimeout, serviceTimeMean } = parameters;
    into.rejected = 0;
    into.impatient = 0;
    if (servers === 0) {
      into.utilisation = 0;
      into.slope = 0;
      into.delayProbability = 1;
      into.queue = number;
      into.queueScv = 0;
      into.variance = Math.max(this.variance, number);
      if (number >= queueCapacity) into.rejected = 1;
      return;
    }
    this.table!.find(number, balance);
    into.variance = balance.variance;
    const below = number < servers;
    const fluid = below ? number / servers : 1;
    const fluidSlope = below ? 1 / servers : 0;
    if (queueCapacity < 1) {
      into.utilisation = fluid;
      into.slope = fluidSlope;
      into.delayProbability = 0;
      into.queue = Math.max(0, number - servers);
      into.queueScv = 1;
      into.rejected = this.loss!.find(number);
      return;
    }
    const spread = balance.variance > 1e-12 ? Math.min(widest, this.variance / balance.variance) : 1;
    let gapShare =
      Math.abs(spread - 1) > 1e-3 ? narrowing(Math.abs(number - servers) / Math.sqrt(balance.variance), spread) : 1;
    into.queueScv = Math.min(spread, widestLine);

    const balancedQueue = number - servers * balance.utilisation;
    const line = balance.delayProbability > 1e-9 ? balancedQueue / balance.delayProbability : 0;
    const room = Math.min(queueCapacity, recent);
    const filled = Math.min(line / room, 1 - 1e-9);
    let tilt = 0;
    const limited = filled > 0.02;
    if (limited) {
      tilt = tiltOf(filled);
      gapShare *= filled * (tilt / (1 - exp(-tilt)) || 1);
      if (filled > 0.5) into.queueScv = Math.min(into.queueScv, ((1 - filled) / filled) * ((1 - filled) / filled));
    }
    into.utilisation = Math.max(0, fluid - gapShare * (fluid - balance.utilisation));
    into.slope = Math.max(balance.slope / 2, fluidSlope - gapShare * (fluidSlope - balance.slope));
    into.delayProbability = below ? balance.delayProbability * gapShare : 1 - (1 - balance.delayProbability) * gapShare;
    into.queue = Math.max(0, number - servers * into.utilisation);
    if (!limited) return;
    if (into.queue > room) {
      // Who finds no place in a short line is in service instead.
      into.utilisation = Math.min(1, (number - room) / servers);
      into.slope = Math.max(into.slope, 1 / servers);
      into.queue = number - servers * into.utilisation;
    }
    const atOnce = queueCapacity <= recent ? queueCapacity : (servers / serviceTimeMean) * queueTimeout;
    let density = densityAtEnd(tilt) / atOnce;
    if (spread < 0.999)
      density *= exp((-(1 - spread) * (1 - filled) * (1 - filled)) / (2 * spread * filled * filled + 1e-12));
    // No more is lost than keeps the line at its limit, but for what chance adds.
    const surplus = rate > 0 ? Math.max(0, 1 - servers / (serviceTimeMean * rate)) : 0;
    const full = into.delayProbability * Math.min(density / (1 + density), surplus + 1 / (1 + atOnce));
    if (queueCapacity <= recent) into.rejected = full;
    else into.impatient = full;
  }
}

/** √η · L(x/√η) ÷ L(x), L the loss function of the normal distribution, here by the fit ln L ∝ −1.25x − 0.38x². */
function narrowing(distance: number, spread: number): number {
  const root = Math.sqrt(spread) + 1e-9;
  const share = root * exp(-1.25 * distance * (1 / root - 1) - 0.38 * distance * distance * (1 / (root * root) - 1));
  return Math.min(share, mostWidening);
}
