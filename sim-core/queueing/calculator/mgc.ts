import { mgc } from '../mgc.ts';
import type { CalculatorModel } from './contract.ts';
import { measureQueueModel, turnsNobodyAway } from './from-queue-model.ts';
import { growsWithoutEnd } from './steady.ts';

export const mgcCalculator: CalculatorModel = {
  name: 'mgc',
  title: mgc.title,
  assumptions: mgc.assumptions,
  formula: 'Wq = (1 + cs²)/(2cs²/Wq(M/M/c) + (1 − cs²)/Wq(M/D/c)), M/D/c by Cosmetatos; the wait as a gamma',
  source: 'Kimura, Queueing Systems 17 (1994); Whitt, Production and Operations Management 2 (1993)',
  accuracy: mgc.accuracy,
  range: 'Service scv up to 9; best from 70 % utilisation on. At one server the mean wait is exact.',
  outside: growsWithoutEnd,
  parameters: ['arrivalRate', 'serviceTimeMean', 'serviceScv', 'servers'],
  cautions: ({ serviceScv, servers }) =>
    serviceScv > 9 && servers > 1
      ? [
          'Service is so variable that two moments say little: nobody has measured this approximation beyond an scv of 9.',
        ]
      : [],
  titles: turnsNobodyAway,
  solve: ({ arrivalRate, serviceTimeMean, serviceScv, servers }) =>
    measureQueueModel(mgc, { arrivalRate, serviceTimeMean, serviceScv, servers }),
};
