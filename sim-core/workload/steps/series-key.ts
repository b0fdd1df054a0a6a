import { traceKey, type TraceMapping } from '../../trace/mapping.ts';
import type { TraceSteps } from './registry.ts';

/** Identity of a series as it is replayed: how its file is read, and what is done with it then. */
export function seriesKey(trace: TraceMapping & { readonly steps?: TraceSteps | undefined }): string {
  const { steps = [] } = trace;
  return steps.length === 0 ? traceKey(trace) : `${traceKey(trace)} ${JSON.stringify(steps)}`;
}
