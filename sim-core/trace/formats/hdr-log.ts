import { decodeFromCompressedBase64, JsHistogram } from 'hdr-histogram-js';
import { decodeUtf8 } from '../encoding.ts';
import type { ReaderContext, StreamFormat } from '../format.ts';
import { LineReader } from '../line-reader.ts';
import { readUnit } from '../recorded-unit.ts';
import type { SeriesGroup } from '../series-group.ts';

/**
 * A HdrHistogram log (`.hlog`): a histogram an interval. Out of it come the quantiles of each interval, how many values
 * it holds, and the distribution of all. The unit is the writer's own affair; writers scale the interval's largest value
 * (a million by default, ns to ms), and by that the unit is judged where nobody says.
 *
 * @see https://github.com/HdrHistogram/HdrHistogram/blob/master/src/main/java/org/HdrHistogram/HistogramLogWriter.java
 */
export const hdrLog: StreamFormat = {
  name: 'hdr-log',
  title: 'HdrHistogram log',
  access: 'text',
  recognise: ({ lines }) =>
    lines.some((line) => line.startsWith('#[Histogram log format version') || legend.test(line))
      ? { confidence: 1, reason: 'the head of a HdrHistogram log' }
      : undefined,
  createReader: (context) => {
    const log = new HdrLog(context);
    return new LineReader(
      (bytes, start, end, line) => log.read(decodeUtf8(bytes, start, end), line),
      (line) => context.recording.malformed(line, 'longer than 4 MB'),
      () => log.end(),
    );
  },
};

const legend = /^"StartTimestamp","Interval_Length","Interval_Max"/;
const row = /^(?:Tag=([^,]*),)?(\d{1,12}(?:\.\d+)?),(\d{1,9}(?:\.\d+)?),(\d+(?:\.\d+)?),([A-Za-z\d+/=]+)\s*$/;
const year = 31_536_000;
const shares = [0.5, 0.9, 0.95, 0.99, 1];
/** Distinct values of all intervals together; a histogram of three digits has some ten thousand. */
const maxValues = 1_000_000;

class HdrLog {
  /** how many of each value, as the file counts them */
  private readonly counts = new Map<number, number>();
  private readonly series: SeriesGroup;
  private startTime = NaN;
  private baseTime = NaN;
  private offset = NaN;
  private scale = NaN;
  private unitName = 'ns';
  private others = 0;
  private tag: string | undefined;

  constructor(private readonly context: ReaderContext) {
    const { recording, mapping } = context;
    recording.column({ name: 'StartTimestamp', role: 'time', unit: 's' });
    const reading = readUnit(mapping.units?.['value'] ?? '');
    if (reading?.unit === 's') {
      this.scale = reading.factor;
      this.unitName = mapping.units!['value']!;
    }
    this.series = recording.group([
      ...(['p50', 'p90', 'p95', 'p99', 'max', 'mean'] as const).map(
        (statistic) =>
          ({ name: 'recorded value', role: 'latency', statistic, unit: 's', labels: { statistic } }) as const,
      ),
      { name: 'count', role: 'other', measure: 'count', unit: 'count' },
    ]);
  }

  read(text: string, line: number): void {
    const head = /^#\[(StartTime|BaseTime): (\d{1,12}(?:\.\d+)?)/.exec(text);
    if (head !== null) {
      if (head[1] === 'StartTime') this.startTime = Number(head[2]);
      else this.baseTime = Number(head[2]);
    }
    if (text.trim() === '' || text.startsWith('#') || legend.test(text)) return;
    const { recording, mapping } = this.context;
    recording.rows++;
    const [, tag = '', start, , largest, packed] = row.exec(text) ?? [];
    const histogram = packed === undefined ? undefined : decode(packed);
    if (histogram === undefined) return recording.malformed(line, text.slice(0, 60));
    this.tag ??= mapping.series?.['Tag'] ?? tag;
    if (tag !== this.tag) {
      this.others++;
      return;
    }
    if (Number.isNaN(this.scale)) this.judgeUnit(histogram.maxValue / Number(largest));
    const began = Number(start);
    if (Number.isNaN(this.offset)) {
      const relative = this.startTime - began > year ? this.startTime : 0;
      this.offset = Number.isNaN(this.baseTime) ? relative : this.baseTime;
    }
    const time = this.offset + began;
    this.series.at(line, Math.floor(time), time - Math.floor(time));
    if (histogram.totalCount > 0) {
      this.count(histogram);
    }
    this.series.set(6, histogram.totalCount);
  }

  end(): void {
    const { recording, findings } = this.context;
    const absolute = this.offset > year;
    recording.time = absolute
      ? { format: 'unix seconds', zone: 'UTC', absolute }
      : { format: 'seconds from the start', zone: 'none', absolute };
    const values = [...this.counts.keys()].sort((a, b) => a - b);
    const count = values.reduce((sum, value) => sum + this.counts.get(value)!, 0);
    if (count === 0) return;
    const others = this.others > 0 ? ` ${this.others} rows of other tags were left out (\`series: {Tag: …}\`).` : '';
    findings.add(
      'trace-left-out',
      0,
      `The file holds how ${count} values are distributed, but not when each fell: it can be fitted (\`headroom fit\`), and \`column: count\` reads how many there were per interval. Values are taken as ${this.unitName}; \`units: {value: us}\` says otherwise.${others}`,
    );
    recording.proposal = { units: { value: this.unitName } };
    const value = Float64Array.from(values, (one) => one * this.scale);
    let below = 0;
    const share = Float64Array.from(values, (one) => (below += this.counts.get(one)!) / count);
    recording.distribution = { name: 'value', count, value, share };
  }

  /** Goes through one histogram once: its quantiles and mean for the interval, its values for the distribution. */
  private count(histogram: JsHistogram): void {
    const { totalCount } = histogram;
    let next = 0;
    let below = 0;
    let sum = 0;
    for (let i = 0; i < histogram.countsArrayLength; i++) {
      const here = histogram.getCountAtIndex(i);
      if (here === 0) continue;
      const value = histogram.highestEquivalentValue(histogram.valueFromIndex(i));
      below += here;
      sum += here * histogram.medianEquivalentValue(value);
      while (next < shares.length && below >= shares[next]! * totalCount) this.series.set(next++, value * this.scale);
      const known = this.counts.get(value);
      if (known !== undefined || this.counts.size < maxValues) this.counts.set(value, (known ?? 0) + here);
    }
    this.series.set(shares.length, (sum / totalCount) * this.scale);
  }

  /** @param ratio of the largest value as recorded to the largest as written beside it */
  private judgeUnit(ratio: number): void {
    this.unitName = ratio > 300 && ratio < 3000 ? 'us' : 'ns';
    this.scale = this.unitName === 'us' ? 1e-6 : 1e-9;
  }
}

/** @returns undefined for what is no histogram */
function decode(packed: string): JsHistogram | undefined {
  try {
    const histogram = decodeFromCompressedBase64(packed, 64);
    return histogram instanceof JsHistogram && Number.isSafeInteger(histogram.totalCount) && histogram.totalCount >= 0
      ? histogram
      : undefined;
  } catch {
    return undefined;
  }
}
