import { finiteQueue, finiteQueueWaitQuantile } from '../mmck.ts';
import type { CalculatorModel } from './contract.ts';

export const mmckCalculator: CalculatorModel = {
  name: 'mmck',
  title: 'M/M/c/K',
  assumptions: 'Poisson arrivals, exponential service times, at most K requests inside; further ones are turned away.',
  formula: 'P_K = aP_(K−1)/(min(K, c) + aP_(K−1)), from P_0 = 1; Wq = Lq/(λ(1 − P_K))',
  source: 'Gross et al., Fundamentals of Queueing Theory, 4th ed., sec. 2.5',
  accuracy: 'Exact under its assumptions. Waits are those of the requests let in.',
  range: 'Every load, also above the servers; room up to 10,000,000.',
  outside: 'With less room than servers there is no such system: refused.',
  parameters: ['arrivalRate', 'serviceTimeMean', 'servers', 'capacity'],
  alwaysStable: true,
  problem: ({ servers, capacity }) =>
    capacity < servers ? `The room (${capacity}) must hold at least those in service (${servers}).` : undefined,
  solve({ arrivalRate, serviceTimeMean, servers, capacity }) {
    const queue = finiteQueue(servers, capacity, arrivalRate, serviceTimeMean);
    const offeredLoad = arrivalRate * serviceTimeMean;
    const throughput = arrivalRate * (1 - queue.blockingProbability);
    const quantile = (p: number) => () => finiteQueueWaitQuantile(servers, capacity, arrivalRate, serviceTimeMean, p);
    return {
      offeredLoad,
      trafficIntensity: offeredLoad / servers,
      utilisation: (throughput * serviceTimeMean) / servers,
      ...queue,
      throughput,
      waitingTimeP50: quantile(0.5),
      waitingTimeP95: quantile(0.95),
      waitingTimeP99: quantile(0.99),
      sojournTimeMean: queue.waitingTimeMean + serviceTimeMean,
    };
  },
};
