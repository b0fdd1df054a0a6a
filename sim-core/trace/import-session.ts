import type { Issue } from '../issue.ts';
import type { TraceImport } from './contract.ts';
import { detectEncoding, isParquet, Utf16Transcoder, withoutByteOrderMark, type Encoding } from './encoding.ts';
import { FileHead, headLength } from './file-head.ts';
import { Findings } from './findings.ts';
import type { ReaderContext, Recognition, TraceFormat, TraceReader } from './format.ts';
import type { TraceMapping } from './mapping.ts';
import { nearestName } from './nearest-name.ts';
import { Recording } from './recording.ts';
import { traceFormats } from './registry.ts';

export type ImportMapping = Omit<TraceMapping, 'file'>;

/** What the first bytes of a file settle. */
export interface OpenedTrace {
  readonly format: TraceFormat;
  readonly encoding: Encoding;
  readonly context: ReaderContext;
}

/**
 * Looks at the head of a file and chooses its format.
 *
 * @param first the first 64 kB, unpacked @param whole whether that is all
 */
export function openTrace(
  fileName: string,
  first: Uint8Array,
  whole: boolean,
  mapping: ImportMapping,
): OpenedTrace | { readonly issues: readonly Issue[] } {
  const full: TraceMapping = { ...mapping, file: fileName };
  const findings = new Findings(fileName, full);
  const encoding = detectEncoding(first);
  if (encoding !== 'utf-8' && encoding !== 'utf-16le' && encoding !== 'utf-16be' && encoding !== 'binary')
    findings.add('trace-compressed', 0, encoding);
  const text =
    encoding === 'utf-16le' || encoding === 'utf-16be'
      ? new Utf16Transcoder(encoding === 'utf-16be').transcode(first, whole)
      : encoding === 'utf-8'
        ? withoutByteOrderMark(first)
        : first;
  const binary = encoding === 'binary';
  if (whole && !binary && !findings.hasError && text.every((byte) => byte <= 32)) findings.add('trace-empty');
  if (findings.hasError) return { issues: findings.issues() };
  const head = new FileHead(fileName.replace(/\.(gz|zst)$/i, ''), text.subarray(0, headLength), whole, binary);
  const chosen = chooseFormat(head, full, findings);
  if (chosen === undefined) return { issues: findings.issues() };
  const { format, recognition } = chosen;
  const recording = new Recording(format.name, recognition.reason, full, findings);
  return { format, encoding, context: { head, mapping: full, recording, findings } };
}

function chooseFormat(
  head: FileHead,
  mapping: TraceMapping,
  findings: Findings,
): { format: TraceFormat; recognition: Recognition } | undefined {
  if (mapping.format !== undefined) {
    const format = traceFormats.find(({ name }) => name === mapping.format);
    if (format !== undefined) return { format, recognition: { confidence: 1, reason: 'as told' } };
    const names = traceFormats.map(({ name }) => name);
    const nearest = nearestName(mapping.format, names);
    const hint = nearest === undefined ? '' : ` Did you mean \`${nearest}\`?`;
    findings.add('trace-format', 0, `There is no format \`${mapping.format}\`; there are ${names.join(', ')}.${hint}`);
    return undefined;
  }
  let best: { format: TraceFormat; recognition: Recognition } | undefined;
  for (const format of traceFormats) {
    if (head.binary && format.access === 'text') continue;
    const recognition = format.recognise(head);
    if (recognition !== undefined && recognition.confidence > (best?.recognition.confidence ?? 0))
      best = { format, recognition };
  }
  if (best === undefined) findings.add('trace-binary', 0, isParquet(head.bytes) ? 'a Parquet file' : 'binary');
  return best;
}

/**
 * Reads one file, given in as many chunks as come, already unpacked. Never throws, whatever the bytes; holds the columns
 * of the recording and no more than 64 kB of the file.
 */
export class ImportSession {
  private head: Uint8Array | undefined = new Uint8Array(0);
  private opened: OpenedTrace | undefined;
  private refused: readonly Issue[] | undefined;
  private reader: TraceReader | undefined;
  private transcoder: Utf16Transcoder | undefined;

  constructor(
    private readonly fileName: string,
    private readonly mapping: ImportMapping = {},
  ) {}

  /** Nothing that comes can change the outcome any more: the file was refused by its head. */
  get isRefused(): boolean {
    return this.refused !== undefined;
  }

  /** The format, once 64 kB or the end have been seen. */
  get format(): TraceFormat | undefined {
    return this.opened?.format;
  }

  /** @param chunk may be reused by the caller afterwards */
  push(chunk: Uint8Array): void {
    if (this.head === undefined) {
      this.pass(chunk, false);
      return;
    }
    const head = new Uint8Array(this.head.length + chunk.length);
    head.set(this.head);
    head.set(chunk, this.head.length);
    this.head = head;
    if (head.length >= headLength) this.start(false);
  }

  /** No more bytes come: a file shorter than 64 kB is recognised now. */
  endHead(): void {
    if (this.head !== undefined) this.start(true);
  }

  end(): TraceImport {
    this.endHead();
    if (this.refused !== undefined || this.opened === undefined) return failedImport(this.refused ?? []);
    if (this.reader === undefined) return failedImport(this.opened.context.findings.issues(), this.opened.format.name);
    if (this.transcoder !== undefined) this.reader.push(this.transcoder.transcode(new Uint8Array(0), true));
    this.reader.end();
    return this.opened.context.recording.finish();
  }

  private start(whole: boolean): void {
    const bytes = this.head!;
    this.head = undefined;
    const opened = openTrace(
      this.fileName,
      bytes.subarray(0, headLength),
      whole && bytes.length <= headLength,
      this.mapping,
    );
    if ('issues' in opened) {
      this.refused = opened.issues;
      return;
    }
    this.opened = opened;
    const { format, encoding, context } = opened;
    if (format.access === 'ranges') {
      context.findings.add('trace-binary', 0, `${format.title} (read by position, which is not possible here)`);
      return;
    }
    if (encoding === 'utf-16le' || encoding === 'utf-16be')
      this.transcoder = new Utf16Transcoder(encoding === 'utf-16be');
    this.reader = format.createReader(context);
    this.pass(encoding === 'utf-8' ? withoutByteOrderMark(bytes) : bytes, false);
  }

  private pass(bytes: Uint8Array, last: boolean): void {
    if (this.reader === undefined) return;
    this.reader.push(this.transcoder === undefined ? bytes : this.transcoder.transcode(bytes, last));
  }
}

/** An import that gave nothing but reasons. */
export function failedImport(issues: readonly Issue[], format: string | null = null): TraceImport {
  return { format, recorded: [], startEpoch: NaN, issues };
}

/**
 * Turns the bytes of a file that lies in memory into what was recorded. The format is recognised by content, never by
 * the file's name. Never throws, whatever the bytes.
 *
 * @param fileName as shown in messages
 */
export function importTrace(fileName: string, bytes: Uint8Array, mapping: ImportMapping = {}): TraceImport {
  const session = new ImportSession(fileName, mapping);
  session.push(bytes);
  return session.end();
}
