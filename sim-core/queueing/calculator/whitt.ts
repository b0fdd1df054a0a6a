import { whittDelayProbability, whittWait } from '../gigc.ts';
import type { CalculatorModel } from './contract.ts';
import { growsWithoutEnd, steadyNumbers } from './steady.ts';

export const whittCalculator: CalculatorModel = {
  name: 'whitt',
  title: 'GI/G/c, Whitt',
  assumptions: 'Independent times between arrivals and service times, each known by mean and variance, steady state.',
  formula: 'Wq = φ(ρ, ca², cs², c)·(ca² + cs²)/2 · Wq(M/M/c)',
  source: 'Whitt, Production and Operations Management 2 (1993)',
  accuracy:
    'From 70 % utilisation on out by 3 % on average for Poisson arrivals, 7 % for phase-type arrivals, up to a factor of two for constant arrivals on many servers; the share that waits within 0.1.',
  range: 'Utilisation from 70 %; scv up to 4 was measured.',
  outside: `Lower utilisation: numbers are given, but relative errors of small waits are large. ${growsWithoutEnd}`,
  parameters: ['arrivalRate', 'arrivalScv', 'serviceTimeMean', 'serviceScv', 'servers'],
  initial: { arrivalScv: 2 },
  cautions: ({ arrivalRate, arrivalScv, serviceTimeMean, serviceScv, servers }) => [
    ...(arrivalRate * serviceTimeMean < 0.7 * servers
      ? ['Below 70 % utilisation the mean wait is small and its relative error large.']
      : []),
    ...(arrivalScv > 4 || serviceScv > 4 ? ['Two moments say little of traffic this variable (scv above 4).'] : []),
  ],
  solve: (system) => steadyNumbers(system, whittDelayProbability(system), whittWait(system)),
};
