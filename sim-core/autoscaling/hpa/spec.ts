import type { Behavior } from './behavior.ts';
import type { Int64 } from './int64.ts';
import type { MetricError, PodTotals, Samples } from './pod.ts';
import type { Tolerance } from './tolerance.ts';

/** What one HPA asks for, with its defaults filled in. */
export interface HpaSpec {
  readonly minReplicas: number;
  readonly maxReplicas: number;
  readonly metrics: readonly HpaMetric[];
  /** null: absent, which is not the same as its defaults */
  readonly behavior: Behavior | null;
}

export type HpaMetric = {
  /** As people call it in a sentence: `CPU`, `queue_length`. */
  readonly label: string;
} & (
  | {
      readonly type: 'Resource' | 'ContainerResource';
      readonly resource: string;
      readonly container: string | null;
      readonly target: {
        readonly type: 'Utilization' | 'AverageValue';
        /** percent, or thousandths */ readonly value: Int64;
      };
    }
  | { readonly type: 'Pods'; readonly target: { readonly type: 'AverageValue'; readonly value: Int64 } }
  | {
      readonly type: 'Object' | 'External';
      readonly target: { readonly type: 'Value' | 'AverageValue'; readonly value: Int64 };
      /** External only (gate HPAExternalMetricFallback) */
      readonly fallback?: { /** s */ readonly after: number; readonly replicas: number };
    }
  | { readonly type: 'Unknown' }
);

/** What the metrics APIs returned for one metric. */
export type Reading =
  { readonly samples: Samples } | { readonly totals: PodTotals } | { readonly values: readonly Int64[] } | MetricError;

/** Settings of the controller, the same for every HPA of a cluster. */
export interface HpaSettings {
  readonly tolerance: Tolerance;
  /** s */
  readonly downscaleStabilization: number;
  /** s */
  readonly cpuInitializationPeriod: number;
  /** s */
  readonly initialReadinessDelay: number;
  readonly scaleToZero: boolean;
}
