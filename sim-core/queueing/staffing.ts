import { continueErlangB, delayFromBlocking, erlangB } from './erlang.ts';
import { checkSystem, predictGiven } from './model.ts';
import type { QueueFormulas, QueuePrediction, QueueSystem } from './model.ts';
import { queueModels } from './models.ts';
import type { QueueModelName } from './models.ts';

/** What the number of servers is chosen for. `quantile` is in (0, 1): 0.95 for p95. */
export type StaffingObjective =
  | { readonly kind: 'sojourn' | 'waiting'; readonly quantile: number; readonly seconds: number }
  | { readonly kind: 'sojourn-mean' | 'waiting-mean'; readonly seconds: number }
  | { readonly kind: 'delay-probability'; readonly probability: number };

export interface StaffingRequest {
  readonly model: QueueModelName;
  /** λ, 1/s, ≥ 0 */
  readonly arrivalRate: number;
  /** E[S], s, > 0 */
  readonly serviceTimeMean: number;
  /** c²ₛ, ≥ 0; `mmc` makes no use of it */
  readonly serviceScv: number;
  readonly objective: StaffingObjective;
}

export interface Staffing {
  /** smallest c that meets the objective; 0 when nothing arrives */
  readonly servers: number;
  /** false: the service alone takes (nearly) that long, and `servers` is for the nearest objective that makes sense */
  readonly attainable: boolean;
  /** what endless servers would leave of the measure the objective limits: s, or a probability */
  readonly limit: number;
  /** what the model says of that many servers; of one idle server when nothing arrives */
  readonly predicted: QueuePrediction;
}

/** Share of what an objective allows that is always left to waiting, however long the service itself takes. */
const leftToWaiting = 0.05;

/**
 * Smallest number of servers with which a station meets an objective in steady state.
 *
 * The search starts at the stability bound ⌊a⌋ + 1 with a step of √a, as square-root staffing a + β√a suggests, doubles
 * the step until the objective holds, and bisects; Erlang B is carried along, so all of it costs one recursion.
 *
 * No number of servers meets an objective on the sojourn time when the service alone takes that long. Then
 * (`attainable: false`) the answer is for the nearest objective that leaves a twentieth to waiting. For a quantile q
 * that is the time which 95 % of 1 − q of the services exceed: in all 1 − q are late there, a twentieth of them by
 * waiting. For a mean it is 1.05 times the mean service time. An objective nearer to the limit than this is treated
 * the same; otherwise the answer would grow without bound as a measured service time nears its objective.
 *
 * @throws RangeError for a rate, a service time or an objective out of range
 * @see Gross et al., Fundamentals of Queueing Theory, 4th ed., sec. 2.3 (square-root law)
 * @example smallestServers({ model: 'mmc', arrivalRate: 4, serviceTimeMean: 1, serviceScv: 1,
 *   objective: { kind: 'delay-probability', probability: 0.3 } }).servers // 6
 */
export function smallestServers(request: StaffingRequest): Staffing {
  const { model, arrivalRate, serviceTimeMean, serviceScv, objective } = request;
  const formulas = queueModels[model].formulas;
  const system = (servers: number): QueueSystem => ({ arrivalRate, serviceTimeMean, serviceScv, servers });
  checkSystem(system(1));
  const { attainable, limit, meets } = requirement(objective, formulas, system(1));
  if (arrivalRate === 0) return { servers: 0, attainable, limit, predicted: predictGiven(formulas, system(1), 0) };

  const offeredLoad = arrivalRate * serviceTimeMean;
  const holds = (servers: number, blocking: number): boolean =>
    meets(system(servers), delayFromBlocking(blocking, servers, offeredLoad));
  // `low` is known to fail, and its blocking probability is the one carried along.
  let low = Math.floor(offeredLoad);
  let blocking = erlangB(low, offeredLoad);
  let step = Math.ceil(Math.sqrt(offeredLoad));
  let high = low + step;
  for (;;) {
    const found = continueErlangB(blocking, low, high, offeredLoad);
    if (holds(high, found)) break;
    low = high;
    blocking = found;
    step *= 2;
    high = low + step;
  }
  while (high - low > 1) {
    const middle = low + Math.floor((high - low) / 2);
    const found = continueErlangB(blocking, low, middle, offeredLoad);
    if (holds(middle, found)) {
      high = middle;
    } else {
      low = middle;
      blocking = found;
    }
  }
  const delayProbability = delayFromBlocking(continueErlangB(blocking, low, high, offeredLoad), high, offeredLoad);
  return { servers: high, attainable, limit, predicted: predictGiven(formulas, system(high), delayProbability) };
}

