import { SaxesParser } from 'saxes';
import { decodeUtf8 } from '../encoding.ts';
import type { ReaderContext, StreamFormat, TraceReader } from '../format.ts';
import { LineReader } from '../line-reader.ts';
import { outcomes, outcomeOfStatus, type Outcome, type RequestLog } from '../request-log.ts';
import { TimeReader } from '../time-reader.ts';
import { readTimeOf } from './time-of-json.ts';

/** Elements open at once at most; results nest a handful. */
const maxDepth = 64;

/**
 * JMeter's results as XML: `<httpSample t="12" ts="1767225600000" rc="200" …>`. A sample with samples inside (a
 * transaction, a page with its resources, a chain of redirects) stands for those, so only the innermost are requests.
 *
 * @see https://jmeter.apache.org/usermanual/listeners.html#xmlformat2.1
 */
export const jmeterXml: StreamFormat = {
  name: 'jmeter-xml',
  title: 'JMeter results (JTL) as XML',
  access: 'text',
  recognise: ({ text }) =>
    /^\s*(<\?xml[^>]*\?>\s*)?<testResults[\s>]/.test(text)
      ? { confidence: 1, reason: '`<testResults>` of JMeter' }
      : undefined,
  createReader: (context) => new JmeterXmlReader(context),
};

interface Sample {
  readonly line: number;
  readonly attributes: Readonly<Record<string, string>>;
  hasInner: boolean;
}

class JmeterXmlReader implements TraceReader {
  private readonly parser = new SaxesParser();
  private readonly lines: LineReader;
  private readonly times: TimeReader;
  private readonly log: RequestLog;
  private readonly samples: Sample[] = [];
  private depth = 0;
  private outer = 0;
  private line = 1;
  private broken = false;

  constructor(private readonly context: ReaderContext) {
    const { recording, findings, mapping } = context;
    recording.loop = 'closed';
    recording.proposal = { kind: 'timestamps', loggedAt: mapping.loggedAt ?? 'start' };
    recording.column({ name: 'ts', role: 'time', unit: '', choice: 'unit' });
    recording.column({ name: 't', role: 'duration', unit: 'ms' });
    recording.column({ name: 'rc', role: 'errors', unit: '' });
    this.times = new TimeReader(findings, mapping, undefined, (line, text) => recording.malformed(line, text));
    this.log = recording.requests({ loggedAt: 'start', unordered: true });
    this.parser.on('opentag', ({ name, attributes }) => this.open(name, attributes));
    this.parser.on('closetag', ({ name }) => this.close(name));
    this.parser.on('error', ({ message }) => this.stop(message));
    this.lines = new LineReader(
      (bytes, start, end, line) => this.write(`${decodeUtf8(bytes, start, end)}\n`, line),
      (line) => this.stop(`line ${line} is longer than 4 MB`),
    );
  }

  push(chunk: Uint8Array): void {
    if (!this.broken) this.lines.push(chunk);
  }

  end(): void {
    const { recording, findings } = this.context;
    if (!this.broken) this.lines.end();
    if (!this.broken) this.parser.close();
    recording.time = this.times.facts;
    if (this.outer > 0)
      findings.add(
        'trace-left-out',
        0,
        `${this.outer} samples have others inside (transactions, pages, redirects) and were left out; those inside were read.`,
      );
  }

  private write(text: string, line: number): void {
    if (this.broken) return;
    this.line = line;
    this.parser.write(text);
  }

  private open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (this.broken) return;
    if (++this.depth > maxDepth) return this.stop(`elements are nested deeper than ${maxDepth}`);
    if (name !== 'httpSample' && name !== 'sample') return;
    const around = this.samples.at(-1);
    if (around !== undefined) around.hasInner = true;
    this.samples.push({ line: this.line, attributes, hasInner: false });
  }

  private close(name: string): void {
    this.depth--;
    if (this.broken || (name !== 'httpSample' && name !== 'sample')) return;
    const sample = this.samples.pop();
    if (sample === undefined) return;
    this.context.recording.rows++;
    if (sample.hasInner) this.outer++;
    else this.read(sample);
  }

  private read({ line, attributes }: Sample): void {
    if (!readTimeOf(attributes['ts'], this.times, line)) return;
    const status = /^\d{3}$/.test(attributes['rc'] ?? '') ? Number(attributes['rc']) : NaN;
    let outcome: Outcome = outcomeOfStatus(status);
    if (Number.isNaN(status) && attributes['s'] === 'false') outcome = outcomes.failed;
    const took = /^\d{1,15}$/.test(attributes['t'] ?? '') ? Number(attributes['t']) / 1000 : NaN;
    this.log.add(line, this.times.seconds, this.times.fraction, took, outcome);
  }

  /** What was read before is kept, for a run that was broken off ends in the middle of an element. */
  private stop(message: string): void {
    if (this.broken) return;
    this.broken = true;
    const reason = message.replace(/^\d+:\d+: /, '').replace(/\.$/, '');
    this.context.findings.add(
      'trace-note',
      0,
      `The XML ends or breaks off at line ${this.line} (${reason}); what comes before was read.`,
    );
  }
}
