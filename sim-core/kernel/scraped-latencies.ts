import { LatencyHistogram } from '../statistics/latency-histogram.ts';
import type { LatencySource } from './contract.ts';

/**
 * Sojourn times on their way to the next scrape. A histogram goes round between engine and autoscaler: to make one anew,
 * and to collect it as garbage, takes longer than to fill it with what happens between two scrapes.
 */
export class ScrapedLatencies {
  private readonly unused: LatencyHistogram[] = [];
  private collected = new LatencyHistogram();
  private isEmpty = true;

  /** Takes what a histogram holds. @returns an empty one to go on with, which may be another */
  exchange(latencies: LatencyHistogram): LatencyHistogram {
    const { collected } = this;
    if (this.isEmpty) {
      this.isEmpty = false;
      this.collected = latencies;
      return collected;
    }
    collected.merge(latencies);
    latencies.clear();
    return latencies;
  }

  /** What was collected since the last call. */
  take(): LatencySource {
    const taken = new Taken(this.collected, this.unused);
    this.collected = this.unused.pop() ?? new LatencyHistogram();
    this.isEmpty = true;
    return taken;
  }
}

class Taken implements LatencySource {
  private isReleased = false;

  constructor(
    private readonly histogram: LatencyHistogram,
    private readonly unused: LatencyHistogram[],
  ) {}

  addTo(other: LatencyHistogram): void {
    if (this.isReleased) throw new Error('These latencies have been given back.');
    other.merge(this.histogram);
  }

  release(): void {
    if (this.isReleased) return;
    this.isReleased = true;
    this.histogram.clear();
    this.unused.push(this.histogram);
  }
}
