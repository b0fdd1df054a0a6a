import type { LatencyBook, LatencyQuantiles } from '../kernel/latency-book.ts';
import { LatencyHistogram } from '../statistics/latency-histogram.ts';
import { alike, together, type LatencyMixture, type WaitShape } from './latency-mixture.ts';
import type { SojournQuantiles } from './sojourn-quantiles.ts';

/** Sojourn times as the shapes of how requests waited: neighbours that are alike stand as one. */
export class ShapeBook implements LatencyBook {
  private readonly histogram = new LatencyHistogram();
  private row: WaitShape[] = [];
  private window: WaitShape[] = [];
  /** not yet in the histogram */
  private pending: WaitShape[] = [];

  constructor(
    private readonly quantiles: SojournQuantiles,
    private readonly mixture: LatencyMixture,
    private readonly serviceTimeMean: number,
  ) {}

  get totals(): LatencyHistogram {
    this.count();
    return this.histogram;
  }

  add(shape: WaitShape): void {
    this.join(this.row, shape);
  }

  endRow(counts: boolean, windowed: boolean): LatencyQuantiles {
    const { row } = this;
    const quantiles = this.quantiles.of(row);
    for (const shape of row) {
      if (windowed) this.join(this.window, shape);
      if (!counts) continue;
      this.join(this.pending, shape);
      if (this.pending.length > 64) this.count();
    }
    row.length = 0;
    return quantiles;
  }

  endWindow(): LatencyQuantiles {
    const quantiles = this.quantiles.of(this.window);
    this.window.length = 0;
    return quantiles;
  }

  private join(shapes: WaitShape[], shape: WaitShape): void {
    const last = shapes.at(-1);
    if (last !== undefined && alike(last, shape, this.serviceTimeMean))
      shapes[shapes.length - 1] = together(last, shape);
    else shapes.push(shape);
  }

  private count(): void {
    for (const shape of this.pending) this.mixture.addTo(this.histogram, shape);
    this.pending.length = 0;
  }
}
