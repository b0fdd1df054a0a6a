import type { ReaderContext, StreamFormat, TraceReader } from '../format.ts';
import { LineReader } from '../line-reader.ts';
import { asciiText, parseNumber } from '../number-text.ts';

const minutesOfDay = 1440;
const comma = 44;
const names = ['HashOwner', 'HashApp', 'HashFunction', 'Trigger'];

/**
 * One day of the Azure Functions data set of 2019: a function a row, its invocations in each of the 1440 minutes. All
 * functions together are the demand, unless `series` names an owner, app, function or trigger.
 *
 * @see Shahrad et al., Serverless in the Wild, USENIX ATC 2020
 */
export const azureFunctions2019: StreamFormat = {
  name: 'azure-functions-2019',
  title: 'Azure Functions 2019, invocations per minute',
  access: 'text',
  recognise: ({ lines }) =>
    (lines[0] ?? '').startsWith(`${names.join(',')},1,2,3`)
      ? { confidence: 1, reason: 'HashOwner, HashApp, HashFunction, Trigger and minutes' }
      : undefined,
  createReader: (context) => new InvocationsReader(context),
};

/** Adds up the minutes of the functions that are meant. */
class InvocationsReader implements TraceReader {
  private readonly lines: LineReader;
  private readonly sums = new Float64Array(minutesOfDay);
  private minutes = 0;

  constructor(private readonly context: ReaderContext) {
    const { findings, recording } = context;
    this.lines = new LineReader(
      (bytes, start, end, line) => this.line(bytes, start, end, line),
      (line) => findings.add('trace-long-row', line),
      () => this.settle(),
    );
    for (const name of names) recording.column({ name, role: 'unused', unit: '', choice: 'rows' });
  }

  push(chunk: Uint8Array): void {
    this.lines.push(chunk);
  }

  end(): void {
    this.lines.end();
  }

  private line(bytes: Uint8Array, start: number, end: number, line: number): void {
    if (line === 1 || start === end) return;
    const { recording } = this.context;
    recording.rows++;
    let at = start;
    const own: string[] = [];
    for (let column = 0; column < names.length; column++) {
      const next = bytes.indexOf(comma, at);
      if (next < 0 || next >= end) {
        recording.malformed(line, asciiText(bytes, start, Math.min(end, start + 60)));
        return;
      }
      own.push(asciiText(bytes, at, Math.min(next, at + 100)));
      at = next + 1;
    }
    if (this.isMeant(own)) this.count(bytes, at, end, line);
  }

  private isMeant(own: readonly string[]): boolean {
    return Object.entries(this.context.mapping.series ?? {}).every(
      ([name, value]) => own[names.indexOf(name)] === value,
    );
  }

  private count(bytes: Uint8Array, start: number, end: number, line: number): void {
    const { recording } = this.context;
    let minute = 0;
    for (let at = start; at <= end && minute < minutesOfDay; minute++) {
      const next = bytes.indexOf(comma, at);
      const last = next < 0 || next > end ? end : next;
      const count = parseNumber(bytes, at, last);
      if (!(count >= 0 && count < Infinity)) {
        recording.malformed(line, asciiText(bytes, at, Math.min(last, at + 60)));
        return;
      }
      this.sums[minute]! += count;
      at = last + 1;
    }
    this.minutes = Math.max(this.minutes, minute);
  }

  private settle(): void {
    const { recording, findings, mapping } = this.context;
    if (this.minutes === 0) {
      if (!findings.hasError) {
        findings.add(
          'trace-format',
          0,
          recording.rows === 0 ? 'The file has no functions.' : 'No function of the file is the one `series` names.',
        );
      }
      return;
    }
    recording.loop = 'open';
    recording.time = { format: 'none; one column a minute', zone: 'none', absolute: false };
    recording.proposal = { ...(mapping.series && { series: mapping.series }) };
    const group = recording.series({
      name: 'invocations',
      labels: mapping.series ?? {},
      role: 'demand',
      measure: 'count',
      unit: 'count',
      bucket: 60,
    });
    for (let minute = 0; minute < this.minutes; minute++) {
      group.at(minute + 1, minute * 60);
      group.set(0, this.sums[minute]!);
    }
  }
}
