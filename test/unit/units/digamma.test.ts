import { expect, it } from 'vitest';
import { digamma, trigamma } from '../../../sim-core/units/digamma.ts';

/** mpmath 1.3, 16 digits; at 1, 1/2 and 2 also γ, π²/6 and π²/2. */
it.each([
  [0.01, -100.56088545786868, 10001.621213528313],
  [0.5, -1.9635100260214235, Math.PI ** 2 / 2],
  [1, -0.5772156649015329, Math.PI ** 2 / 6],
  [2, 1 - 0.5772156649015329, Math.PI ** 2 / 6 - 1],
  [10, 2.251752589066721, 0.10516633568168575],
  [100, 4.600161852738087, 0.010050166663333571],
  [1e4, 9.210290371142849, 0.00010000500016666667],
])('ψ(%d) and ψ′', (x, first, second) => {
  expect(Math.abs(digamma(x) / first - 1)).toBeLessThan(1e-13);
  expect(Math.abs(trigamma(x) / second - 1)).toBeLessThan(1e-13);
});
