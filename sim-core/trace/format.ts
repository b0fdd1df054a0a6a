import type { FileHead } from './file-head.ts';
import type { Findings } from './findings.ts';
import type { TraceMapping } from './mapping.ts';
import type { Recording } from './recording.ts';

/** A format's answer to "is this yours?". The surest answer wins; among equals the earlier line of the registry. */
export interface Recognition {
  /**
   * 1: can be nothing else (a magic number, a name only this tool writes). 0.8: its header or keys fit.
   * 0.5: its shape fits, and a general format would read it worse. 0.1: would read any text.
   */
  readonly confidence: number;
  /** in words, shown to the person: `header of k6's CSV output` */
  readonly reason: string;
}

/** What a reader gets to work with. */
export interface ReaderContext {
  readonly head: FileHead;
  /** what somebody has said about the file; it wins over every guess */
  readonly mapping: TraceMapping;
  /** where rows, series, columns and facts about the file go */
  readonly recording: Recording;
  /** where trouble goes; errors refuse the file, warnings do not */
  readonly findings: Findings;
}

/** Reads one file. Never throws, whatever the bytes; holds no more than a row and what `recording` holds. */
export interface TraceReader {
  /** @param chunk the next bytes; may end anywhere, in the middle of a character too, and is reused after the call */
  push(chunk: Uint8Array): void;
  /** No more bytes come. */
  end(): void;
}

interface FormatName {
  /** stable and short; people may write it as `format:` */
  readonly name: string;
  /** for people: `k6 CSV output` */
  readonly title: string;
  recognise(head: FileHead): Recognition | undefined;
}

/** A format read from the first byte to the last: UTF-8 without byte order mark, or bytes as they are. */
export interface StreamFormat extends FormatName {
  readonly access: 'text' | 'bytes';
  createReader(context: ReaderContext): TraceReader;
}

/** Bytes of a file by position, for formats whose index stands at the end (Parquet). */
export interface ByteRanges {
  readonly size: number;
  /** @param end exclusive */
  read(start: number, end: number): Promise<Uint8Array>;
}

export interface RangeFormat extends FormatName {
  readonly access: 'ranges';
  /** Never rejects for what the file holds. @param progress told the bytes done; throws when the import is cancelled */
  readRanges(ranges: ByteRanges, context: ReaderContext, progress: (bytes: number) => void): Promise<void>;
}

/** One file format; the registry asks each whether a file is its own. */
export type TraceFormat = StreamFormat | RangeFormat;
