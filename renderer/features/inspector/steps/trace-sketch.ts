import type { Issue, TraceSeries } from '../../../../sim-core/index.ts';
import type { Session } from '../../../session.ts';
import { binnedRate } from '../../drop/Sparkline.tsx';
import { lengthOf, requestsIn } from '../../drop/replay-part.ts';
import type { Data } from '../yaml-data.ts';
import type { StepSubject } from './step-kinds.ts';

/** A series at a glance. */
export interface Sketch extends StepSubject {
  readonly requests: number;
  /** the highest rate in each of equal stretches of its length, 1/s; NaN in gaps */
  readonly rates: Float64Array;
  /** 1/s, of those */
  readonly peak: number;
}

/** A trace as it was recorded, and as it is replayed. */
export interface TraceSketch {
  /** null: it cannot be read */
  readonly before: Sketch | null;
  /** null: a step cannot be done, or the file is not there */
  readonly after: Sketch | null;
  /** what a step cannot do; paths from the list of steps */
  readonly issues: readonly Issue[];
}

const stretches = 280;

function sketchOf(series: TraceSeries): Sketch {
  const length = lengthOf(series);
  const rates = binnedRate(series, Math.max(2, Math.min(stretches, series.time.length)));
  const peak = rates.reduce((most, rate) => (rate > most ? rate : most), 0);
  return { length, bucket: series.bucket, requests: requestsIn(series, 0, length), rates, peak };
}

/** The least scenario that replays a trace: what else the one on the desk says must not stand in the way. */
function replaying(trace: Data): string {
  const { from: _from, to: _to, ...whole } = trace;
  return JSON.stringify({
    schema: 'headroom/v1',
    name: 'a trace',
    horizon: '1h',
    workload: { sum: [{ trace: whole }] },
    services: { service: { serviceTime: '1ms', replicas: { initial: 1, startup: '0s' } } },
    policies: [{ name: 'fixed', controller: { static: { replicas: 1 } } }],
  });
}

/** Reads a trace as the file says, without its steps and with them. @param trace as written */
export async function sketchTrace(
  { client, traces }: Pick<Session, 'client' | 'traces'>,
  trace: Data,
): Promise<TraceSketch> {
  const { steps = [], ...plain } = trace;
  const { files } = await traces.collect([String(trace.file)]);
  const read = async (written: Data) => {
    const { loaded, issues } = await client.load(replaying(written), files);
    const [series] = [...(loaded?.traces.values() ?? [])];
    return { sketch: series ? sketchOf(series) : null, issues };
  };
  const before = await read(plain);
  if (before.sketch === null) return { before: null, after: null, issues: [] };
  if (!Array.isArray(steps) || steps.length === 0) return { before: before.sketch, after: before.sketch, issues: [] };
  const after = await read(trace);
  // What the text says wrongly is known without reading the trace.
  const issues = after.issues.filter(({ code }) => code === 'trace-step');
  return {
    before: before.sketch,
    after: after.sketch,
    issues: issues.map((issue) => ({ ...issue, path: issue.path.slice(5) })),
  };
}
