import { erlangB } from '../erlang.ts';
import type { CalculatorModel } from './contract.ts';

export const erlangBCalculator: CalculatorModel = {
  name: 'erlang-b',
  title: 'Erlang B (M/G/c/c)',
  assumptions: 'Poisson arrivals, any service times, nobody waits: who finds all servers busy is lost.',
  formula: 'B(c, a) = aB(c − 1, a)/(c + aB(c − 1, a)), B(0, a) = 1',
  source: 'Erlang (1917); Cooper, Introduction to Queueing Theory, 2nd ed., sec. 3.3',
  accuracy: 'Exact under its assumptions, whatever the distribution of service.',
  range: 'Every load; tested to 100,000 servers.',
  outside: 'Nothing is outside.',
  parameters: ['arrivalRate', 'serviceTimeMean', 'servers'],
  alwaysStable: true,
  solve({ arrivalRate, serviceTimeMean, servers }) {
    const offeredLoad = arrivalRate * serviceTimeMean;
    const blockingProbability = erlangB(servers, offeredLoad);
    const numberInSystemMean = offeredLoad * (1 - blockingProbability);
    return {
      offeredLoad,
      trafficIntensity: offeredLoad / servers,
      utilisation: numberInSystemMean / servers,
      blockingProbability,
      throughput: arrivalRate * (1 - blockingProbability),
      numberInSystemMean,
    };
  },
};
