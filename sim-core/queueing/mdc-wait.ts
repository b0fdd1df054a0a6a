import { cos, exp, expm1, log, sin } from '../units/math.ts';
import { poissonMass } from '../units/special.ts';
import { constantServiceQueue, crommelinRoots } from './mdc.ts';
import { fourier } from './fourier.ts';
import { quantileOfTail } from './tail-quantile.ts';

/** Points times servers above which quantiles of M/D/c are not computed: some seconds. */
const mostWork = 40_000_000;

/**
 * The distribution of the wait in M/D/c, in units of the service time. The generating function of the number in system,
 * P(z) = (c − a)(z − 1)·Π (z − zₖ)/(1 − zₖ) ÷ (zᶜe^(a(1−z)) − 1), is evaluated on the unit circle and transformed into
 * probabilities (absolute error near 1e-15); then, by Franx, with u = a(k − x), k = ⌊x⌋ + 1 and Q(n) = P(queue ≤ n),
 * P(W ≤ x) = Σⱼ Q(kc − j − 1)·e^(−u)uʲ/j!.
 *
 * @param offeredLoad a, 0 ≤ a < c
 * @returns null when it would take too long: more servers, or nearer to saturation, than some 4 × 10⁷ complex factors
 * @see Franx, A simple solution for the M/D/c waiting time distribution, Operations Research Letters 29 (2001)
 */
export function constantServiceWait(
  servers: number,
  offeredLoad: number,
): { tail(services: number): number; quantile(p: number): number } | null {
  const { delayProbability } = constantServiceQueue(servers, offeredLoad);
  if (delayProbability === 0) return { tail: () => 0, quantile: () => 0 };
  const most = servers + offeredLoad + 12 * Math.sqrt(offeredLoad) + (40 * servers) / (servers - offeredLoad);
  let points = 64;
  while (points < 2 * most) points *= 2;
  if (points * servers > mostWork) return null;
  const inSystem = stateProbabilities(servers, offeredLoad, points);
  const atMost = new Float64Array(points - servers);
  let sum = 0;
  for (let n = 0; n < points; n += 1) {
    sum += inSystem[n]!;
    if (n >= servers) atMost[n - servers] = sum;
  }
  const tail = (services: number): number => {
    if (services < 0) return 1;
    const k = Math.floor(services) + 1;
    const mean = offeredLoad * (k - services);
    const reach = 40 + 9 * Math.sqrt(mean);
    const first = Math.max(0, Math.floor(mean - reach));
    const last = Math.min(k * servers - 1, Math.ceil(mean + reach));
    let mass = poissonMass(first, mean);
    let below = 0;
    for (let j = first; j <= last; j += 1) {
      below += mass * (atMost[k * servers - j - 1] ?? 1);
      mass *= mean / (j + 1);
    }
    return Math.max(0, 1 - below);
  };
  return { tail, quantile: (p) => (delayProbability <= 1 - p ? 0 : quantileOfTail(tail, p, 1)) };
}

/** P(N = n), n = 0 … points − 1, from the generating function at the roots of unity. */
function stateProbabilities(servers: number, offeredLoad: number, points: number): Float64Array {
  const roots = crommelinRoots(servers, offeredLoad);
  const re = new Float64Array(points);
  const im = new Float64Array(points);
  re[0] = 1;
  for (let point = 1; 2 * point <= points; point += 1) {
    const angle = (2 * 3.141592653589793 * point) / points;
    const x = cos(angle);
    const y = sin(angle);
    // z − 1, as 2 sin²(φ/2) has no cancellation
    const half = sin(angle / 2);
    const back = -2 * half * half;
    let productRe = (servers - offeredLoad) * back;
    let productIm = (servers - offeredLoad) * y;
    let logScale = 0;
    for (const root of roots) {
      const size = (1 - root.re) * (1 - root.re) + root.im * root.im;
      // A real root gives one factor, a pair the product of two.
      const factorRe =
        root.times === 1 ? (x - root.re) / (1 - root.re) : (x * x - y * y - 2 * root.re * x + square(root)) / size;
      const factorIm = root.times === 1 ? y / (1 - root.re) : (2 * x * y - 2 * root.re * y) / size;
      const next = productRe * factorRe - productIm * factorIm;
      productIm = productRe * factorIm + productIm * factorRe;
      productRe = next;
      const magnitude = Math.abs(productRe) + Math.abs(productIm);
      if (magnitude > 1e100 || magnitude < 1e-100) {
        productRe /= magnitude;
        productIm /= magnitude;
        logScale += log(magnitude);
      }
    }
    // Both sides of the fraction divided by e^grow, which alone would overflow from some 350 servers on.
    const grow = -offeredLoad * back;
    const turn = servers * angle - offeredLoad * y;
    const halfTurn = sin(turn / 2);
    const belowRe = -expm1(-grow) - 2 * halfTurn * halfTurn;
    const belowIm = sin(turn);
    const norm = (belowRe * belowRe + belowIm * belowIm) / exp(logScale - grow);
    re[point] = (productRe * belowRe + productIm * belowIm) / norm;
    im[point] = (productIm * belowRe - productRe * belowIm) / norm;
    re[points - point] = re[point]!;
    im[points - point] = -im[point]!;
  }
  fourier(re, im);
  return re.map((sum) => Math.max(0, sum / points));
}

function square(root: { readonly re: number; readonly im: number }): number {
  return root.re * root.re + root.im * root.im;
}
