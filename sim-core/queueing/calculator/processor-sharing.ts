import { mmc } from '../mmc.ts';
import type { CalculatorModel } from './contract.ts';
import { growsWithoutEnd } from './steady.ts';

export const processorSharingCalculator: CalculatorModel = {
  name: 'ps',
  title: 'M/G/c-PS',
  assumptions:
    'Poisson arrivals, any service times; all inside share c processors evenly, none with more than one. c = 1 is M/G/1-PS.',
  formula: 'W = E[S] + C(c, a)/(cμ − λ); at c = 1, W = E[S]/(1 − ρ), and x/(1 − ρ) for a request of size x',
  source: 'Kleinrock, Queueing Systems II (1976), sec. 4.4; Cohen, Acta Informatica 12 (1979)',
  accuracy: 'Means are exact and depend on service by its mean alone.',
  range: 'Every load below the processors; requests do not queue outside for a place.',
  outside: growsWithoutEnd,
  parameters: ['arrivalRate', 'serviceTimeMean', 'servers'],
  initial: { arrivalRate: 10, servers: 1 },
  solve({ arrivalRate, serviceTimeMean, servers }) {
    const { offeredLoad, trafficIntensity, utilisation, sojournTimeMean, numberInSystemMean } = mmc.predict({
      arrivalRate,
      serviceTimeMean,
      serviceScv: 1,
      servers,
    });
    return {
      offeredLoad,
      trafficIntensity,
      utilisation,
      sojournTimeMean,
      slowdown: sojournTimeMean / serviceTimeMean,
      numberInSystemMean: arrivalRate > 0 ? numberInSystemMean : 0,
    };
  },
};
