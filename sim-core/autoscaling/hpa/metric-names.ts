import type { ServiceSeen } from '../contract.ts';

/** A metric that Pods, Object and External sources can name in a simulation. */
export interface NamedMetric {
  /** @returns the value of the whole service, NaN where nothing was observed */
  readonly read: (seen: ServiceSeen) => number;
  /** Whether it grows with the size of the service: a ready pod then reports its equal share, else the value itself. */
  readonly shared: boolean;
  readonly describe: string;
}

const shared = (describe: string, read: NamedMetric['read']): NamedMetric => ({ read, shared: true, describe });
const common = (describe: string, read: NamedMetric['read']): NamedMetric => ({ read, shared: false, describe });

const arrivalRate = shared('requests that arrive, 1/s, retries included', (seen) => seen.arrivalRate);
const throughput = shared('requests completed, 1/s', (seen) => seen.throughput);
const queueLength = shared('requests waiting', (seen) => seen.queueLength);
const inService = shared('requests being worked on', (seen) => seen.inService);
const outstanding = shared('requests waiting or being worked on', (seen) => seen.queueLength + seen.inService);

/** Usual names of exporters first, the words of this program after them. */
const known: Readonly<Record<string, NamedMetric>> = {
  http_requests_per_second: arrivalRate,
  requests_per_second: arrivalRate,
  arrival_rate: arrivalRate,
  http_responses_per_second: throughput,
  throughput,
  queue_length: queueLength,
  queue_depth: queueLength,
  in_flight_requests: inService,
  http_requests_in_flight: inService,
  outstanding_requests: outstanding,
  slot_utilisation: common('busy ÷ ready request slots, 0 … 1', (seen) => seen.utilisation),
  latency_mean_seconds: common('mean latency, s', (seen) => seen.latencyMean),
  latency_p50_seconds: common('median latency, s', (seen) => seen.latencyP50),
  latency_p95_seconds: common('95th percentile of latency, s', (seen) => seen.latencyP95),
  latency_p99_seconds: common('99th percentile of latency, s', (seen) => seen.latencyP99),
  error_rate: common('share of attempts that fail, 0 … 1', (seen) => seen.errorRate),
};

export const knownMetricNames: readonly string[] = Object.keys(known);

export function namedMetric(name: string): NamedMetric | undefined {
  return Object.hasOwn(known, name) ? known[name] : undefined;
}
