import { LatencyHistogram } from '../statistics/latency-histogram.ts';

/** Of sojourn times, s; NaN when nothing completed. */
export interface LatencyQuantiles {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

/** Sojourn times on their way into rows, SLO windows and the totals of a run. An engine fills it in its own way. */
export interface LatencyBook {
  /** of all rows that counted */
  readonly totals: LatencyHistogram;
  /** Closes the open row. @param counts whether it goes into the totals; @param windowed whether into the open window */
  endRow(counts: boolean, windowed: boolean): LatencyQuantiles;
  /** Closes the open window. */
  endWindow(): LatencyQuantiles;
}

const levels = [0.5, 0.95, 0.99];

/** Equal stretches of the rows that count, whose quantiles are kept apart. */
export interface LatencyBatches {
  /** counted rows before the first batch */
  readonly skip: number;
  /** rows of each */
  readonly rows: number;
  /** how many; rows that follow belong to none */
  readonly count: number;
}

/** The book of single requests: every one counted. */
export class HistogramBook implements LatencyBook {
  readonly totals = new LatencyHistogram();
  /** of each batch that is complete */
  readonly batches: LatencyQuantiles[] = [];
  private readonly batch = new LatencyHistogram();
  private countedRows = 0;
  private readonly row = new LatencyHistogram();
  private readonly window = new LatencyHistogram();

  constructor(private readonly plan?: LatencyBatches) {}

  /** Latencies of completions since the last call; a row may take several. */
  add(latencies: LatencyHistogram): void {
    this.row.merge(latencies);
  }

  endRow(counts: boolean, windowed: boolean): LatencyQuantiles {
    const { row } = this;
    const quantiles = quantilesOf(row);
    if (windowed) this.window.merge(row);
    if (counts) {
      this.totals.merge(row);
      if (this.plan !== undefined) this.addToBatch(this.plan);
    }
    row.clear();
    return quantiles;
  }

  private addToBatch({ skip, rows, count }: LatencyBatches): void {
    const { batches, batch } = this;
    if (this.countedRows++ < skip || batches.length === count) return;
    batch.merge(this.row);
    if ((this.countedRows - skip) % rows !== 0) return;
    batches.push(quantilesOf(batch));
    batch.clear();
  }

  endWindow(): LatencyQuantiles {
    const quantiles = quantilesOf(this.window);
    this.window.clear();
    return quantiles;
  }
}

function quantilesOf(histogram: LatencyHistogram): LatencyQuantiles {
  const [p50, p95, p99] = histogram.quantiles(levels) as [number, number, number];
  return { p50, p95, p99 };
}
