import type { Issue } from '../issue.ts';
import type { RandomStream } from '../random/contract.ts';
import type { TraceSeries } from '../trace/contract.ts';
import type { ArrivalConfig } from './arrival-config.ts';
import type { ArrivalProcess, RateFunction } from './contract.ts';
import { BatchArrivals, batchMoments } from './processes/batch.ts';
import { evenIncrements } from './processes/deterministic.ts';
import { ExactArrivals } from './processes/exact.ts';
import { markovModulation } from './processes/mmpp.ts';
import { ModulatedArrivals, modulatedRate } from './processes/modulated.ts';
import type { Modulation } from './processes/modulation.ts';
import { poissonIncrements } from './processes/poisson.ts';
import { renewalIncrements } from './processes/renewal.ts';
import { onOffModulation } from './processes/self-similar.ts';
import { scale } from './rate-function.ts';
import { profileNameOf, type Workload } from './registry.ts';
import { replayTimes } from './replay.ts';
import { seriesKey } from './steps/series-key.ts';
import { TimeChange } from './time-change.ts';

export interface ArrivalContext {
  /** s; no arrival at or after it */
  readonly horizon: number;
  readonly stream: (name: string) => RandomStream;
  /** by seriesKey of their term */
  readonly traces: ReadonlyMap<string, TraceSeries>;
}

/** Arrivals as the workload asks for them: drawn around the rate, or replayed; single or in batches. */
export function createArrivals(workload: Workload, rate: RateFunction, context: ArrivalContext): ArrivalProcess {
  const { arrivals, batch } = workload;
  if (arrivals === 'exact') return new ExactArrivals(recordedTimes(workload, context));
  if (batch === undefined) return createPoints(arrivals, rate, context);
  const batches = scale(rate, 1 / batchMoments(batch).mean);
  return new BatchArrivals(createPoints(arrivals, batches, context), batch, context.stream('batches'));
}

function createPoints(
  arrivals: Exclude<ArrivalConfig, 'exact'>,
  rate: RateFunction,
  { stream }: Pick<ArrivalContext, 'stream'>,
): ArrivalProcess {
  if (arrivals === 'deterministic') return new TimeChange(rate, evenIncrements);
  const modulation = modulationOf(arrivals, stream);
  if (modulation !== undefined) return new ModulatedArrivals(rate, modulation, poissonIncrements(stream('arrivals')));
  const scv = arrivals === 'poisson' ? 1 : (arrivals.renewal?.scv ?? 1);
  return new TimeChange(rate, renewalIncrements(scv, stream('arrivals')));
}

/** What multiplies the rate at random, for arrivals that come in spells. */
function modulationOf(arrivals: ArrivalConfig, stream: ArrivalContext['stream']): Modulation | undefined {
  if (typeof arrivals === 'string') return undefined;
  const { mmpp, selfSimilar } = arrivals;
  if (mmpp !== undefined)
    return markovModulation(mmpp, { holds: stream('modulation'), states: stream('modulation states') });
  return selfSimilar === undefined
    ? undefined
    : onOffModulation(selfSimilar, {
        on: stream('modulation'),
        off: stream('modulation off'),
        start: stream('modulation states'),
      });
}

/**
 * What an engine without single requests needs to know: the rate with its spells, the same as those arrivals are drawn
 * from, and how irregular arrivals are around it, as variance ÷ mean of their count over a long time (Poisson: 1).
 */
export function expectedArrivals(
  { arrivals, batch }: Workload,
  rate: RateFunction,
  { stream }: Pick<ArrivalContext, 'stream'>,
): { readonly rate: RateFunction; readonly dispersion: number } {
  const points = arrivals === 'deterministic' ? 0 : typeof arrivals === 'object' ? (arrivals.renewal?.scv ?? 1) : 1;
  const { mean, second } = batchMoments(batch ?? { size: 1 });
  return {
    rate:
      modulationOf(arrivals, stream) === undefined ? rate : modulatedRate(rate, () => modulationOf(arrivals, stream)!),
    // Of a sum of K sizes: E K Var S + (E S)² Var K, over E K E S.
    dispersion: (second - mean * mean) / mean + mean * points,
  };
}

function recordedTimes({ sum }: Workload, { horizon, traces }: ArrivalContext): Float64Array {
  const logs = sum.map(({ trace }) => {
    const series = trace && traces.get(seriesKey(trace));
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
    const series = term.trace && traces.get(seriesKey(term.trace));
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
  if (issues.length === 0 && workload.batch !== undefined) {
    report(['batch'], '`arrivals: exact` replays each request as it came. Remove `batch`, or use `arrivals: poisson`.');
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
