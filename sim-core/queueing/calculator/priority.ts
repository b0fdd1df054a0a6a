import { nonPreemptiveWaits, preemptiveSojourns } from '../priority.ts';
import type { CalculatorModel } from './contract.ts';

export const priorityCalculator: CalculatorModel = {
  name: 'priority',
  title: 'M/G/1 with priorities',
  assumptions:
    'Two classes of Poisson arrivals, one server, urgent requests first; what is begun is finished, or interrupted and resumed.',
  formula:
    'W(k) = R/((1 − σ(k−1))(1 − σ(k))), R = Σλ·E[S²]/2; interrupting: T(k) = E[S(k)]/(1 − σ(k−1)) + R(k)/((1 − σ(k−1))(1 − σ(k)))',
  source: 'Cobham, Operations Research 2 (1954); Gross et al., sec. 3.4',
  accuracy: 'Means are exact.',
  range: 'Every load below 1.',
  outside:
    'From 1 on the class behind waits without end; the urgent class does so only when it alone fills the server.',
  parameters: [
    'arrivalRate',
    'serviceTimeMean',
    'serviceScv',
    'priorityArrivalRate',
    'priorityServiceTimeMean',
    'priorityServiceScv',
  ],
  initial: { arrivalRate: 8 },
  solve(values) {
    const { arrivalRate, serviceTimeMean, serviceScv, priorityServiceTimeMean } = values;
    const classes = [
      {
        arrivalRate: values.priorityArrivalRate,
        serviceTimeMean: priorityServiceTimeMean,
        serviceScv: values.priorityServiceScv,
      },
      { arrivalRate, serviceTimeMean, serviceScv },
    ];
    const [urgent = NaN, behind = NaN] = nonPreemptiveWaits(classes);
    const [interrupting = NaN, interrupted = NaN] = preemptiveSojourns(classes);
    const offeredLoad = classes.reduce((sum, each) => sum + each.arrivalRate * each.serviceTimeMean, 0);
    return {
      offeredLoad,
      trafficIntensity: offeredLoad,
      utilisation: Math.min(1, offeredLoad),
      priorityWaitingTimeMean: urgent,
      prioritySojournTimeMean: urgent + priorityServiceTimeMean,
      prioritySojournTimePreemptiveMean: interrupting,
      waitingTimeMean: behind,
      sojournTimeMean: behind + serviceTimeMean,
      sojournTimePreemptiveMean: interrupted,
    };
  },
};
