import { log } from './math.ts';

/**
 * ψ(x) = d log Γ(x) / dx, x > 0: recurrence up to 10, then Stirling's series. Relative error below 1e-13 away from its
 * root at 1.4616. Abramowitz & Stegun 6.3.5 and 6.3.18.
 */
export function digamma(x: number): number {
  let sum = 0;
  let shifted = x;
  while (shifted < 10) sum -= 1 / shifted++;
  const square = 1 / (shifted * shifted);
  const series =
    square *
    (1 / 12 -
      square * (1 / 120 - square * (1 / 252 - square * (1 / 240 - square * (1 / 132 - (square * 691) / 32_760)))));
  return sum + log(shifted) - 0.5 / shifted - series;
}

/** ψ′(x), x > 0, relative error below 1e-13. Abramowitz & Stegun 6.4.6 and 6.4.12. */
export function trigamma(x: number): number {
  let sum = 0;
  let shifted = x;
  while (shifted < 10) {
    sum += 1 / (shifted * shifted);
    shifted++;
  }
  const square = 1 / (shifted * shifted);
  const series =
    square *
    (1 / 6 - square * (1 / 30 - square * (1 / 42 - square * (1 / 30 - square * (5 / 66 - (square * 691) / 2730)))));
  return sum + 1 / shifted + square / 2 + series / shifted;
}
