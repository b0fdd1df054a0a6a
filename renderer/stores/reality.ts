import { createStore } from 'zustand/vanilla';
import { createRealityCheck, readingsOf } from '../../sim-core/index.ts';
import type { LoadedScenario, Misfit, RealityReport } from '../../sim-core/index.ts';
import type { ExplainTask, RunTask, SimulationClient } from '../sim/client.ts';

/** What a reality check found, for the text it was made from. */
export interface ShownReality {
  readonly text: string;
  readonly report: RealityReport;
  /** null while it is looked for, and when the grade is good */
  readonly misfit: Misfit | null;
}

export interface RealityActivity {
  readonly doing: 'simulating' | 'explaining';
  /** 0 … 1 of it */
  readonly fraction: number;
}

export interface RealityState {
  readonly activity: RealityActivity | null;
  readonly shown: ShownReality | null;
  /** why there is none; null when nothing failed */
  readonly failure: string | null;
}

export interface RealityOptions {
  readonly client: SimulationClient;
  notice(message: string): void;
}

/** Reality checks: one at a time, a new one replaces the one under way. */
export function createReality({ client, notice }: RealityOptions) {
  const store = createStore<RealityState>(() => ({ activity: null, shown: null, failure: null }));
  let current: { task?: RunTask | ExplainTask; cancelled: boolean } | null = null;
  let nextKey = 1;

  function cancel(): void {
    if (!current) return;
    current.cancelled = true;
    current.task?.cancel();
    current = null;
    store.setState({ activity: null });
  }

  /** @param text what `loaded` was read from */
  async function start(text: string, loaded: LoadedScenario): Promise<void> {
    cancel();
    if (loaded.recorded === undefined) return;
    const own: NonNullable<typeof current> = { cancelled: false };
    current = own;
    store.setState({ failure: null });
    const tell = (doing: RealityActivity['doing'], fraction: number): void => {
      if (current === own) store.setState({ activity: { doing, fraction } });
    };
    tell('simulating', 0);
    const fail = (failure: string): void => {
      if (current !== own) return;
      current = null;
      store.setState({ activity: null, failure });
    };
    try {
      const { readings, issues } = readingsOf(loaded.scenario, loaded.recorded);
      if (readings === undefined) return fail(issues.map(({ message }) => message).join(' '));
      const rounds = createRealityCheck(loaded, readings);
      const key = `reality ${nextKey++}`;
      const task = client.run({
        key,
        loaded,
        jobs: rounds.nextRound(),
        onResult: rounds.add,
        onProgress: ({ fraction }) => tell('simulating', fraction),
        onNotice: notice,
      });
      own.task = task;
      const end = await task.ended;
      if (own.cancelled) return;
      const report = rounds.report();
      if (end.status === 'failed') return fail(end.message);
      if (report === null) return fail('The check was ended by another study. Start it again.');
      store.setState({ shown: { text, report, misfit: null } });
      if (report.grade !== 'good') {
        tell('explaining', 0);
        const onProgress = (fraction: number): void => tell('explaining', fraction);
        const search = client.explain({ key, loaded, text, readings, onProgress });
        own.task = search;
        const outcome = await search.ended;
        if (own.cancelled) return;
        if (outcome.status === 'failed') return fail(outcome.message);
        if (outcome.status === 'cancelled')
          return fail('The search was ended by another study. Start the check again.');
        store.setState({ shown: { text, report, misfit: outcome.result } });
      }
      current = null;
      store.setState({ activity: null });
    } catch (error) {
      fail(error instanceof Error ? error.message : String(error));
    }
  }

  return { store, start, cancel };
}
