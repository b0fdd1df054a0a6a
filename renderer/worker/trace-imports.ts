import { importFile, traceKey } from '../../sim-core/index.ts';
import type { ImportMapping, TraceImport, TraceMapping } from '../../sim-core/index.ts';
import { atIntervals } from './at-intervals.ts';
import { fileOf, gunzip } from './blob-file.ts';
import type { TraceBlob } from './contract.ts';

/** Imports kept, so that a run with another policy does not read its traces again. */
const keptImports = 8;

/** Reads traces out of blobs, as they come; the latest are kept. */
export function createTraceImports() {
  const kept = new Map<string, TraceImport>();
  let underWay = { cancelled: false };

  return {
    /** The trace a scenario names, read as it says; from memory when it was read so before. */
    async read({ blob, version }: TraceBlob, mapping: TraceMapping): Promise<TraceImport> {
      const key = `${version} ${mapping.fill !== undefined} ${traceKey(mapping)}`;
      const found = kept.get(key);
      kept.delete(key);
      const imported = found ?? (await importFile(fileOf(mapping.file, blob), mapping, { gunzip }));
      kept.set(key, imported);
      for (const oldest of kept.keys()) {
        if (kept.size <= keptImports) break;
        kept.delete(oldest);
      }
      return imported;
    },

    /** @returns null when it was cancelled, by `cancel` or by the next import */
    async import(
      fileName: string,
      blob: Blob,
      mapping: ImportMapping,
      onProgress: (fraction: number) => void,
    ): Promise<TraceImport | null> {
      underWay.cancelled = true;
      const own = { cancelled: false };
      underWay = own;
      const tell = atIntervals(onProgress);
      try {
        return await importFile(fileOf(fileName, blob), mapping, {
          gunzip,
          onProgress: (bytes) => tell(blob.size === 0 ? 1 : bytes / blob.size),
          isCancelled: () => own.cancelled,
        });
      } catch (error) {
        if (own.cancelled) return null;
        throw error;
      }
    },

    cancel(): void {
      underWay.cancelled = true;
    },
  };
}
