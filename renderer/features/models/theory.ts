import { compareWithTheory, neededReplicas, serviceOf, theoryStation } from '../../../sim-core/index.ts';
import type { ArrivalWindow, ModelComparison, RowVerdict, RunResult } from '../../../sim-core/index.ts';
import type { BrokenStretch } from '../../charts/model-lane.ts';
import type { ShownResult } from '../../stores/runs.ts';

const endOf = (run: RunResult, horizon: number): number => run.stoppedEarly?.at ?? horizon;

/** What theory says of one policy's replication 0, row by row. */
export function theoryOf({ scenario, comparison }: ShownResult, run: RunResult): ModelComparison {
  return compareWithTheory({
    columns: run.columns,
    recordingInterval: run.recordingInterval,
    warmup: scenario.warmup === 'auto' ? (comparison.warmup?.seconds ?? 0) : scenario.warmup,
    end: endOf(run, scenario.horizon),
    station: theoryStation(serviceOf(scenario)),
    sampled: comparison.engine === 'exact',
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
  places: 'Requests waited for a place',
  impatience: 'Clients gave up',
  correlated: 'Arrivals correlated',
  'non-poisson': 'Arrivals not Poisson',
};

/** With the numbers behind it, where it is the arrivals' fault. */
function reasonOf(verdict: RowVerdict, window: ArrivalWindow | undefined): string {
  const two = (value: number): number => Math.round(value * 100) / 100;
  if (window === undefined) return verdictWords[verdict];
  if (verdict === 'correlated') return `${verdictWords[verdict]}: ${two(window.correlation)} from row to row`;
  if (verdict === 'non-poisson') return `${verdictWords[verdict]}: variance ${two(window.dispersion)} × mean`;
  return verdictWords[verdict];
}

/** Troubles in which a queue settles all the same: some models still speak of it, others may be near. */
const mild: readonly RowVerdict[] = ['places', 'impatience', 'correlated', 'non-poisson'];

export const shadeOf = (verdict: RowVerdict): 'doubt' | 'caution' => (mild.includes(verdict) ? 'caution' : 'doubt');

/** Neighbouring rows with the same trouble, as one stretch each. */
export function brokenStretches(
  { verdicts, windows }: Pick<ModelComparison, 'verdicts' | 'windows'>,
  time: Float64Array,
  interval: number,
): BrokenStretch[] {
  const stretches: { -readonly [Key in keyof BrokenStretch]: BrokenStretch[Key] }[] = [];
  let next = 0;
  verdicts.forEach((verdict, row) => {
    if (verdict === 'steady') return;
    while (next < windows.length && windows[next]!.end <= row) next += 1;
    const start = time[row] ?? 0;
    const reason = reasonOf(verdict, windows[next]);
    const last = stretches.at(-1);
    if (last && last.reason === reason && Math.abs(last.end - start) < 1e-6) last.end = start + interval;
    else stretches.push({ start, end: start + interval, reason, meaning: shadeOf(verdict) });
  });
  return stretches;
}
