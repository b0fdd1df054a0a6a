import { closedQueue } from '../closed-system.ts';
import type { CalculatorModel } from './contract.ts';

export const closedCalculator: CalculatorModel = {
  name: 'closed',
  title: 'Closed, users who think',
  assumptions: 'N users think (any distribution), ask, and wait for the answer; exponential service on c servers.',
  formula: 'p(n) = p(n−1)·(N − n + 1)S/(Z·min(n, c)), R = N/X − Z: what exact mean value analysis gives',
  source: 'Reiser & Lavenberg, Journal of the ACM 27 (1980)',
  accuracy: 'Exact under its assumptions, also near saturation, where the recursion of mean values loses its digits.',
  range: 'Any number of users to a million.',
  outside: 'Nothing is outside: users who wait do not ask, so nothing grows without end.',
  parameters: ['users', 'thinkTimeMean', 'serviceTimeMean', 'servers'],
  alwaysStable: true,
  solve: (system) => ({ ...closedQueue(system) }),
};
