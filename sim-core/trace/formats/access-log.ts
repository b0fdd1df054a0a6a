import type { ReaderContext, StreamFormat } from '../format.ts';
import { LineReader } from '../line-reader.ts';
import { asciiText, parseNumber } from '../number-text.ts';
import { readUnit } from '../recorded-unit.ts';
import { outcomeOfStatus, type RequestLog } from '../request-log.ts';
import { TimeReader } from '../time-reader.ts';
import { parseLogTime } from './log-time.ts';
import { LogTokens } from './log-tokens.ts';

/**
 * Access logs of nginx, Apache and their kin: the Common and the Combined Log Format, with whatever a configuration
 * appends (`rt=0.012`, `%D`, the fields of the nginx ingress controller). Times have a grain of a second, unless the
 * configuration writes a fraction too (Apache's `%{msec_frac}t`, `$msec` of nginx).
 *
 * nginx writes a line when the request ends, and durations as seconds with a fraction; Apache's `%t` is when the request
 * came, and its `%D` whole microseconds. By this the two are told apart where there is a duration.
 *
 * @see https://nginx.org/en/docs/http/ngx_http_log_module.html https://httpd.apache.org/docs/2.4/mod/mod_log_config.html
 */
export const accessLog: StreamFormat = {
  name: 'access-log',
  title: 'access log of nginx or Apache (Common or Combined Log Format)',
  access: 'text',
  recognise: ({ lines }) => {
    const looked = lines.slice(0, 20).filter((line) => line !== '');
    const fitting = looked.filter((line) => form.test(line)).length;
    return fitting > 0 && fitting * 2 >= looked.length
      ? { confidence: 0.9, reason: 'lines of the Common or Combined Log Format' }
      : undefined;
  },
  createReader: (context) => {
    const lines = new AccessLines(context);
    return new LineReader(
      (bytes, start, end, line) => lines.read(bytes, start, end, line),
      (line) => lines.refuse(line, 'longer than 4 MB'),
      () => lines.end(),
    );
  },
};

const form =
  /^.{1,400}? \[(?:\d\d\/[A-Z][a-z]{2}\/\d{4}[: ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})? [+-]\d{4}|\d{4}-\d\d-\d\dT[^\]]{8,24}|\d{10}(?:\.\d{1,9})?)\] "(?:[^"\\]|\\.)*" (?:\d{3}|-) (?:\d+|-)(.*)$/;

/** A time with a fraction of a second, in brackets. */
const fractional = / \[[^\]"]*\d[.,]\d+[^\]"]*\] "/;

/** Where a line tells how long its request took: behind a key, or as the token at a position of what is appended. */
interface DurationPlace {
  readonly name: string;
  /** bytes of `rt=`; empty for a position */
  readonly key: Uint8Array;
  /** among the tokens after the size of the answer */
  readonly token: number;
  /** s */
  readonly unit: number;
  readonly unitName: string;
  readonly loggedAt: 'start' | 'end';
}

const durationKey = /^(rt|request_time|req_time|reqtime|response_time|resp_time|duration|took|time_taken|D)=/;
const tokens = /"(?:[^"\\]|\\.)*"|\[[^\]]*\]|\S+/g;

class AccessLines {
  private readonly times: TimeReader;
  private readonly place: DurationPlace | undefined;
  private readonly tokens = new LogTokens();
  private readonly log: RequestLog;

  constructor(private readonly context: ReaderContext) {
    const { recording, mapping, findings, head } = context;
    this.times = new TimeReader(findings, mapping, parseLogTime, (line, text) => recording.malformed(line, text));
    this.place = findDuration(head.lines, mapping.units);
    recording.loop = 'open';
    recording.column({ name: 'time', role: 'time', unit: '' });
    for (const name of ['request', 'bytes']) recording.column({ name, role: 'unused', unit: '' });
    recording.column({ name: 'status', role: 'errors', unit: '' });
    if (this.place !== undefined)
      recording.column({ name: this.place.name, role: 'duration', unit: this.place.unitName, choice: 'unit' });
    recording.proposal = {
      kind: 'timestamps',
      ...(this.place !== undefined && { loggedAt: this.place.loggedAt }),
    };
    const whole = !head.lines.some((line) => form.test(line) && fractional.test(line));
    const loggedAt = this.place?.loggedAt ?? 'start';
    this.log = recording.requests({ loggedAt, unordered: true, ...(whole && { grain: 1 }) });
  }

  refuse(line: number, text: string): void {
    this.context.recording.rows++;
    this.context.recording.malformed(line, text);
  }

  end(): void {
    this.context.recording.time = this.times.facts;
  }

