import { constantServiceWait } from '../mdc-wait.ts';
import { constantServiceQueue } from '../mdc.ts';
import type { CalculatorModel } from './contract.ts';
import { growsWithoutEnd, steadyNumbers } from './steady.ts';

export const mdcCalculator: CalculatorModel = {
  name: 'mdc',
  title: 'M/D/c',
  assumptions: 'Poisson arrivals, constant service times, identical servers, one queue without limit, steady state.',
  formula: 'Wq = Σ E[max(lD − Erlang(lc, λ), 0)]/l, P(W = 0) = exp(−Σ P(Poisson(laD) ≥ lc)/l); quantiles by Franx',
  source: 'Crommelin (1932); Spitzer (1956); Franx, Operations Research Letters 29 (2001)',
  accuracy: 'Exact under its assumptions.',
  range: 'Every load below the servers; quantiles while servers ÷ (1 − ρ) is below some hundred thousand.',
  outside: `${growsWithoutEnd} Quantiles that would take too long are left out.`,
  parameters: ['arrivalRate', 'serviceTimeMean', 'servers'],
  solve(station) {
    const { arrivalRate, serviceTimeMean, servers } = station;
    const offeredLoad = arrivalRate * serviceTimeMean;
    if (offeredLoad >= servers) return steadyNumbers(station, 1, Infinity);
    const queue = constantServiceQueue(servers, offeredLoad);
    let distribution: ReturnType<typeof constantServiceWait> | undefined;
    const quantile = (p: number, more: number) => () => {
      distribution ??= constantServiceWait(servers, offeredLoad);
      return distribution === null ? NaN : serviceTimeMean * (distribution.quantile(p) + more);
    };
    return {
      ...steadyNumbers(station, queue.delayProbability, serviceTimeMean * queue.waitingTimeMean),
      waitingTimeP50: quantile(0.5, 0),
      waitingTimeP95: quantile(0.95, 0),
      waitingTimeP99: quantile(0.99, 0),
      sojournTimeP50: quantile(0.5, 1),
      sojournTimeP95: quantile(0.95, 1),
      sojournTimeP99: quantile(0.99, 1),
    };
  },
};
