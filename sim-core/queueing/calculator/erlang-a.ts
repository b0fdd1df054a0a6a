import { erlangA, erlangAWaitQuantile } from '../erlang-a.ts';
import type { CalculatorModel } from './contract.ts';

/** Waiting requests that would matter; more take too long to sum. */
const mostWaiting = 20_000_000;

export const erlangACalculator: CalculatorModel = {
  name: 'erlang-a',
  title: 'Erlang A (M/M/c+M)',
  assumptions: 'Poisson arrivals, exponential service times, and exponential patience: who waits longer gives up.',
  formula: 'p(n) = p(n−1)·λ/(min(n, c)μ + max(n − c, 0)θ); P(gives up) = θLq/λ',
  source: 'Palm (1946); Garnett, Mandelbaum & Reiman, M&SOM 4 (2002)',
  accuracy: 'Exact under its assumptions. Quantiles are of the time in the queue, of those who give up, too.',
  range: 'Every load, also above the servers.',
  outside: 'Refused when patience is so long, and the load so high, that over 20 million requests would wait.',
  parameters: ['arrivalRate', 'serviceTimeMean', 'servers', 'patienceMean'],
  alwaysStable: true,
  problem({ arrivalRate, serviceTimeMean, servers, patienceMean }) {
    const excess = Math.max(0, arrivalRate * serviceTimeMean - servers);
    const impatience = serviceTimeMean / patienceMean;
    return excess / impatience > mostWaiting || impatience < 1e-9
      ? 'Patience is too long against the service time to be worked out: without end it is M/M/c.'
      : undefined;
  },
  solve(system) {
    const queue = erlangA(system);
    const offeredLoad = system.arrivalRate * system.serviceTimeMean;
    const throughput = system.arrivalRate * (1 - queue.abandonmentProbability);
    const quantile = (p: number) => () => erlangAWaitQuantile(system, p);
    return {
      offeredLoad,
      trafficIntensity: offeredLoad / system.servers,
      utilisation: (throughput * system.serviceTimeMean) / system.servers,
      ...queue,
      throughput,
      waitingTimeDelayedMean: queue.waitingTimeMean / queue.delayProbability,
      waitingTimeP50: quantile(0.5),
      waitingTimeP95: quantile(0.95),
      waitingTimeP99: quantile(0.99),
    };
  },
};
