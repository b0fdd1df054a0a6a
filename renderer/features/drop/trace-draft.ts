import { createStore } from 'zustand/vanilla';
import type { Issue, TraceMapping, TraceReport, TraceSeries } from '../../../sim-core/index.ts';

/** A trace that was given but not used yet: what it was taken for, open to correction. */
export interface TraceDraft {
  /** The file's own name */
  readonly fileName: string;
  /** As scenarios will name it */
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly format: string | null;
  readonly mapping: Omit<TraceMapping, 'file'>;
  readonly series: TraceSeries | undefined;
  readonly report: TraceReport | undefined;
  readonly issues: readonly Issue[];
  /** Being read with another mapping. */
  readonly busy: boolean;
}

export const traceDraftStore = createStore<{ readonly draft: TraceDraft | null }>(() => ({ draft: null }));
