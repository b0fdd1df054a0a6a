import type { TraceImport } from './contract.ts';
import type { TraceMapping } from './mapping.ts';

/** One file format; the registry asks each in turn whether a file is its own. */
export interface TraceFormat {
  readonly name: string;
  /** @param head the first 64 kB, UTF-8, without byte order mark, not blank */
  recognises(head: Uint8Array): boolean;
  /** Never throws, whatever the bytes. @param bytes the whole file, UTF-8 */
  import(file: string, bytes: Uint8Array, mapping: TraceMapping): TraceImport;
}
