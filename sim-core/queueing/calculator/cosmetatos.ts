import { erlangC } from '../erlang.ts';
import { cosmetatosWait } from '../gigc.ts';
import type { CalculatorModel } from './contract.ts';
import { growsWithoutEnd, steadyNumbers } from './steady.ts';

export const cosmetatosCalculator: CalculatorModel = {
  name: 'cosmetatos',
  title: 'M/G/c, Cosmetatos',
  assumptions: 'Poisson arrivals, service times no more variable than exponential, steady state.',
  formula: 'Wq = cs²·Wq(M/M/c) + (1 − cs²)·½(1 + (1 − ρ)(c − 1)(√(4 + 5c) − 2)/(16ρc))·Wq(M/M/c)',
  source: 'Cosmetatos, INFOR 13 (1975); Operational Research Quarterly 27 (1976)',
  accuracy:
    'From 70 % utilisation on out by 0.6 % on average for constant service (5 % at worst), 0.3 % for Erlang service.',
  range: 'Service scv from 0 to 1, utilisation from 70 %.',
  outside: `In light traffic on many servers it is far too high; above scv 1 it is out by 6 % and more. ${growsWithoutEnd}`,
  parameters: ['arrivalRate', 'serviceTimeMean', 'serviceScv', 'servers'],
  initial: { serviceScv: 0.5 },
  cautions: ({ arrivalRate, serviceTimeMean, serviceScv, servers }) => [
    ...(arrivalRate * serviceTimeMean < 0.7 * servers && servers > 1
      ? ['Below 70 % utilisation this approximation was not measured; M/G/c (Kimura) holds there, too.']
      : []),
    ...(serviceScv > 1 && servers > 1 ? ['Service is more variable than this formula is for.'] : []),
  ],
  solve: (station) =>
    steadyNumbers(
      station,
      erlangC(station.servers, station.arrivalRate * station.serviceTimeMean),
      cosmetatosWait({ ...station, arrivalScv: 1 }),
    ),
};
