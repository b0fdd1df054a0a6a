import type { LatencySource, ServiceSnapshot } from '../kernel/contract.ts';
import { LatencyHistogram } from '../statistics/latency-histogram.ts';
import type { ServiceSeen } from './contract.ts';

type Counters = Omit<ServiceSnapshot, 'latencies' | 'replicas' | 'cpuTime' | 'queueLength' | 'inService'>;

/** Counters begin at t = 0. */
const atStart: Counters = {
  time: 0,
  arrivals: 0,
  completed: 0,
  rejected: 0,
  timedOut: 0,
  failed: 0,
  busyTime: 0,
  readySlotTime: 0,
  serviceTimeSum: 0,
  serviceTimeSquareSum: 0,
  sojournTimeSum: 0,
};

/**
 * The service between two scrapes. Quantiles are worked out when they are asked for: most controllers never do, and merging
 * the histograms of a long window costs more than all the rest.
 */
export class ServiceWindow implements ServiceSeen {
  readonly arrivalRate: number;
  readonly throughput: number;
  readonly queueLength: number;
  readonly inService: number;
  readonly utilisation: number;
  readonly cpuUtilisation: number;
  readonly latencyMean: number;
  readonly serviceTimeMean: number;
  readonly serviceScv: number;
  readonly errorRate: number;
  private readonly latencies: readonly LatencySource[];
  private quantiles: readonly number[] | undefined;

  /**
   * @param start scrape the window begins with; undefined for t = 0
   * @param end scrape it ends with
   * @param latencies of each scrape after `start` up to `end`
   * @param stretched by how much a rate is more than the slope of its counter, from the counter's first value and its increase
   */
  constructor(
    start: Counters | undefined,
    end: ServiceSnapshot,
    latencies: readonly LatencySource[],
    cpuUtilisation: number,
    stretched: (value: number, increase: number) => number = () => 1,
  ) {
    const from = start ?? atStart;
    const seconds = end.time - from.time;
    const completed = end.completed - from.completed;
    const failed = end.rejected + end.timedOut + end.failed - (from.rejected + from.timedOut + from.failed);
    const mean = (end.serviceTimeSum - from.serviceTimeSum) / completed;
    const square = (end.serviceTimeSquareSum - from.serviceTimeSquareSum) / completed;
    // 0 ÷ 0 is NaN, which is what nothing observed means everywhere here.
    this.arrivalRate =
      ((end.arrivals - from.arrivals) / seconds) * stretched(from.arrivals, end.arrivals - from.arrivals);
    this.throughput = (completed / seconds) * stretched(from.completed, completed);
    this.queueLength = end.queueLength;
    this.inService = end.inService;
    this.utilisation = ratioOver(end.readySlotTime - from.readySlotTime, end.busyTime - from.busyTime, seconds);
    this.cpuUtilisation = cpuUtilisation;
    this.latencyMean = (end.sojournTimeSum - from.sojournTimeSum) / completed;
    this.serviceTimeMean = mean;
    // Σx² ÷ n − mean² may come out a hair below zero when all times are the same.
    this.serviceScv = Math.max(0, square / (mean * mean) - 1);
    this.errorRate = failed / (completed + failed);
    this.latencies = latencies;
  }

  get latencyP50(): number {
    return this.quantile(0);
  }

  get latencyP95(): number {
    return this.quantile(1);
  }

  get latencyP99(): number {
    return this.quantile(2);
  }

  private quantile(index: number): number {
    if (this.quantiles === undefined) {
      const merged = new LatencyHistogram();
      for (const source of this.latencies) source.addTo(merged);
      this.quantiles = merged.quantiles([0.5, 0.95, 0.99]);
    }
    return this.quantiles[index] ?? NaN;
  }
}

/** Before the first sample has arrived. */
export const nothingSeen: ServiceSeen = {
  arrivalRate: NaN,
  throughput: NaN,
  queueLength: NaN,
  inService: NaN,
  utilisation: NaN,
  cpuUtilisation: NaN,
  latencyMean: NaN,
  latencyP50: NaN,
  latencyP95: NaN,
  latencyP99: NaN,
  serviceTimeMean: NaN,
  serviceScv: NaN,
  errorRate: NaN,
};

/** busy ÷ ready; NaN when slots were ready only by the rounding of instants. */
function ratioOver(ready: number, busy: number, seconds: number): number {
  return ready < seconds * 1e-9 ? NaN : busy / ready;
}
