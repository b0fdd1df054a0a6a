import { erlangC } from '../erlang.ts';
import { sinusoidalOfferedLoad, sinusoidalPeak } from '../infinite-server.ts';
import type { CalculatorModel } from './contract.ts';

/** Moments of a period that are looked at. */
const moments = 200;

export const timeVaryingCalculator: CalculatorModel = {
  name: 'mtgc',
  title: 'Mt/G/c, sinusoidal rate',
  assumptions: 'Poisson arrivals whose rate swings as a sine, gamma service times, servers that stay as they are.',
  formula: 'pointwise: Erlang C at a = λ(t)E[S]; modified: at a = m(t) of Mt/G/∞, m(t) = ∫λ(t − u)P(S > u)du',
  source: 'Eick, Massey & Whitt (1993); Jennings et al., Management Science 42 (1996); Green, Kolesar & Whitt (2007)',
  accuracy:
    'm(t) is exact. With the modified load the share that waits, averaged over a period, was within 3 % of exact values at 100 erlang and a swing of 20 %.',
  range: 'Loads that stay below the servers all the time. Pointwise: services much shorter than the period.',
  outside: 'At moments whose load fills the servers everybody is said to wait: what carries over is not seen.',
  parameters: ['arrivalRate', 'amplitude', 'period', 'serviceTimeMean', 'serviceScv', 'servers'],
  alwaysStable: true,
  problem: ({ arrivalRate, amplitude }) =>
    amplitude > arrivalRate ? 'The amplitude must not exceed the mean rate: rates below zero do not exist.' : undefined,
  cautions({ arrivalRate, amplitude, period, serviceTimeMean, servers }) {
    const turn = (6.283185307179586 * serviceTimeMean) / period;
    return [
      ...(turn > 0.3 ? ['Services are long against the period: the pointwise numbers are not to be trusted.'] : []),
      ...((arrivalRate + amplitude) * serviceTimeMean >= servers
        ? ['The peak rate fills the servers: a backlog builds up, of which neither approximation knows.']
        : []),
    ];
  },
  solve({ arrivalRate, amplitude, period, serviceTimeMean, serviceScv, servers }) {
    const rate = { mean: arrivalRate, amplitude, period };
    let delays = 0;
    for (let k = 0; k < moments; k += 1) {
      const load = sinusoidalOfferedLoad(rate, serviceTimeMean, serviceScv, (k / moments) * period);
      delays += erlangC(servers, Math.max(0, load)) / moments;
    }
    const peak = sinusoidalPeak(rate, serviceTimeMean, serviceScv);
    const offeredLoad = arrivalRate * serviceTimeMean;
    return {
      offeredLoad,
      trafficIntensity: offeredLoad / servers,
      utilisation: Math.min(1, offeredLoad / servers),
      offeredLoadPeak: peak.offeredLoad,
      peakLag: peak.lag,
      delayProbabilityPointwise: erlangC(servers, (arrivalRate + amplitude) * serviceTimeMean),
      delayProbabilityModified: erlangC(servers, peak.offeredLoad),
      delayProbabilityMean: delays,
    };
  },
};
