import { createStore } from 'zustand/vanilla';
import type { ImportMapping, Issue, RecordedSeries, TraceReport, TraceSeries } from '../../../sim-core/index.ts';

/** A trace that was given but not used yet: what it was taken for, open to correction. */
export interface TraceDraft {
  /** The file's own name */
  readonly fileName: string;
  /** As scenarios will name it */
  readonly name: string;
  readonly blob: Blob;
  readonly format: string | null;
  readonly mapping: ImportMapping;
  readonly series: TraceSeries | undefined;
  readonly recorded: readonly RecordedSeries[];
  readonly report: TraceReport | undefined;
  readonly issues: readonly Issue[];
  /** Being read, for the first time or with another mapping. */
  readonly busy: boolean;
  /** While it is being read: how much of it, 0 … 1 */
  readonly progress: number;
}

export const traceDraftStore = createStore<{ readonly draft: TraceDraft | null }>(() => ({ draft: null }));
