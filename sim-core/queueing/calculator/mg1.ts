import { mgc } from '../mgc.ts';
import type { CalculatorModel } from './contract.ts';
import { measureQueueModel, turnsNobodyAway } from './from-queue-model.ts';
import { growsWithoutEnd } from './steady.ts';

export const mg1Calculator: CalculatorModel = {
  name: 'mg1',
  title: 'M/G/1',
  assumptions: 'Poisson arrivals, any service times, one server, first come first served, steady state.',
  formula: 'Wq = ρ·E[S]·(1 + cs²)/(2(1 − ρ)); quantiles from a gamma wait',
  source: 'Pollaczek (1930), Khinchine (1932); Gross et al., sec. 5.1',
  accuracy: 'Means and the share that waits are exact; quantiles take the wait as a gamma, and service as lognormal.',
  range: 'Every load below 1 and any service times with a variance.',
  outside: growsWithoutEnd,
  parameters: ['arrivalRate', 'serviceTimeMean', 'serviceScv'],
  initial: { arrivalRate: 10 },
  titles: turnsNobodyAway,
  solve: ({ arrivalRate, serviceTimeMean, serviceScv }) =>
    measureQueueModel(mgc, { arrivalRate, serviceTimeMean, serviceScv, servers: 1 }),
};
