import { decodeUtf8 } from '../encoding.ts';
import { distributionQuantile, type RecordedDistribution } from '../distribution.ts';
import type { ReaderContext, StreamFormat } from '../format.ts';
import { LineReader } from '../line-reader.ts';
import { readUnit } from '../recorded-unit.ts';

/** Rows of a spectrum read at most; wrk2 and HdrHistogram write some hundred. */
const maxRows = 100_000;

/**
 * A percentile spectrum as wrk2 (`--latency`) and HdrHistogram print it: a value, the share of values up to it, how many
 * those are. wrk2 counts ms; a bare HdrHistogram table does not tell and is taken as ms too. A distribution, no trace;
 * of several spectra the first is read, which is wrk2's corrected one.
 *
 * @see https://github.com/giltene/wrk2#coordinated-omission
 */
export const hdrPercentiles: StreamFormat = {
  name: 'hdr-percentiles',
  title: 'percentile spectrum of wrk2 or HdrHistogram',
  access: 'text',
  recognise: ({ lines }) =>
    lines.some((line) => title.test(line))
      ? { confidence: 0.9, reason: 'the columns Value, Percentile, TotalCount, 1/(1-Percentile)' }
      : undefined,
  createReader: (context) => {
    const spectrum = new Spectrum(context);
    return new LineReader(
      (bytes, start, end, line) => spectrum.read(decodeUtf8(bytes, start, Math.min(end, start + 400)), line),
      undefined,
      () => spectrum.end(),
    );
  },
};

const title = /^\s*Value\s+Percentile\s+TotalCount\s+1\/\(1-Percentile\)/;
const row = /^\s*(\d+(?:\.\d+)?)\s+(\d\.\d+)\s+(\d{1,15})\s+(?:\d+(?:\.\d+)?|inf)\s*$/i;

class Spectrum {
  private state: 'before' | 'inside' | 'after' = 'before';
  private readonly values: number[] = [];
  private readonly counts: number[] = [];
  private mean = NaN;

  constructor(private readonly context: ReaderContext) {}

  read(text: string, line: number): void {
    if (this.state === 'before' && title.test(text)) {
      this.state = 'inside';
      return;
    }
    if (this.state !== 'inside' || text.trim() === '') return;
    const mean = /^#\[Mean\s*=\s*(\d+(?:\.\d+)?)/.exec(text);
    if (mean !== null) this.mean = Number(mean[1]);
    if (text.startsWith('#')) {
      this.state = 'after';
      return;
    }
    const { recording } = this.context;
    recording.rows++;
    const [, value, , count] = row.exec(text) ?? [];
    const known = this.counts.length;
    const wrong = value === undefined || count === undefined || known >= maxRows;
    if (wrong || Number(value) < (this.values[known - 1] ?? 0) || Number(count) < (this.counts[known - 1] ?? 0))
      recording.malformed(line, text.slice(0, 60));
    else {
      this.values.push(Number(value));
      this.counts.push(Number(count));
    }
  }

  end(): void {
    const { recording, mapping, findings } = this.context;
    const count = this.counts.at(-1) ?? 0;
    if (count === 0) return;
    const told = mapping.units?.['Value'] ?? 'ms';
    const reading = readUnit(told);
    const scale = reading?.unit === 's' ? reading.factor : 1e-3;
    recording.proposal = { units: { Value: reading?.unit === 's' ? told : 'ms' } };
    findings.add(
      'trace-left-out',
      0,
      `The file holds how ${count} values are distributed, but not when they fell: it can be fitted (\`headroom fit\`), not replayed. Values are taken as ${reading?.unit === 's' ? told : 'ms'}; \`units: {Value: us}\` says otherwise.`,
    );
    const value = Float64Array.from(this.values, (one) => one * scale);
    const share = Float64Array.from(this.counts, (one) => one / count);
    const distribution: RecordedDistribution = { name: 'Value', count, value, share };
    recording.distribution = distribution;
    const add = (statistic: 'mean' | 'p50' | 'p90' | 'p95' | 'p99' | 'max', one: number): void => {
      const series = recording.series({
        name: 'recorded value',
        role: 'latency',
        statistic,
        unit: 's',
        labels: { statistic },
      });
      series.at(0, 0);
      series.set(0, one);
    };
    if (!Number.isNaN(this.mean)) add('mean', this.mean * scale);
    for (const [name, p] of [
      ['p50', 0.5],
      ['p90', 0.9],
      ['p95', 0.95],
      ['p99', 0.99],
      ['max', 1],
    ] as const)
      add(name, distributionQuantile(distribution, p));
  }
}
