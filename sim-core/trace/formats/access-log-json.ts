import type { FileHead } from '../file-head.ts';
import type { StreamFormat } from '../format.ts';
import { JsonLinesReader } from '../json-lines.ts';
import { objectIn } from '../json-rows.ts';
import type { JsonValue } from '../json-text.ts';
import { numberOf, valueAt } from '../json-value.ts';
import { readUnit } from '../recorded-unit.ts';
import { outcomeOfStatus } from '../request-log.ts';
import { TimeReader } from '../time-reader.ts';
import { parseLogTime } from './log-time.ts';
import { readTimeOf } from './time-of-json.ts';

/** Names under which servers log these in JSON; of several times in one line the finer comes first. */
const times = ['msec', 'start_time', 'StartUTC', 'ts', 'time_iso8601', '@timestamp', 'time_local', 'timestamp', 'time'];
const statuses = ['status', 'response_code', 'status_code', 'DownstreamStatus'];
const requests = ['request', 'uri', 'request_uri', 'path', 'request_path', 'RequestPath'];
const durations = ['request_time', 'Duration', 'duration', 'response_time', 'time_taken', 'latency'];
/** When a request came; all other times are when it was answered, and the line was written. */
const starts: ReadonlySet<string> = new Set(['start_time', 'StartUTC']);

/**
 * Access logs as JSON, one object a line: nginx with `log_format escape=json`, Caddy, Envoy, Traefik and their kin. Keys are
 * found by name. A duration with a fraction is in seconds, a whole one in milliseconds, Traefik's `Duration` in nanoseconds.
 *
 * @see https://nginx.org/en/docs/http/ngx_http_log_module.html https://caddyserver.com/docs/caddyfile/directives/log
 * https://www.envoyproxy.io/docs/envoy/latest/configuration/observability/access_log/usage https://doc.traefik.io/traefik/observability/access-logs/
 */
export const accessLogJson: StreamFormat = {
  name: 'access-log-json',
  title: 'access log as JSON (nginx, Caddy, Envoy, Traefik)',
  access: 'text',
  recognise: (head) => {
    const keys = keysOf(head);
    return keys.time !== undefined && keys.status !== undefined && keys.request !== undefined
      ? { confidence: 0.7, reason: `\`${keys.time}\`, \`${keys.status}\` and \`${keys.request}\` in JSON` }
      : undefined;
  },
  createReader: ({ head, recording, findings, mapping }) => {
    const { time = 'time', status = 'status', duration, objects } = keysOf(head);
    const values = (key: string): string[] => objects.map((object) => String(object.get(key) ?? ''));
    const whole = duration !== undefined && !values(duration).some((text) => text.includes('.'));
    const usual = duration === 'Duration' ? 'ns' : whole ? 'ms' : 's';
    const said = new Map(Object.entries(mapping.units ?? {})).get(duration ?? '') ?? usual;
    const unitName = readUnit(said)?.unit === 's' ? said : usual;
    const unit = readUnit(unitName)!.factor;
    const loggedAt = starts.has(time) ? 'start' : 'end';

    recording.loop = 'open';
    recording.column({ name: time, role: 'time', unit: '', choice: 'unit', sample: values(time).slice(0, 3) });
    recording.column({ name: status, role: 'errors', unit: '' });
    if (duration !== undefined) {
      const sample = values(duration).slice(0, 3);
      recording.column({ name: duration, role: 'duration', unit: unitName, choice: 'unit', sample });
    }
    recording.proposal = { kind: 'timestamps', ...(duration !== undefined && { loggedAt }) };
    const clock = new TimeReader(findings, mapping, parseLogTime, (line, text) => recording.malformed(line, text));
    // Whole seconds, as `time_local` and `time_iso8601` are.
    const coarse = values(time).every((text) => /^(?:|\d{1,10}|[^.,]*:\d\d(?: ?[+-]\d\d:?\d\d|Z)?)$/.test(text));
    const log = recording.requests({ loggedAt, unordered: true, ...(coarse && { grain: 1 }) });
    return new JsonLinesReader(
      recording,
      (value, line) => {
        recording.rows++;
        if (!readTimeOf(valueAt(value, time), clock, line)) return;
        const took = duration === undefined ? NaN : (numberOf(valueAt(value, duration)) ?? NaN) * unit;
        const code = numberOf(valueAt(value, status)) ?? NaN;
        log.add(line, clock.seconds, clock.fraction, took, outcomeOfStatus(code));
      },
      () => (recording.time = clock.facts),
    );
  },
};

interface Keys {
  readonly time: string | undefined;
  readonly status: string | undefined;
  readonly request: string | undefined;
  readonly duration: string | undefined;
  readonly objects: readonly Map<string, JsonValue>[];
}

/** Keys of the first objects; a key counts when any of them has it. */
function keysOf(head: FileHead): Keys {
  const objects = head.lines.slice(0, 20).flatMap((line) => (line.startsWith('{') ? (objectIn(line) ?? []) : []));
  const first = (names: readonly string[]): string | undefined =>
    names.find((name) => objects.some((object) => object.has(name)));
  return {
    time: first(times),
    status: first(statuses),
    request: first(requests),
    duration: first(durations),
    objects,
  };
}
