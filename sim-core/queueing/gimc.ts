import { exp, expm1, log, log1p } from '../units/math.ts';
import { logGamma } from '../units/special.ts';

/** GI/M/c in units of the mean service time. */
export interface RenewalQueue {
  /** P(W > 0) */
  readonly delayProbability: number;
  /** Wq·μ */
  readonly waitingTimeMean: number;
  /** σ: who waits does so for an exponential time with rate cμ(1 − σ) */
  readonly sigma: number;
}

/** The transform E[e^(−sX)] of a time between arrivals X, as the formulas need it. */
interface Transform {
  /** log E[e^(−sX)] */
  logAt(s: number): number;
  /** (E[e^(−sX)] − E[e^(−rX)]) ÷ (s − r), without cancellation as s nears r */
  slope(s: number, r: number): number;
}

/**
 * The family a squared coefficient of variation stands for: constant at 0, gamma below 1 (Erlang k at 1/k), and above 1
 * two exponential branches with balanced means.
 * @param rate of arrivals
 */
function transformOf(rate: number, scv: number): Transform {
  if (scv === 0) {
    return {
      logAt: (s) => -s / rate,
      slope: (s, r) => (s === r ? -1 / rate : expm1(-(s - r) / rate) / (s - r)) * exp(-r / rate),
    };
  }
  if (scv <= 1) {
    const scale = scv / rate;
    const logAt = (s: number): number => -log1p(s * scale) / scv;
    return {
      logAt,
      slope(s, r) {
        const step = (scale * (s - r)) / (1 + scale * r);
        return exp(logAt(r)) * (s === r ? -1 / (rate * (1 + scale * r)) : expm1(-log1p(step) / scv) / (s - r));
      },
    };
  }
  const first = (1 + Math.sqrt((scv - 1) / (scv + 1))) / 2;
  const branches = [
    { weight: first, rate: 2 * first * rate },
    { weight: 1 - first, rate: 2 * (1 - first) * rate },
  ];
  return {
    logAt: (s) => log(branches.reduce((sum, branch) => sum + (branch.weight * branch.rate) / (branch.rate + s), 0)),
    slope: (s, r) =>
      -branches.reduce(
        (sum, branch) => sum + (branch.weight * branch.rate) / ((branch.rate + s) * (branch.rate + r)),
        0,
      ),
  };
}

/**
 * GI/M/c: renewal arrivals, exponential service, c servers. Exact for the family `arrivalScv` stands for: constant gaps
 * at 0, gamma below 1 (Erlang k at 1/k), a balanced two-branch hyperexponential above 1.
 *
 * σ is the root below 1 of σ = E[e^(−cμ(1−σ)X)]; then, with φⱼ = E[e^(−jμX)] and Cⱼ = Π φᵢ/(1 − φᵢ),
 * P(W > 0) = A/(1 − σ), Wq = A ÷ (cμ(1 − σ)²),
 * 1/A = 1/(1 − σ) + Σⱼ (c choose j)/(Cⱼ(1 − φⱼ)) · (c(1 − φⱼ) − j)/(c(1 − σ) − j).
 * All terms are positive; they are summed in logs, so that c = 10⁵ does not overflow, and the last fraction is
 * 1 + c·(φ(s₀) − φ(sⱼ))/(s₀ − sⱼ), which has no 0/0.
 *
 * @param servers c, integer ≥ 1
 * @param offeredLoad a, erlang, 0 < a < c
 * @see Takács, Introduction to the Theory of Queues (1962), ch. 2
 * @example renewalQueue(1, 0.5, 0).delayProbability // 0.20319
 */
export function renewalQueue(servers: number, offeredLoad: number, arrivalScv: number): RenewalQueue {
  if (!(offeredLoad > 0 && offeredLoad < servers))
    throw new RangeError(`offeredLoad must be > 0 and below the servers, not ${offeredLoad}`);
  const transform = transformOf(offeredLoad, arrivalScv);
  const free = freeShare(servers, transform);
  const root = servers * free;
  // log of (c choose j) ÷ Cⱼ, and the sum relative to its largest term so far.
  let logProduct = 0;
  let largest = -Infinity;
  let sum = 0;
  const chooseAll = logGamma(servers + 1);
  for (let j = 1; j <= servers; j += 1) {
    const logPhi = transform.logAt(j);
    const rest = -expm1(logPhi);
    logProduct += log(rest) - logPhi;
    const ratio = 1 + servers * transform.slope(root, j);
    const choose = chooseAll - logGamma(j + 1) - logGamma(servers - j + 1);
    const term = choose + logProduct - log(rest) + log(ratio);
    if (term > largest) {
      sum = sum * exp(largest - term) + 1;
      largest = term;
    } else {
      sum += exp(term - largest);
    }
  }
  // A·(…): everything divided by e^largest where that is above 1.
  const logInverse = largest > 0 ? largest + log(exp(-largest) / free + sum) : log(1 / free + sum * exp(largest));
  const delayProbability = exp(-logInverse) / free;
  return { delayProbability, waitingTimeMean: delayProbability / root, sigma: 1 - free };
}

/** 1 − σ, to full relative accuracy also near saturation: the positive root x of x = 1 − E[e^(−cμxX)], by bisection. */
function freeShare(servers: number, transform: Transform): number {
  let low = 0;
  let high = 1;
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return middle;
    if (-expm1(transform.logAt(servers * middle)) > middle) low = middle;
    else high = middle;
  }
}
