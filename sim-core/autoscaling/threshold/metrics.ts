import type { Observation } from '../contract.ts';
import { inWords, percentInWords } from '../words.ts';
import type { ThresholdMetric } from './config.ts';

interface Reader {
  /** name in the decision log */
  readonly name: string;
  /** NaN where nothing was observed */
  read(seen: Observation): number;
  inWords(value: number): string;
}

const perReplica = (total: number, { readyReplicas }: Observation): number =>
  readyReplicas > 0 ? total / readyReplicas : NaN;
const seconds = (value: number): string => (value < 1 ? `${inWords(value * 1000, 0)} ms` : `${inWords(value)} s`);
const perSecond = (value: number): string => `${inWords(value)}/s`;
const plain = (value: number): string => inWords(value);

/** What a threshold rule can look at. */
export const thresholdMetrics: Readonly<Record<ThresholdMetric, Reader>> = {
  cpu: { name: 'cpuUtilisation', read: ({ service }) => service.cpuUtilisation, inWords: percentInWords },
  utilisation: { name: 'utilisation', read: ({ service }) => service.utilisation, inWords: percentInWords },
  errorRate: { name: 'errorRate', read: ({ service }) => service.errorRate, inWords: percentInWords },
  p50: { name: 'latencyP50', read: ({ service }) => service.latencyP50, inWords: seconds },
  p95: { name: 'latencyP95', read: ({ service }) => service.latencyP95, inWords: seconds },
  p99: { name: 'latencyP99', read: ({ service }) => service.latencyP99, inWords: seconds },
  mean: { name: 'latencyMean', read: ({ service }) => service.latencyMean, inWords: seconds },
  rate: { name: 'arrivalRate', read: ({ service }) => service.arrivalRate, inWords: perSecond },
  ratePerReplica: {
    name: 'arrivalRatePerReplica',
    read: (seen) => perReplica(seen.service.arrivalRate, seen),
    inWords: perSecond,
  },
  throughput: { name: 'throughput', read: ({ service }) => service.throughput, inWords: perSecond },
  queue: { name: 'queueLength', read: ({ service }) => service.queueLength, inWords: plain },
  queuePerReplica: {
    name: 'queueLengthPerReplica',
    read: (seen) => perReplica(seen.service.queueLength, seen),
    inWords: plain,
  },
  inService: { name: 'inService', read: ({ service }) => service.inService, inWords: plain },
};
