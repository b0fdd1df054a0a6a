import { cos, exp, expm1, log, log1p, sin } from '../units/math.ts';
import { poissonMass } from '../units/special.ts';

/** M/D/c in units of the constant service time. */
export interface ConstantServiceQueue {
  /** P(W > 0) */
  readonly delayProbability: number;
  /** Wq ÷ D */
  readonly waitingTimeMean: number;
}

/**
 * M/D/c: Poisson arrivals, constant service, c servers. Exact, by the better of two formulas.
 *
 * The customer c places later meets the same server, so the wait is that of a random walk with steps D − Erlang(c, λ),
 * and by Spitzer's identity, with Aₗ ~ Poisson(l·λD),
 * P(W = 0) = exp(−Σₗ P(Aₗ ≥ lc)/l), Wq = Σₗ E[(lD − Erlang(lc, λ))⁺]/l. Every term is positive: no digit is lost, even
 * where almost nobody waits. Near saturation the sums are long, and Crommelin's roots zₖ of zᶜ = e^(λD(z−1)) inside the
 * unit circle take over: P(W = 0) = (c − λD) ÷ Π(1 − zₖ), L = (c − (c − λD)²) ÷ (2(c − λD)) + Σ 1/(1 − zₖ).
 *
 * @param servers c, integer ≥ 1
 * @param offeredLoad a = λD, erlang, 0 ≤ a < c
 * @see Crommelin, Delay probability formulae when the holding times are constant (1932); Spitzer, A combinatorial lemma (1956)
 * @example constantServiceQueue(1, 0.5) // { delayProbability: 0.5, waitingTimeMean: 0.5 }
 */
export function constantServiceQueue(servers: number, offeredLoad: number): ConstantServiceQueue {
  if (!(offeredLoad >= 0 && offeredLoad < servers))
    throw new RangeError(`offeredLoad must be ≥ 0 and below the servers, not ${offeredLoad}`);
  if (offeredLoad === 0) return { delayProbability: 0, waitingTimeMean: 0 };
  const gap = 1 - offeredLoad / servers;
  // How much smaller the terms of Spitzer's sums get from one to the next, in log.
  const decay = -gap - (gap < 0.5 ? log1p(-gap) : log(offeredLoad / servers));
  return servers * decay >= 0.5 ? bySpitzer(servers, offeredLoad) : byRoots(servers, offeredLoad);
}

/** Exported for the test that compares both ways. */
export function bySpitzer(servers: number, offeredLoad: number): ConstantServiceQueue {
  let exponent = 0;
  let waitingTimeMean = 0;
  for (let l = 1; ; l += 1) {
    const count = l * servers;
    const mean = l * offeredLoad;
    const mass = poissonMass(count, mean);
    // P(A ≥ count) = mass·Σ tᵢ, E[(l − Erlang)⁺] = l·mass·Σ tᵢ·(i + 1)/(count + i + 1), tᵢ = Π mean/(count + j)
    let term = 1;
    let tail = 0;
    let excess = 0;
    for (let i = 0; term * (i + 1) > 1e-18 * (tail + i); i += 1) {
      tail += term;
      excess += (term * (i + 1)) / (count + i + 1);
      term *= mean / (count + i + 1);
    }
    exponent += (mass * tail) / l;
    const added = mass * excess;
    waitingTimeMean += added;
    if (!(added > 1e-18 * waitingTimeMean)) break;
  }
  return { delayProbability: -expm1(-exponent), waitingTimeMean };
}

/** Exported for the test that compares both ways. */
export function byRoots(servers: number, offeredLoad: number): ConstantServiceQueue {
  const free = servers - offeredLoad;
  let logProduct = 0;
  let inverses = 0;
  for (const { re, im, times } of crommelinRoots(servers, offeredLoad)) {
    const size = (1 - re) * (1 - re) + im * im;
    logProduct += (times / 2) * log(size);
    inverses += (times * (1 - re)) / size;
  }
  const numberInSystem = (servers - free * free) / (2 * free) + inverses;
  return {
    delayProbability: Math.max(0, 1 - free * exp(-logProduct)),
    waitingTimeMean: (numberInSystem - offeredLoad) / offeredLoad,
  };
}

/** A root of zᶜ = e^(a(z−1)) inside the unit circle; `times` 2 stands for it and its conjugate. */
export interface CrommelinRoot {
  readonly re: number;
  readonly im: number;
  readonly times: 1 | 2;
}

/** The c − 1 roots, each by Newton's steps on z = w·e^(ρ(z−1)), w a c-th root of 1, which contracts inside the circle. */
export function crommelinRoots(servers: number, offeredLoad: number): CrommelinRoot[] {
  const rho = offeredLoad / servers;
  const roots: CrommelinRoot[] = [];
  for (let k = 1; 2 * k <= servers; k += 1) {
    const angle = (2 * 3.141592653589793 * k) / servers;
    let re = 0;
    let im = 0;
    for (let step = 0; step < 200; step += 1) {
      const size = exp(rho * (re - 1));
      const turn = angle + rho * im;
      const targetRe = size * cos(turn);
      const targetIm = size * sin(turn);
      const offRe = targetRe - re;
      const offIm = targetIm - im;
      let changeRe = offRe;
      let changeIm = offIm;
      if (step > 3) {
        // Divided by 1 − ρ·target, the slope of z − w·e^(ρ(z−1)).
        const slopeRe = 1 - rho * targetRe;
        const slopeIm = -rho * targetIm;
        const norm = slopeRe * slopeRe + slopeIm * slopeIm;
        changeRe = (offRe * slopeRe + offIm * slopeIm) / norm;
        changeIm = (offIm * slopeRe - offRe * slopeIm) / norm;
      }
      re += changeRe;
      im += changeIm;
      if (step > 3 && changeRe * changeRe + changeIm * changeIm < 1e-32) break;
    }
    roots.push({ re, im, times: 2 * k === servers ? 1 : 2 });
  }
  return roots;
}
