import { mmc } from '../mmc.ts';
import type { CalculatorModel } from './contract.ts';
import { measureQueueModel, turnsNobodyAway } from './from-queue-model.ts';
import { growsWithoutEnd } from './steady.ts';

export const mm1Calculator: CalculatorModel = {
  name: 'mm1',
  title: 'M/M/1',
  assumptions: 'Poisson arrivals, exponential service times, one server, one queue without limit, steady state.',
  formula: 'Wq = ρ/(μ − λ), P(W > t) = ρ·e^(−(μ − λ)t), P(W + S > t) = e^(−(μ − λ)t)',
  source: 'Gross et al., Fundamentals of Queueing Theory, 4th ed., sec. 2.2',
  accuracy: 'Exact under its assumptions.',
  range: 'Every load below 1.',
  outside: growsWithoutEnd,
  parameters: ['arrivalRate', 'serviceTimeMean'],
  initial: { arrivalRate: 10 },
  titles: turnsNobodyAway,
  solve: ({ arrivalRate, serviceTimeMean }) =>
    measureQueueModel(mmc, { arrivalRate, serviceTimeMean, serviceScv: 1, servers: 1 }),
};
