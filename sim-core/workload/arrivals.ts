import type { Issue } from '../issue.ts';
import type { RandomStream } from '../random/contract.ts';
import type { TraceSeries } from '../trace/contract.ts';
import { traceKey } from '../trace/mapping.ts';
import type { ArrivalProcess, RateFunction } from './contract.ts';
import { evenIncrements } from './processes/deterministic.ts';
import { ExactArrivals } from './processes/exact.ts';
import { poissonIncrements } from './processes/poisson.ts';
import { renewalIncrements } from './processes/renewal.ts';
import { profileNameOf, type Workload } from './registry.ts';
import { replayTimes } from './replay.ts';
import { TimeChange } from './time-change.ts';

export interface ArrivalContext {
  /** s; no arrival at or after it */
  readonly horizon: number;
  readonly stream: (name: string) => RandomStream;
  /** by traceKey of their mapping */
  readonly traces: ReadonlyMap<string, TraceSeries>;
}

/** Arrivals as the workload asks for them: drawn around the rate, or replayed. */
export function createArrivals(workload: Workload, rate: RateFunction, context: ArrivalContext): ArrivalProcess {
  const { arrivals } = workload;
  switch (arrivals) {
    case 'poisson':
      return new TimeChange(rate, poissonIncrements(context.stream('arrivals')));
    case 'deterministic':
      return new TimeChange(rate, evenIncrements);
    case 'exact':
      return new ExactArrivals(recordedTimes(workload, context));
    default:
      return new TimeChange(rate, renewalIncrements(arrivals.renewal.scv, context.stream('arrivals')));
  }
}

function recordedTimes({ sum }: Workload, { horizon, traces }: ArrivalContext): Float64Array {
  const logs = sum.map(({ trace }) => {
    const series = trace && traces.get(traceKey(trace));
    if (trace === undefined || series === undefined)
      throw new Error('An exact replay needs a loaded trace in every term.');
    return replayTimes(series, trace, horizon);
  });
  const all = new Float64Array(logs.reduce((length, log) => length + log.length, 0));
  let at = 0;
  for (const log of logs) {
    all.set(log, at);
    at += log.length;
  }
  return logs.length > 1 ? all.sort() : all;
}

/** Whether the arrivals asked for can be had from what there is. Paths from the workload. */
export function checkArrivals(workload: Workload, traces: ReadonlyMap<string, TraceSeries>): Issue[] {
  if (workload.arrivals !== 'exact') return [];
  const issues: Issue[] = [];
  const report = (path: Issue['path'], message: string): void => {
    issues.push({ code: 'exact-arrivals', severity: 'error', path, message });
  };
  const way = 'Use `arrivals: poisson`, or name a request log with `kind: timestamps`.';
  for (const [index, term] of workload.sum.entries()) {
    const name = profileNameOf(term);
    const series = term.trace && traces.get(traceKey(term.trace));
    if (term.trace === undefined) {
      report(
        ['sum', index, name],
        `\`arrivals: exact\` replays single requests, and the profile \`${name}\` has none. ${way}`,
      );
    } else if (series?.kind === 'rate') {
      report(
        ['sum', index, name],
        `\`arrivals: exact\` replays single requests, but ${term.trace.file} holds counts or rates. ${way}`,
      );
    }
  }
  if (issues.length === 0 && workload.scale !== 1) {
    report(
      ['scale'],
      '`arrivals: exact` replays each request once, so it cannot be scaled. Remove `scale`, or use `arrivals: poisson`.',
    );
  }
  if (issues.length === 0 && workload.growth !== undefined) {
    report(
      ['growth'],
      '`arrivals: exact` replays each request once, so it cannot grow. Remove `growth`, or use `arrivals: poisson`.',
    );
  }
  return issues;
}
