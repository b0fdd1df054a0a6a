import type { ReaderContext, StreamFormat } from '../format.ts';
import { LineReader } from '../line-reader.ts';
import { asciiText, parseNumber } from '../number-text.ts';
import { outcomeOfStatus } from '../request-log.ts';
import { TimeReader } from '../time-reader.ts';
import { LogTokens } from './log-tokens.ts';

/** Where the fields of a line stand, from 0. */
interface Layout {
  readonly fields: readonly string[];
  /** when the load balancer got the request, or −1 */
  readonly created: number;
  readonly time: number;
  /** request, target and response processing time, s; −1 where the request was not passed on */
  readonly processing: number;
  readonly status: number;
  readonly loggedAt: 'start' | 'end';
}

const application: Layout = {
  fields: ['type', 'time', 'elb', 'client:port', 'target:port'],
  created: 21,
  time: 1,
  processing: 5,
  status: 8,
  loggedAt: 'end',
};

const classic: Layout = {
  fields: ['time', 'elb', 'client:port', 'backend:port'],
  created: -1,
  time: 0,
  processing: 4,
  status: 7,
  loggedAt: 'start',
};

const instant = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z`;
const applicationForm = new RegExp(
  String.raw`^(?:https?|h2|grpcs|wss?) ${instant} \S+ \S+ \S+ (?:-?[\d.]+ ){3}\S+ \S+ `,
);
const classicForm = new RegExp(String.raw`^${instant} \S+ \S+ \S+ (?:-?[\d.]+ ){3}\S+ \S+ `);

/**
 * Access logs of AWS load balancers. Application: `time` is when the answer was made, `request_creation_time` when the
 * request came, and that is taken. Classic: `timestamp` is when the request came.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/access-log-collection.html
 */
export const loadBalancerLog: StreamFormat = {
  name: 'aws-load-balancer-log',
  title: 'access log of an AWS load balancer (application or classic)',
  access: 'text',
  recognise: ({ lines }) => {
    const layout = layoutOf(lines);
    if (layout === undefined) return undefined;
    const kind = layout === classic ? 'a classic' : 'an application';
    return { confidence: 0.95, reason: `the fields of ${kind} load balancer's log` };
  },
  createReader: (context) => new LineReader(...handlers(context)),
};

function layoutOf(lines: readonly string[]): Layout | undefined {
  const looked = lines.slice(0, 20).filter((line) => line !== '');
  const share = (form: RegExp): number => looked.filter((line) => form.test(line)).length / looked.length;
  if (share(applicationForm) >= 0.5) return application;
  return share(classicForm) >= 0.5 ? classic : undefined;
}

function handlers({ head, mapping, findings, recording }: ReaderContext): ConstructorParameters<typeof LineReader> {
  const layout = layoutOf(head.lines) ?? application;
  const { created, processing, status } = layout;
  recording.loop = 'open';
  recording.proposal = { kind: 'timestamps' };
  for (const name of layout.fields) recording.column({ name, role: name === 'time' ? 'time' : 'unused', unit: '' });
  recording.column({ name: 'request + target + response processing time', role: 'duration', unit: 's' });
  recording.column({ name: 'elb_status_code', role: 'errors', unit: '' });
  if (created >= 0) recording.column({ name: 'request_creation_time', role: 'time', unit: '' });
  const refuse = (line: number, text: string): void => recording.malformed(line, text);
  const times = new TimeReader(findings, mapping, undefined, refuse);
  const tokens = new LogTokens();
  const atEnd = (mapping.loggedAt ?? layout.loggedAt) === 'end';
  const log = recording.requests({ loggedAt: 'start', unordered: true });
  const { starts, ends } = tokens;
  return [
    (bytes, start, end, line) => {
      if (start === end) return;
      recording.rows++;
      tokens.split(bytes, start, end);
      if (tokens.count <= status) return refuse(line, asciiText(bytes, start, Math.min(end, start + 60)));
      const number = (index: number): number => parseNumber(bytes, starts[index]!, ends[index]!);
      let took = 0;
      for (let i = 0; i < 3; i++) {
        const part = number(processing + i);
        took = part >= 0 ? took + part : NaN;
      }
      const hasCreated = created >= 0 && tokens.count > created && bytes[ends[created]! - 1] === 90;
      const at = hasCreated ? created : layout.time;
      if (!times.read(bytes, starts[at]!, ends[at]!, line)) return;
      const moves = !hasCreated && atEnd && took >= 0;
      if (moves) log.moved++;
      const outcome = outcomeOfStatus(number(status));
      log.add(line, times.seconds, times.fraction - (moves ? took : 0), took, outcome);
    },
    (line) => {
      recording.rows++;
      refuse(line, 'longer than 4 MB');
    },
    () => (recording.time = times.facts),
  ];
}
