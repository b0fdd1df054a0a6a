import { fixedPatienceQueue } from '../fixed-patience.ts';
import type { CalculatorModel } from './contract.ts';

export const fixedPatienceCalculator: CalculatorModel = {
  name: 'fixed-patience',
  title: 'M/M/c+D, fixed patience',
  assumptions:
    'Poisson arrivals, exponential service times, and the same patience for all: who has waited that long leaves, as with a time-out.',
  formula: 'P(gives up) = λe^(−δT)/(cμ(1/B(c − 1, a) + λJ)), J = (1 − e^(−δT))/δ + e^(−δT)/(cμ), δ = cμ − λ',
  source: 'Baccelli & Hébuterne (1981); Zeltyn & Mandelbaum, Queueing Systems 51 (2005)',
  accuracy: 'Exact under its assumptions.',
  range: 'Every load, also above the servers; tested to 100,000 servers.',
  outside: 'Nothing is outside: those who leave keep the queue short.',
  parameters: ['arrivalRate', 'serviceTimeMean', 'servers', 'patienceMean'],
  alwaysStable: true,
  solve(system) {
    const queue = fixedPatienceQueue(system);
    const offeredLoad = system.arrivalRate * system.serviceTimeMean;
    const throughput = system.arrivalRate * (1 - queue.abandonmentProbability);
    return {
      offeredLoad,
      trafficIntensity: offeredLoad / system.servers,
      utilisation: (throughput * system.serviceTimeMean) / system.servers,
      ...queue,
      throughput,
    };
  },
};
