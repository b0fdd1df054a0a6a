import type { ServiceSeen } from './contract.ts';
import { cpuUtilisationOf } from './metrics-reading.ts';
import type { CpuSample, ObservedDeployment, Reading } from './metrics-reading.ts';
import { rateExtrapolation } from './prometheus-range.ts';
import { ReplicaPointer } from './scrape.ts';
import type { Scrape } from './scrape.ts';
import { ServiceWindow, nothingSeen } from './service-window.ts';

/** s: (start, end] */
interface Range {
  readonly start: number;
  readonly end: number;
}

/**
 * Rates as PromQL has them over a range: from the first to the last sample within it, extrapolated to its ends. Missing
 * samples are bridged as long as two are left; with fewer there is nothing.
 */
export class RangeReading implements Reading {
  /** @param within the scrapes of the range, oldest first */
  constructor(
    private readonly range: Range,
    private readonly within: readonly Scrape[],
    private readonly deployment: ObservedDeployment,
    private readonly latest: Scrape | undefined,
  ) {}

  service(): ServiceSeen {
    const cpuUtilisation = this.cpuUtilisation();
    const samples = this.within.filter(({ lost }) => lost?.service !== true);
    const [first] = samples;
    const last = samples.at(-1);
    if (first === undefined || last === undefined || first === last) return { ...nothingSeen, cpuUtilisation };
    const range = { ...this.range, first: first.time, last: last.time, count: samples.length };
    const latencies = this.within
      .filter(({ time }) => time > first.time && time <= last.time)
      .map((scrape) => scrape.latencies);
    return new ServiceWindow(first, last, latencies, cpuUtilisation, (value, increase) =>
      rateExtrapolation(range, value, increase),
    );
  }

  cpu(): CpuSample {
    return new RangeCpu(this.range, this.within);
  }

  cpuUtilisation(): number {
    return cpuUtilisationOf(this.latest, this.cpu(), this.deployment.cpuRequestMilli);
  }

  /** Each pod's rate is extrapolated by the samples of its own. */
  steadyPods(): undefined {
    return undefined;
  }
}

class RangeCpu implements CpuSample {
  cpuMilli = NaN;
  time = NaN;
  window = NaN;
  private readonly pointers: readonly ReplicaPointer[];

  constructor(
    private readonly range: Range,
    within: readonly Scrape[],
  ) {
    this.pointers = within.map((scrape) => new ReplicaPointer(scrape));
  }

  take(id: number): void {
    this.cpuMilli = this.window = this.time = NaN;
    const samples = this.pointers.filter((pointer) => pointer.find(id));
    const [first] = samples;
    const last = samples.at(-1);
    if (first === undefined || last === undefined || first === last) return;
    const increase = last.cpuTime - first.cpuTime;
    const range = { ...this.range, first: first.time, last: last.time, count: samples.length };
    this.time = last.time;
    this.window = this.range.end - this.range.start;
    const slope = increase / (last.time - first.time);
    this.cpuMilli = slope * rateExtrapolation(range, first.cpuTime, increase) * 1000;
  }
}
