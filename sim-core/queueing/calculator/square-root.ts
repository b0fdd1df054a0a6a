import { erlangC } from '../erlang.ts';
import { halfinWhittBeta, squareRootServers } from '../square-root.ts';
import type { CalculatorModel } from './contract.ts';

export const squareRootCalculator: CalculatorModel = {
  name: 'square-root',
  title: 'Square-root staffing',
  assumptions: 'M/M/c with so many servers that the limit of Halfin and Whitt holds: c = a + β√a.',
  formula: 'α = 1/(1 + βΦ(β)/φ(β)); c = ceil(a + β√a)',
  source: 'Halfin & Whitt, Operations Research 29 (1981)',
  accuracy: 'Against Erlang C the share that waits is within 0.02 from ten servers on.',
  range: 'Offered loads of ten erlang and more.',
  outside:
    'For fewer servers the rule is off by a server or so; what Erlang C says of its answer is printed beside it.',
  parameters: ['arrivalRate', 'serviceTimeMean', 'delayTarget'],
  alwaysStable: true,
  cautions: ({ arrivalRate, serviceTimeMean }) =>
    arrivalRate * serviceTimeMean < 10 ? ['Below ten erlang the limit is a rough guide.'] : [],
  solve({ arrivalRate, serviceTimeMean, delayTarget }) {
    const offeredLoad = arrivalRate * serviceTimeMean;
    const squareRootFactor = halfinWhittBeta(delayTarget);
    const servers = squareRootServers(offeredLoad, squareRootFactor);
    return {
      offeredLoad,
      servers,
      squareRootFactor,
      utilisation: offeredLoad / servers,
      delayProbability: () => erlangC(servers, offeredLoad),
    };
  },
};
