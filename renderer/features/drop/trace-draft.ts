import { createStore } from 'zustand/vanilla';
import type { ImportMapping, Issue, RecordedSeries, TraceReport, TraceSeries } from '../../../sim-core/index.ts';

/** What a gap in a trace becomes. */
export type Fill = 'leave' | 'zero' | 'hold' | 'interpolate' | 'seasonal';

/** What a person has said about a file; everything else is recognised. */
export interface TraceSettings {
  readonly mapping: ImportMapping;
  readonly fill: Fill;
}

/** A trace that was given but not used yet: what it was taken for, open to correction. */
export interface TraceDraft {
  /** The file's own name */
  readonly fileName: string;
  /** As scenarios will name it */
  readonly name: string;
  readonly blob: Blob;
  readonly format: string | null;
  readonly settings: TraceSettings;
  /** The settings that what follows was read with */
  readonly readWith: TraceSettings;
  /** Settings before the ones that hold, and those that were undone: the next one last */
  readonly past: readonly TraceSettings[];
  readonly future: readonly TraceSettings[];
  /** All of how it was read: what was said, and what was recognised */
  readonly mapping: ImportMapping;
  readonly series: TraceSeries | undefined;
  readonly recorded: readonly RecordedSeries[];
  readonly report: TraceReport | undefined;
  readonly issues: readonly Issue[];
  /** Being read, for the first time or with other settings. */
  readonly busy: boolean;
  /** While it is being read: how much of it, 0 … 1 */
  readonly progress: number;
}

export const traceDraftStore = createStore<{ readonly draft: TraceDraft | null }>(() => ({ draft: null }));
