import { kimuraWait, whittDelayProbability } from '../gigc.ts';
import type { CalculatorModel } from './contract.ts';
import { growsWithoutEnd, steadyNumbers } from './steady.ts';

export const kimuraCalculator: CalculatorModel = {
  name: 'kimura',
  title: 'GI/G/c, Kimura',
  assumptions:
    'Independent times between arrivals, no more variable than Poisson, and any service times; steady state.',
  formula:
    'Wq = (ca² + cs²)/((1 − ca²)/Wq(D/M/c) + (1 − cs²)/Wq(M/D/c) + 2(ca² + cs² − 1)/Wq(M/M/c)); share that waits by Whitt',
  source: 'Kimura, Management Science 32 (1986)',
  accuracy:
    'Exact for M/M/c, D/M/c and M/G/1. From 70 % utilisation on out by 2.3 % on average for Poisson arrivals (19 % at worst), 7 % for Erlang arrivals (44 %).',
  range: 'Arrival scv from 0 to 1.',
  outside: `Arrivals more variable than Poisson are refused. ${growsWithoutEnd}`,
  parameters: ['arrivalRate', 'arrivalScv', 'serviceTimeMean', 'serviceScv', 'servers'],
  initial: { arrivalScv: 0.5 },
  problem: ({ arrivalScv }) =>
    arrivalScv > 1 ? 'Kimura’s formula is for an arrival scv up to 1. Take whitt for burstier arrivals.' : undefined,
  solve: (system) => steadyNumbers(system, whittDelayProbability(system), kimuraWait(system)),
};