  read(bytes: Uint8Array, start: number, end: number, line: number): void {
    if (start === end || bytes[start] === 35) return;
    let opening = start;
    while (opening < end && bytes[opening] !== 91) opening++;
    let closing = opening;
    while (closing < end && bytes[closing] !== 93) closing++;
    const status = closing + 3 >= end ? -1 : afterQuoted(bytes, closing + 2, end);
    if (status < 0 || status + 4 > end || (bytes[status + 3] !== 32 && status + 3 !== end))
      return this.refuse(line, asciiText(bytes, start, Math.min(end, start + 60)));
    const code = bytes[status] === 45 ? 0 : parseNumber(bytes, status, status + 3);
    if (Number.isNaN(code)) return this.refuse(line, asciiText(bytes, status, status + 3));
    this.context.recording.rows++;
    const { times } = this;
    if (!times.read(bytes, opening + 1, closing, line)) return;
    let took = NaN;
    if (this.place !== undefined) {
      let size = status + 4;
      while (size < end && bytes[size] !== 32) size++;
      this.tokens.split(bytes, size, end);
      took = tookOf(bytes, this.tokens, this.place);
    }
    this.log.add(line, times.seconds, times.fraction, took, outcomeOfStatus(code));
  }
}

/** Where the text in quotation marks that begins at `at` has ended, and the space after it; −1 when there is none. */
function afterQuoted(bytes: Uint8Array, at: number, end: number): number {
  if (bytes[at] !== 34) return -1;
  for (let i = at + 1; i < end; i++) {
    if (bytes[i] === 34) return bytes[i + 1] === 32 ? i + 2 : -1;
    if (bytes[i] === 92) i++;
  }
  return -1;
}

/** s; NaN where the line does not tell. @param split what comes after the size of the answer */
function tookOf(bytes: Uint8Array, split: LogTokens, { key, token, unit }: DurationPlace): number {
  const { starts, ends, count } = split;
  let index = token;
  if (key.length > 0) for (index = 0; index < count && !startsWith(bytes, starts[index]!, key); index++);
  if (index >= count) return NaN;
  let from = starts[index]! + key.length;
  let to = ends[index]!;
  if (bytes[from] === 34) from++;
  while (to > from && (bytes[to - 1] === 34 || bytes[to - 1] === 44)) to--;
  return parseNumber(bytes, from, to) * unit;
}

function startsWith(bytes: Uint8Array, at: number, key: Uint8Array): boolean {
  for (let i = 0; i < key.length; i++) if (bytes[at + i] !== key[i]) return false;
  return true;
}

/** Looks for the duration in what the first lines append. @param units as told, by the name of the key or `duration` */
function findDuration(
  lines: readonly string[],
  units: Readonly<Record<string, string>> | undefined,
): DurationPlace | undefined {
  const tails = lines.flatMap((line) => {
    const tail = form.exec(line)?.[1];
    return tail === undefined ? [] : [tail.match(tokens) ?? []];
  });
  const keyed = tails.flatMap((tail) => tail.map((one) => durationKey.exec(one)?.[1])).find((key) => key !== undefined);
  const number = (text: string | undefined): string | undefined => /^"?(\d+(?:\.\d+)?)"?,?$/.exec(text ?? '')?.[1];
  if (keyed !== undefined) {
    const all = tails.flatMap((tail) =>
      tail.flatMap((one) => (one.startsWith(`${keyed}=`) ? [number(one.slice(keyed.length + 1))] : [])),
    );
    const key = Uint8Array.from(`${keyed}=`, (character) => character.charCodeAt(0));
    return placeOf(keyed, key, -1, all, units);
  }
  const width = Math.max(0, ...tails.map((tail) => tail.length));
  const positions = Array.from({ length: width }, (_, k) => tails.map((tail) => number(tail[k])));
  const bare = (texts: readonly (string | undefined)[]): boolean => texts.some((text) => text !== undefined);
  const fraction = positions.findIndex((texts) => texts.some((text) => text?.includes('.') === true));
  const at = fraction >= 0 ? fraction : positions.findLastIndex(bare);
  return at < 0 ? undefined : placeOf('duration', new Uint8Array(0), at, positions[at]!, units);
}

function placeOf(
  name: string,
  key: Uint8Array,
  token: number,
  texts: readonly (string | undefined)[],
  units: Readonly<Record<string, string>> | undefined,
): DurationPlace {
  const seconds = texts.some((text) => text?.includes('.') === true);
  const told = units !== undefined && Object.hasOwn(units, name) ? units[name]! : undefined;
  const reading = told === undefined ? undefined : readUnit(told);
  const loggedAt = seconds ? 'end' : 'start';
  if (told !== undefined && reading?.unit === 's')
    return { name, key, token, unit: reading.factor, unitName: told, loggedAt };
  return { name, key, token, unit: seconds ? 1 : 1e-6, unitName: seconds ? 's' : 'µs', loggedAt };
}
