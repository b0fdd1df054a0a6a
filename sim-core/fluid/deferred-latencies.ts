import type { LatencySource } from '../kernel/contract.ts';
import type { LatencyHistogram } from '../statistics/latency-histogram.ts';
import type { LatencyMixture, WaitShape } from './latency-mixture.ts';

/** How requests waited, made into a histogram when somebody reads it: few controllers look at latencies. */
export class DeferredLatencies implements LatencySource {
  constructor(
    private readonly mixture: LatencyMixture,
    private readonly shapes: readonly WaitShape[],
  ) {}

  addTo(histogram: LatencyHistogram): void {
    for (const shape of this.shapes) this.mixture.addTo(histogram, shape);
  }
}