/**
 * Whether a station meets an objective in steady state, in the sense of `smallestServers`: exactly from as many servers
 * on as that finds. For who asks about many rates with the same service.
 *
 * @throws RangeError for a service time or an objective out of range
 */
export function staffingTest({
  model,
  serviceTimeMean,
  serviceScv,
  objective,
}: Omit<StaffingRequest, 'arrivalRate'>): (arrivalRate: number, servers: number) => boolean {
  const { formulas } = queueModels[model];
  const { meets } = requirement(objective, formulas, { arrivalRate: 0, serviceTimeMean, serviceScv, servers: 1 });
  return (arrivalRate, servers) => {
    if (arrivalRate === 0) return true;
    const offeredLoad = arrivalRate * serviceTimeMean;
    if (servers <= offeredLoad) return false;
    const delayProbability = delayFromBlocking(erlangB(servers, offeredLoad), servers, offeredLoad);
    return meets({ arrivalRate, serviceTimeMean, serviceScv, servers }, delayProbability);
  };
}

interface Requirement {
  readonly attainable: boolean;
  readonly limit: number;
  /** whether a stable system meets what the search is for */
  meets(system: QueueSystem, delayProbability: number): boolean;
}

function requirement(objective: StaffingObjective, formulas: QueueFormulas, station: QueueSystem): Requirement {
  switch (objective.kind) {
    case 'delay-probability':
      if (!(objective.probability > 0))
        throw new RangeError(`a delay probability to meet must be > 0, not ${objective.probability}`);
      return { attainable: true, limit: 0, meets: (_, delay) => delay <= objective.probability };
    case 'waiting-mean':
      checkSeconds(objective.seconds);
      return {
        attainable: true,
        limit: 0,
        meets: (system, delay) => formulas.waitingTimeMean(system, delay) <= objective.seconds,
      };
    case 'sojourn-mean': {
      checkSeconds(objective.seconds);
      const limit = station.serviceTimeMean;
      const least = leftToWaiting * limit;
      const wait = Math.max(objective.seconds - limit, least);
      return {
        attainable: objective.seconds - limit >= least,
        limit,
        meets: (system, delay) => formulas.waitingTimeMean(system, delay) <= wait,
      };
    }
    case 'waiting': {
      const late = allowedLate(objective.quantile);
      checkSeconds(objective.seconds);
      return {
        attainable: true,
        limit: 0,
        meets: (system, delay) => formulas.waitingTimeTail(system, delay, objective.seconds) <= late,
      };
    }
    case 'sojourn': {
      const late = allowedLate(objective.quantile);
      checkSeconds(objective.seconds);
      const nearest = formulas.serviceTimeQuantile(station, 1 - (1 - leftToWaiting) * late);
      const seconds = Math.max(objective.seconds, nearest);
      return {
        attainable: objective.seconds >= nearest,
        limit: formulas.serviceTimeQuantile(station, objective.quantile),
        meets: (system, delay) => formulas.sojournTimeTail(system, delay, seconds) <= late,
      };
    }
  }
}

function allowedLate(quantile: number): number {
  if (!(quantile > 0 && quantile < 1))
    throw new RangeError(`the quantile of an objective must lie in (0, 1), not ${quantile}`);
  return 1 - quantile;
}

function checkSeconds(seconds: number): void {
  if (!(seconds > 0)) throw new RangeError(`the time to meet must be > 0 s, not ${seconds}`);
}
