import { exp, log, log1p } from '../units/math.ts';
import { gammaQ, logGamma, normalCdf, normalQuantile } from '../units/special.ts';
import { cosmetatosRatio } from './gigc.ts';
import { createModel } from './model.ts';
import type { QueueFormulas, QueueSystem } from './model.ts';

/**
 * Mean wait, by Kimura's harmonic interpolation between the exact M/M/c and an M/D/c:
 *
 * Wq = (1 + c²ₛ) ÷ (2c²ₛ/Wq(M/M/c) + (1 − c²ₛ)/Wq(M/D/c)),
 * Wq(M/D/c) = Wq(M/M/c) · min(½·(1 + (1 − ρ)(c − 1)(√(4 + 5c) − 2) ÷ (16ρc)), c/(c + 1)).
 *
 * The first term of the minimum is Cosmetatos', the second what it tends to in light traffic, where the first breaks
 * down. At c = 1 this is Pollaczek and Khinchine's (1 + c²ₛ)/2 · Wq(M/M/1), exact; at c²ₛ = 1 it is M/M/c.
 *
 * @see Kimura, Approximations for multi-server queues: system interpolations, Queueing Systems 17 (1994)
 * @see Cosmetatos, Approximate explicit formulae for the average queueing time in M/D/r and D/M/r, INFOR 13 (1975)
 */
function waitingTimeMean(system: QueueSystem, delayProbability: number): number {
  const { servers, serviceScv } = system;
  const intensity = trafficIntensity(system);
  const exponential = delayProbability / (servers / system.serviceTimeMean - system.arrivalRate);
  if (exponential === 0) return 0;
  const constant = Math.min(cosmetatosRatio(servers, intensity), servers / (servers + 1));
  return (exponential * (1 + serviceScv)) / (2 * serviceScv + (1 - serviceScv) / constant);
}

/**
 * The wait of those who wait, as a gamma distribution with the mean Wq/C and the squared coefficient of variation of
 * the M/G/1 queue, 2ρ − 1 + 4(1 − ρ)·d ÷ (3(1 + c²ₛ)²), between 1/3 and 3; d = E[S³]/E[S]³ as Whitt estimates it from
 * c²ₛ. Exponential when c²ₛ = 1, as in M/M/c.
 * @see Whitt, Approximations for the GI/G/m queue, Production and Operations Management 2 (1993)
 */
function conditionalWait(
  system: QueueSystem,
  delayProbability: number,
): { readonly shape: number; readonly scale: number } {
  const { serviceScv } = system;
  const intensity = trafficIntensity(system);
  const thirdMoment = serviceScv >= 1 ? 3 * serviceScv * (1 + serviceScv) : (2 * serviceScv + 1) * (serviceScv + 1);
  const scv = 2 * intensity - 1 + (4 * (1 - intensity) * thirdMoment) / (3 * (1 + serviceScv) * (1 + serviceScv));
  return { shape: 1 / scv, scale: (waitingTimeMean(system, delayProbability) / delayProbability) * scv };
}

function waitingTimeTail(system: QueueSystem, delayProbability: number, seconds: number): number {
  if (delayProbability === 0) return 0;
  const { shape, scale } = conditionalWait(system, delayProbability);
  return delayProbability * gammaQ(shape, seconds / scale);
}

/** P(W + S > t) = (1 − C)·P(S > t) + C·E[P(S > t − D)], D the wait of those who wait. */
function sojournTimeTail(system: QueueSystem, delayProbability: number, seconds: number): number {
  const service = serviceTimeTail(system, seconds);
  if (delayProbability === 0) return service;
  const { shape, scale } = conditionalWait(system, delayProbability);
  // In units of the scale; the gamma density has nothing left beyond 45. Two panels, cut where t − D crosses E[S].
  const end = Math.min(seconds / scale, 45);
  const cut = Math.max(0, Math.min((seconds - system.serviceTimeMean) / scale, end));
  const { serviceTimeMean: mean, serviceScv } = system;
  const variance = log1p(serviceScv);
  const deviation = Math.sqrt(variance);
  const integrand = (wait: number): number => {
    const left = seconds - wait * scale;
    return serviceScv === 0 ? serviceTimeTail(system, left) : lognormalTail(mean, variance, deviation, left);
  };
  const late =
    integrateGamma(shape, 0, cut, integrand) +
    integrateGamma(shape, cut, end, integrand) +
    gammaQ(shape, seconds / scale);
  return (1 - delayProbability) * service + delayProbability * Math.min(late, 1);
}

