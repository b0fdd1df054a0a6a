import { allenCunneenWait, whittDelayProbability } from '../gigc.ts';
import type { CalculatorModel } from './contract.ts';
import { growsWithoutEnd, steadyNumbers } from './steady.ts';

export const allenCunneenCalculator: CalculatorModel = {
  name: 'allen-cunneen',
  title: 'GI/G/c, Allen–Cunneen',
  assumptions: 'Independent times between arrivals and service times, each known by mean and variance, steady state.',
  formula: 'Wq = (ca² + cs²)/2 · Wq(M/M/c); share that waits by Whitt',
  source: 'Allen, Probability, Statistics, and Queueing Theory, 2nd ed. (1990), sec. 5.4',
  accuracy:
    'Exact for M/M/c and M/G/1. From 70 % utilisation on out by 6 % on average for constant service (38 % at worst), 20 % for phase-type arrivals and service.',
  range: 'High utilisation, few servers, scv near 1.',
  outside: `Below 70 % utilisation and for many servers it is far too high when traffic is regular. ${growsWithoutEnd}`,
  parameters: ['arrivalRate', 'arrivalScv', 'serviceTimeMean', 'serviceScv', 'servers'],
  initial: { arrivalScv: 0.5 },
  cautions: ({ arrivalRate, serviceTimeMean, servers }) =>
    servers > 1 && arrivalRate * serviceTimeMean < 0.7 * servers
      ? ['Below 70 % utilisation this approximation was not measured and is often far off; Whitt’s is nearer.']
      : [],
  solve: (system) => steadyNumbers(system, whittDelayProbability(system), allenCunneenWait(system)),
};
