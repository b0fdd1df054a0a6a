import { exp } from '../../units/math.ts';
import { normalCdf } from '../../units/special.ts';

/**
 * Share of requests that wait when a load of a meets a + β√a servers and a is large: 1 ÷ (1 + β Φ(β) ÷ φ(β)).
 *
 * @param beta ≥ 0
 * @see Halfin and Whitt, "Heavy-traffic limits for queues with many exponential servers", Operations Research 29 (1981)
 * @example halfinWhitt(1) // 0.2234
 */
export function halfinWhitt(beta: number): number {
  const density = exp((-beta * beta) / 2) / Math.sqrt(2 * Math.PI);
  return 1 / (1 + (beta * normalCdf(beta)) / density);
}

/**
 * The β with which that share of requests waits. Found by bisection; the share falls from 1 at β = 0.
 *
 * @param probability in (0, 1)
 */
export function halfinWhittBeta(probability: number): number {
  let low = 0;
  let high = 40;
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (halfinWhitt(middle) > probability) low = middle;
    else high = middle;
  }
  return high;
}
