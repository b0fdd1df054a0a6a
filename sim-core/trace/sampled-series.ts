import type { ReaderContext } from './format.ts';
import type { JsonValue } from './json-text.ts';
import { numberOf } from './json-value.ts';
import { asciiBytes } from './number-text.ts';
import { readUnit } from './recorded-unit.ts';
import { roleFromName, type SeriesRole } from './roles.ts';
import type { SeriesSpec } from './series-group.ts';
import { TimeReader } from './time-reader.ts';

/** A time of a document and the value there. */
export type Sample = readonly [time: JsonValue | undefined, value: JsonValue | undefined];

/** Takes series of documents, which all write their times in one way, into a recording. */
export class SampledSeries {
  private readonly times: TimeReader;
  private line = 0;

  constructor(private readonly context: ReaderContext) {
    this.times = new TimeReader(context.findings, context.mapping);
    context.recording.column({ name: 'time', role: 'time', unit: '' });
  }

  /** Samples in any order: some interfaces answer newest first. */
  add(spec: SeriesSpec, samples: readonly Sample[]): void {
    const { recording } = this.context;
    const group = recording.series({ ...spec, role: spec.role ?? roleOf(spec.name, spec.unit) });
    const [faults] = group.columnFindings;
    for (const [time, value] of descending(samples) ? samples.toReversed() : samples) {
      recording.rows++;
      this.line++;
      const text = asciiBytes(typeof time === 'string' || typeof time === 'number' ? String(time) : '');
      if (!this.times.read(text, 0, text.length, this.line)) continue;
      group.at(this.line, this.times.seconds, this.times.fraction);
      const number = numberOf(value);
      if (number === undefined) faults!.add('trace-bad-cell', this.line, String(value).slice(0, 60));
      else {
        if (number < 0 && number !== -Infinity) faults!.add('trace-negative', this.line, String(number));
        group.put(0, number, this.line);
      }
    }
  }

  end(): void {
    this.context.recording.time = this.times.facts;
  }
}

/** What a metric is, by its name, or demand where it counts something nobody else claims. */
function roleOf(name: string, unit: string | undefined): SeriesRole {
  const { role } = roleFromName(name);
  if (role !== 'other') return role;
  const kind = unit === undefined ? undefined : readUnit(unit)?.unit;
  const counts =
    kind === '1/s' || kind === 'count' || /req|hit|rps|qps|tps|rate|throughput|invocation|calls?$/i.test(name);
  return counts ? 'demand' : 'other';
}

function descending(samples: readonly Sample[]): boolean {
  const [first, last] = [samples[0]?.[0], samples.at(-1)?.[0]];
  return typeof first === typeof last && first !== undefined && last !== undefined && first! > last!;
}