/** Half of the nodes and weights of the Gauss–Legendre rule with 20 points on [−1, 1]. */
const nodes = [
  0.07652652113349734, 0.22778585114164507, 0.37370608871541955, 0.5108670019508271, 0.636053680726515,
  0.7463319064601508, 0.8391169718222188, 0.912234428251326, 0.9639719272779138, 0.993128599185095,
];
const weights = [
  0.15275338713072628, 0.14917298647260424, 0.1420961093183824, 0.1316886384491769, 0.1181945319615186,
  0.1019301198172407, 0.08327674157670471, 0.06267204833410879, 0.040601429800386446, 0.017614007139150893,
];

/** ∫ of f(y)·y^(k−1)·e^(−y)/Γ(k) over [from, to], with y = u³ so that the density stays finite at 0 for k ≥ 1/3. */
function integrateGamma(shape: number, from: number, to: number, f: (y: number) => number): number {
  if (to <= from) return 0;
  const low = cubeRoot(from);
  const half = (cubeRoot(to) - low) / 2;
  const logNorm = logGamma(shape) - log(3);
  let sum = 0;
  for (let i = 0; i < nodes.length; i += 1) {
    for (const side of [-1, 1]) {
      const u = low + half * (1 + side * nodes[i]!);
      const y = u * u * u;
      sum += weights[i]! * exp((3 * shape - 1) * log(u) - y - logNorm) * f(y);
    }
  }
  return sum * half;
}

function cubeRoot(x: number): number {
  return x === 0 ? 0 : exp(log(x) / 3);
}

/** P(S > t) of a lognormal service time with the given mean and c²ₛ; a constant when c²ₛ = 0. */
function serviceTimeTail(system: QueueSystem, seconds: number): number {
  if (seconds <= 0) return 1;
  const { serviceTimeMean, serviceScv } = system;
  if (serviceScv === 0) return seconds < serviceTimeMean ? 1 : 0;
  const variance = log1p(serviceScv);
  return lognormalTail(serviceTimeMean, variance, Math.sqrt(variance), seconds);
}

/** @param variance of the logarithm, > 0; @param deviation its root */
function lognormalTail(mean: number, variance: number, deviation: number, seconds: number): number {
  if (seconds <= 0) return 1;
  return normalCdf(-(log(seconds / mean) + variance / 2) / deviation);
}

function serviceTimeQuantile(system: QueueSystem, p: number): number {
  const variance = log1p(system.serviceScv);
  if (variance === 0) return system.serviceTimeMean;
  if (p === 0) return 0;
  return system.serviceTimeMean * exp(Math.sqrt(variance) * normalQuantile(p) - variance / 2);
}

function trafficIntensity(system: QueueSystem): number {
  return (system.arrivalRate * system.serviceTimeMean) / system.servers;
}

const formulas: QueueFormulas = {
  waitingTimeMean,
  waitingTimeTail,
  sojournTimeTail,
  serviceTimeTail,
  serviceTimeQuantile,
};

/**
 * M/G/c by two moments of the service time: the delay probability is Erlang's, the mean wait Kimura's, the wait's
 * distribution a gamma (see above), and for sojourn times the service time is taken as lognormal.
 *
 * Measured against exact M/D/c, M/E₂/c, M/E₄/c and M/H₂/c (c = 1 … 100, ρ = 0.3 … 0.99), the mean wait is within 5 % for
 * ρ ≥ 0.7 and 12 % for all ρ while c²ₛ ≤ 4, within 33 % at c²ₛ = 9; the plain (1 + c²ₛ)/2 of Allen and Cunneen is out by
 * up to 140 % and 370 % there. P(W > 0) is within 0.034. Sojourn times of lognormal service, against simulation with
 * c²ₛ = ¼ … 4: p95 within 5 %, p99 within 20 % (6 % while c²ₛ ≤ 0.6).
 *
 * @example mgc.predict({ arrivalRate: 0.8, serviceTimeMean: 1, serviceScv: 0, servers: 1 }).waitingTimeMean // 2
 */
export const mgc = createModel(
  {
    name: 'mgc',
    title: 'M/G/c',
    assumptions:
      'Poisson arrivals, service times known by mean and variance, identical servers, one queue without limit, steady state.',
    accuracy:
      'Against exact values the mean wait is within 5% from 70% utilisation on, within 12% below (service scv up to 4; up to a third off at 9), and the delay probability within 0.034; p95 of the sojourn time is within 5% for lognormal service.',
  },
  formulas,
);
