import { exp } from '../units/math.ts';

/**
 * Tilt y of the density ∝ e^(−y·x) on [0, 1] that has a given mean: 1/y − 1/(e^y − 1) = mean. It is the law of a line
 * between two walls, an empty one and a full one. Tabulated as y × mean, which is smooth, for means up to ½; y(1 − mean) =
 * −y(mean).
 */
const cells = 256;
const scaledTilt = new Float64Array(cells + 1);
scaledTilt[0] = 1;
for (let i = 1; i < cells; i++) {
  const mean = i / (2 * cells);
  let low = 0;
  let high = 1 / mean + 1;
  for (let bisection = 0; bisection < 60; bisection++) {
    const middle = (low + high) / 2;
    if (meanOf(middle) > mean) low = middle;
    else high = middle;
  }
  scaledTilt[i] = ((low + high) / 2) * mean;
}

function meanOf(tilt: number): number {
  if (tilt < 1e-3) return 0.5 - tilt / 12;
  return 1 / tilt - 1 / (exp(tilt) - 1);
}

/** y by the mean, 0 < mean < 1; above 0 for means below ½, below 0 above. */
export function tiltOf(mean: number): number {
  if (mean > 0.5) return -tiltOf(1 - mean);
  const place = mean * 2 * cells;
  const cell = Math.min(Math.floor(place), cells - 1);
  const scaled = scaledTilt[cell]! + (scaledTilt[cell + 1]! - scaledTilt[cell]!) * (place - cell);
  return scaled / Math.max(mean, 1e-12);
}

/** Density at the far wall, x = 1. */
export function densityAtEnd(tilt: number): number {
  if (Math.abs(tilt) < 1e-6) return 1;
  if (tilt > 700) return 0;
  return tilt / (exp(tilt) - 1);
}
