import { busyServersQuantile } from '../infinite-server.ts';
import type { CalculatorModel } from './contract.ts';

export const infiniteServerCalculator: CalculatorModel = {
  name: 'mminf',
  title: 'M/M/∞',
  assumptions: 'Poisson arrivals, any service times (M/G/∞), a server for everybody.',
  formula: 'N is Poisson with mean a = λ/μ',
  source: 'Takács, Introduction to the Theory of Queues (1962), ch. 3',
  accuracy: 'Exact under its assumptions, whatever the distribution of service.',
  range: 'Every load.',
  outside: 'Nothing is outside.',
  parameters: ['arrivalRate', 'serviceTimeMean'],
  alwaysStable: true,
  solve({ arrivalRate, serviceTimeMean }) {
    const offeredLoad = arrivalRate * serviceTimeMean;
    return {
      offeredLoad,
      waitingTimeMean: 0,
      sojournTimeMean: serviceTimeMean,
      numberInSystemMean: offeredLoad,
      numberInSystemP95: () => busyServersQuantile(offeredLoad, 0.95),
      numberInSystemP99: () => busyServersQuantile(offeredLoad, 0.99),
    };
  },
};
