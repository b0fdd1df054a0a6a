import { log } from '../../units/math.ts';
import { renewalQueue } from '../gimc.ts';
import type { CalculatorModel } from './contract.ts';
import { growsWithoutEnd, steadyNumbers } from './steady.ts';

export const gimcCalculator: CalculatorModel = {
  name: 'gimc',
  title: 'GI/M/c',
  assumptions:
    'Independent times between arrivals (constant at scv 0, gamma below 1, two exponential branches above), exponential service.',
  formula: 'σ = E[e^(−cμ(1 − σ)X)]; those who wait do so for an exponential time with rate cμ(1 − σ)',
  source: 'Takács, Introduction to the Theory of Queues (1962), ch. 2',
  accuracy: 'Exact for that family of arrivals. Scv 0 is D/M/c, 1/k is Ek/M/c.',
  range: 'Every load below the servers; tested to 100,000 servers.',
  outside: growsWithoutEnd,
  parameters: ['arrivalRate', 'arrivalScv', 'serviceTimeMean', 'servers'],
  initial: { arrivalScv: 0.5 },
  solve(station) {
    const { arrivalRate, serviceTimeMean, servers, arrivalScv } = station;
    const offeredLoad = arrivalRate * serviceTimeMean;
    if (offeredLoad >= servers || offeredLoad === 0) return steadyNumbers(station, 0, 0);
    const { delayProbability, waitingTimeMean, sigma } = renewalQueue(servers, offeredLoad, arrivalScv);
    const quantile = (p: number): number =>
      delayProbability <= 1 - p ? 0 : (serviceTimeMean * log(delayProbability / (1 - p))) / (servers * (1 - sigma));
    return {
      ...steadyNumbers(station, delayProbability, serviceTimeMean * waitingTimeMean),
      waitingTimeDelayedMean: serviceTimeMean / (servers * (1 - sigma)),
      waitingTimeP50: quantile(0.5),
      waitingTimeP95: quantile(0.95),
      waitingTimeP99: quantile(0.99),
    };
  },
};
