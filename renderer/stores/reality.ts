import { createStore } from 'zustand/vanilla';
import { createRealityCheck, explainMisfit, readingsOf } from '../../sim-core/index.ts';
import type { LoadedScenario, Misfit, RealityReport } from '../../sim-core/index.ts';
import type { RunTask, SimulationClient } from '../sim/client.ts';

/** What a reality check found, for the text it was made from. */
export interface ShownReality {
  readonly text: string;
  readonly report: RealityReport;
  /** null while it is looked for, and when the grade is good */
  readonly misfit: Misfit | null;
}

export interface RealityState {
  readonly activity: 'simulating' | 'explaining' | null;
  readonly shown: ShownReality | null;
  /** why there is none; null when nothing failed */
  readonly failure: string | null;
}

export interface RealityOptions {
  readonly client: SimulationClient;
  notice(message: string): void;
}

/** Thrown out of a search that is no longer wanted. */
class Cancelled extends Error {}

/** Reality checks: one at a time, a new one replaces the one under way. */
export function createReality({ client, notice }: RealityOptions) {
  const store = createStore<RealityState>(() => ({ activity: null, shown: null, failure: null }));
  let current: { task?: RunTask; cancelled: boolean } | null = null;
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
    store.setState({ activity: 'simulating', failure: null });
    const fail = (failure: string): void => {
      if (current !== own) return;
      current = null;
      store.setState({ activity: null, failure });
    };
    try {
      const { readings, issues } = readingsOf(loaded.scenario, loaded.recorded);
      if (readings === undefined) return fail(issues.map(({ message }) => message).join(' '));
      const rounds = createRealityCheck(loaded, readings);
      const task = client.run({
        key: `reality ${nextKey++}`,
        loaded,
        jobs: rounds.nextRound(),
        onResult: rounds.add,
        onProgress: () => {},
        onNotice: notice,
      });
      own.task = task;
      const end = await task.ended;
      if (own.cancelled) return;
      const report = rounds.report();
      if (end.status === 'failed') return fail(end.message);
      if (report === null) return fail('The check was ended by another study. Start it again.');
      store.setState({
        activity: report.grade === 'good' ? null : 'explaining',
        shown: { text, report, misfit: null },
      });
      if (report.grade !== 'good') {
        const pause = async (): Promise<void> => {
          await new Promise((resolve) => setTimeout(resolve));
          if (own.cancelled) throw new Cancelled();
        };
        const misfit = await explainMisfit(text, loaded, readings, { pause });
        if (own.cancelled) return;
        store.setState({ activity: null, shown: { text, report, misfit } });
      }
      current = null;
    } catch (error) {
      if (!(error instanceof Cancelled)) fail(error instanceof Error ? error.message : String(error));
    }
  }

  return { store, start, cancel };
}
