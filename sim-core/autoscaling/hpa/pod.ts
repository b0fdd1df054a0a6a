import type { Int64 } from './int64.ts';

/** What the HPA reads of a pod. Requests are of the resource in question, in thousandths; null when not set. */
export interface HpaPod {
  readonly name: string | number;
  readonly phase: 'Pending' | 'Running' | 'Succeeded' | 'Failed' | 'Unknown';
  /** A deletion timestamp is set. */
  readonly deleted: boolean;
  /** Status of the Ready condition; null when there is no such condition. */
  readonly ready: boolean | null;
  /** s; null before the kubelet has accepted the pod */
  readonly startTime: number | null;
  /** s: when the Ready condition last changed */
  readonly readyTransition: number | null;
  readonly containers: readonly { readonly name: string; readonly request: number | null }[];
  readonly initContainers?: readonly {
    readonly name: string;
    readonly request: number | null;
    readonly restartable: boolean;
  }[];
  /** Request of the pod as a whole (gate PodLevelResources). */
  readonly podRequest?: number;
}

/** A metric of one pod: thousandths, averaged over the `window` seconds before `time`. */
export interface Sample {
  readonly value: Int64;
  /** s */
  readonly time: number;
  /** s */
  readonly window: number;
}

export type Samples = ReadonlyMap<HpaPod['name'], Sample>;

/** The samples of all pods added up, where every pod counts: each of them ready, measured and not about to go. */
export interface PodTotals {
  /** > 0 */
  readonly pods: number;
  /** Σ of the samples, thousandths */
  readonly used: number;
  /** Σ of the requests, thousandths, > 0 */
  readonly requested: number;
}

/** Something that makes one metric fail; the HPA then follows its rules for failed metrics. */
export interface MetricError {
  readonly error: string;
}
