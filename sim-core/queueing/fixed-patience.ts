import { exp, expm1 } from '../units/math.ts';
import type { ImpatientQueue, ImpatientSystem } from './erlang-a.ts';
import { erlangB } from './erlang.ts';

/** Below this the integrals of e^(−x) over [0, x] lose digits, and their series have converged. */
const smallExponent = 1e-4;

/**
 * M/M/c+D: Poisson arrivals, exponential service, and everybody who has waited `patienceMean`, always the same time T,
 * leaves. Exact, at every load. With δ = cμ − λ and ε = 1/B(c − 1, a), the wait V that endless patience would meet has
 * a density ∝ e^(−δx) up to T and e^(−δT − cμ(x − T)) beyond, hence
 *
 * J = (1 − e^(−δT))/δ + e^(−δT)/(cμ), P(W > 0) = λJ/(ε + λJ), P(gives up) = λe^(−δT)/(cμ)/(ε + λJ).
 *
 * @see Baccelli & Hébuterne, On queues with impatient customers, Performance '81 (1981)
 * @see Zeltyn & Mandelbaum, Call centers with impatient customers: many-server asymptotics, Queueing Systems 51 (2005)
 */
export function fixedPatienceQueue(system: ImpatientSystem): ImpatientQueue {
  const { arrivalRate, serviceTimeMean, servers, patienceMean } = system;
  const a = arrivalRate * serviceTimeMean;
  if (a === 0) {
    const none = { delayProbability: 0, abandonmentProbability: 0, waitingTimeMean: 0, waitingTimeServedMean: 0 };
    return { ...none, waitingTimeAbandonedMean: NaN, queueLengthMean: 0, numberInSystemMean: 0 };
  }
  // In service times: λ = a, cμ = servers, T = patience. In overload all terms are divided by e^(−δT), which is large.
  const patience = patienceMean / serviceTimeMean;
  const gap = servers - a;
  const exponent = Math.abs(gap) * patience;
  const [plain, weighted] = integralsOf(gap, patience, exponent);
  const atEnd = gap > 0 ? exp(-exponent) : 1;
  const blocking = servers > 1 ? erlangB(servers - 1, a) : 1;
  // 1/B overflows where nobody would ever wait.
  const free = (gap > 0 ? 1 : exp(-exponent)) / blocking;
  const total = free + a * (plain + atEnd / servers);
  const abandonmentProbability = (a * atEnd) / servers / total;
  const servedWait = (serviceTimeMean * a * weighted) / total;
  const served = 1 - abandonmentProbability;
  const waitingTimeMean = servedWait + abandonmentProbability * patienceMean;
  return {
    delayProbability: (a * (plain + atEnd / servers)) / total,
    abandonmentProbability,
    waitingTimeMean,
    waitingTimeServedMean: servedWait / served,
    waitingTimeAbandonedMean: abandonmentProbability > 0 ? patienceMean : NaN,
    queueLengthMean: arrivalRate * waitingTimeMean,
    numberInSystemMean: arrivalRate * waitingTimeMean + a * served,
  };
}

/** ∫₀ᵀ e^(−δx)dx and ∫₀ᵀ x·e^(−δx)dx; with δ < 0 both divided by e^(−δT). */
function integralsOf(gap: number, patience: number, exponent: number): readonly [plain: number, weighted: number] {
  const rate = Math.abs(gap);
  if (exponent < smallExponent) {
    const plain = patience * (1 - exponent / 2 + (exponent * exponent) / 6);
    const rising = patience * patience * (1 / 2 - exponent / 3 + (exponent * exponent) / 8);
    return gap >= 0 ? [plain, rising] : [plain, patience * plain - rising];
  }
  const plain = -expm1(-exponent) / rate;
  const rising = (-expm1(-exponent) - exponent * exp(-exponent)) / (rate * rate);
  // Seen from the end, T − x, when the density grows towards T.
  return gap >= 0 ? [plain, rising] : [plain, patience * plain - rising];
}
