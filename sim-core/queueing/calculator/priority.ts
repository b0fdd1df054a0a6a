import {
  multiServerPreemptiveSojourns,
  multiServerPriorityWaits,
  nonPreemptiveWaits,
  preemptiveSojourns,
} from '../priority.ts';
import type { PriorityClass } from '../priority.ts';
import type { CalculatorModel, ClassNumbers } from './contract.ts';

/** M/G/1 with any classes; M/M/c when all share one exponential service time. */
export const priorityCalculator: CalculatorModel = {
  name: 'priority',
  title: 'M/G/1 and M/M/c with priorities',
  assumptions:
    'Classes of Poisson arrivals in the order in which they are served; what is begun is finished, or interrupted and resumed.',
  formula:
    'W(k) = R/((1 − σ(k−1))(1 − σ(k))), R = Σλ·E[S²]/2, on c servers R = C(c, a)·S/c; interrupting: T(k) = E[S(k)]/(1 − σ(k−1)) + R(k)/((1 − σ(k−1))(1 − σ(k))), on c servers T(k) = (L(Λ(k)) − L(Λ(k−1)))/λ(k)',
  source:
    'Cobham, Operations Research 2 (1954); Gross et al., sec. 3.4; Kella & Yechiali, Stochastic Models 1 (1985); Buzen & Bondi, Operations Research 31 (1983)',
  accuracy: 'Means are exact.',
  range: 'Up to 50 classes. One server: any service times. More servers: one exponential service time for all classes.',
  outside:
    'A class waits without end when it and those before it fill the servers; those before it do not. Several servers with unlike classes are refused.',
  parameters: ['rateFactor', 'servers'],
  initial: { servers: 1 },
  initialClasses: [
    { arrivalRate: 2, serviceTimeMean: 0.04, serviceScv: 1 },
    { arrivalRate: 8, serviceTimeMean: 0.08, serviceScv: 1 },
  ],
  problem({ servers, classes = [] }) {
    const alike = classes.every(
      ({ serviceTimeMean, serviceScv }) => serviceTimeMean === classes[0]?.serviceTimeMean && serviceScv === 1,
    );
    return servers === 1 || alike
      ? undefined
      : 'With more than one server priorities are worked out for classes with one and the same exponential service time (variability 1): make them alike, or take one server.';
  },
  solve({ rateFactor, servers, classes: given = [] }) {
    const classes = given.map((each) => ({ ...each, arrivalRate: rateFactor * each.arrivalRate }));
    const [waits, interrupting] = timesOf(classes, servers);
    const offeredLoad = classes.reduce((sum, each) => sum + each.arrivalRate * each.serviceTimeMean, 0);
    const numbers = classes.map((each, k): ClassNumbers => ({
      ...each,
      waitingTimeMean: waits[k]!,
      sojournTimeMean: waits[k]! + each.serviceTimeMean,
      sojournTimePreemptiveMean: interrupting[k]!,
    }));
    const [first, last] = [numbers[0]!, numbers.at(-1)!];
    return {
      offeredLoad,
      trafficIntensity: offeredLoad / servers,
      utilisation: Math.min(1, offeredLoad / servers),
      waitingTimeMean: meanOf(numbers, ({ waitingTimeMean }) => waitingTimeMean),
      firstWaitingTimeMean: first.waitingTimeMean,
      lastWaitingTimeMean: last.waitingTimeMean,
      sojournTimeMean: meanOf(numbers, ({ sojournTimeMean }) => sojournTimeMean),
      sojournTimePreemptiveMean: meanOf(numbers, ({ sojournTimePreemptiveMean }) => sojournTimePreemptiveMean),
      firstSojournTimePreemptiveMean: first.sojournTimePreemptiveMean,
      lastSojournTimePreemptiveMean: last.sojournTimePreemptiveMean,
      classes: numbers,
    };
  },
};

function timesOf(
  classes: readonly PriorityClass[],
  servers: number,
): readonly [waits: readonly number[], interrupting: readonly number[]] {
  if (servers === 1) return [nonPreemptiveWaits(classes), preemptiveSojourns(classes)];
  const rates = classes.map(({ arrivalRate }) => arrivalRate);
  const { serviceTimeMean } = classes[0]!;
  return [
    multiServerPriorityWaits(rates, serviceTimeMean, servers),
    multiServerPreemptiveSojourns(rates, serviceTimeMean, servers),
  ];
}

/** Over all requests; 0 when nobody comes. */
function meanOf(classes: readonly ClassNumbers[], value: (each: ClassNumbers) => number): number {
  const total = classes.reduce((sum, { arrivalRate }) => sum + arrivalRate, 0);
  const sum = classes.reduce((all, each) => (each.arrivalRate > 0 ? all + each.arrivalRate * value(each) : all), 0);
  return total > 0 ? sum / total : 0;
}
