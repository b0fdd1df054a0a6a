import { compareWithTheory, neededReplicas, serviceOf } from '../../../sim-core/index.ts';
import type { ModelComparison, RowVerdict, RunResult } from '../../../sim-core/index.ts';
import type { ShownResult } from '../../stores/runs.ts';

const endOf = (run: RunResult, horizon: number): number => run.stoppedEarly?.at ?? horizon;

/** What theory says of one policy's replication 0, row by row. */
export function theoryOf({ scenario, comparison }: ShownResult, run: RunResult): ModelComparison {
  return compareWithTheory({
    columns: run.columns,
    recordingInterval: run.recordingInterval,
    warmup: scenario.warmup === 'auto' ? (comparison.warmup?.seconds ?? 0) : scenario.warmup,
    end: endOf(run, scenario.horizon),
    concurrency: serviceOf(scenario).concurrency,
  });
}

/** The replicas M/G/c asks for in each row, as the lanes want them: by policy. */
export function neededOf({ scenario }: ShownResult, run: RunResult): ReadonlyMap<string, Float64Array> {
  const needed = neededReplicas(
    run.columns,
    run.recordingInterval,
    endOf(run, scenario.horizon),
    serviceOf(scenario).concurrency,
    scenario.slo,
  );
  return new Map([[run.policy, needed]]);
}

/** Why a row is outside what steady-state theory speaks about. */
export const verdictWords: Readonly<Record<RowVerdict, string>> = {
  steady: 'Steady',
  'no-data': 'No data',
  losses: 'Requests were lost',
  unstable: 'More load than slots',
  transient: 'Not settled: replicas or rate just changed',
};

/** Neighbouring rows with the same trouble, as one stretch each. */
export function brokenStretches(
  verdicts: readonly RowVerdict[],
  time: Float64Array,
  interval: number,
): { start: number; end: number; reason: string }[] {
  const stretches: { start: number; end: number; reason: string }[] = [];
  verdicts.forEach((verdict, row) => {
    if (verdict === 'steady') return;
    const start = time[row] ?? 0;
    const reason = verdictWords[verdict];
    const last = stretches.at(-1);
    if (last && last.reason === reason && Math.abs(last.end - start) < 1e-6) last.end = start + interval;
    else stretches.push({ start, end: start + interval, reason });
  });
  return stretches;
}
