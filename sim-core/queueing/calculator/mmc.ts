import { mmc } from '../mmc.ts';
import type { CalculatorModel } from './contract.ts';
import { measureQueueModel, turnsNobodyAway } from './from-queue-model.ts';
import { growsWithoutEnd } from './steady.ts';

export const mmcCalculator: CalculatorModel = {
  name: 'mmc',
  title: mmc.title,
  assumptions: mmc.assumptions,
  formula: 'C = B/(1 − ρ(1 − B)), Wq = C/(cμ − λ), P(W > t) = C·e^(−(cμ − λ)t)',
  source: 'Erlang (1917); Gross et al., Fundamentals of Queueing Theory, 4th ed., sec. 2.3',
  accuracy: mmc.accuracy,
  range: 'Every load below the servers; tested to 100,000 servers.',
  outside: growsWithoutEnd,
  parameters: ['arrivalRate', 'serviceTimeMean', 'servers'],
  titles: turnsNobodyAway,
  solve: ({ arrivalRate, serviceTimeMean, servers }) =>
    measureQueueModel(mmc, { arrivalRate, serviceTimeMean, serviceScv: 1, servers }),
};
