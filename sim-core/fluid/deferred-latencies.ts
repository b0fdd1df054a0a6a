import { bucketCount, LatencyHistogram } from '../statistics/latency-histogram.ts';
import type { LatencyMixture, WaitShape } from './latency-mixture.ts';

const nothing = new Int32Array(0);

/** A histogram that is worked out when somebody reads it: few controllers look at latencies, and each scrape has one. */
export class DeferredLatencies extends LatencyHistogram {
  private readonly shapes: WaitShape[] = [];

  constructor(private readonly mixture: LatencyMixture) {
    super(nothing);
  }

  defer(shapes: readonly WaitShape[]): void {
    this.shapes.push(...shapes);
  }

  protected override settle(): void {
    if (this.counts === nothing) this.counts = new Int32Array(bucketCount);
    if (this.shapes.length === 0) return;
    const shapes = this.shapes.splice(0);
    for (const shape of shapes) this.mixture.addTo(this, shape);
  }
}
