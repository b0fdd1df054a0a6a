import { createStore } from 'zustand/vanilla';
import { cellResult, gridScenario, planJobs } from '../../sim-core/index.ts';
import type { CellResult, PolicyGrid, RunResult } from '../../sim-core/index.ts';
import type { RunTask, SimulationClient } from '../sim/client.ts';
import type { RunInput, TraceFiles } from './runs.ts';

export type MapEngine = 'exact' | 'fluid';

/** One policy over a grid of two of its settings, as far as it has been run. */
export interface PolicyMap {
  readonly documentId: string;
  readonly grid: PolicyGrid;
  readonly engine: MapEngine;
  readonly replications: number;
  readonly currency: string;
  /** of all cells, as one scenario: equal texts mean equal maps */
  readonly text: string;
  readonly cells: readonly CellResult[];
  readonly complete: boolean;
}

export interface MapsState {
  readonly activity: { readonly done: number; readonly total: number } | null;
  readonly shown: PolicyMap | null;
  /** why there is none; null when nothing failed */
  readonly failure: string | null;
}

export interface MapRequest extends RunInput {
  readonly grid: PolicyGrid;
  readonly engine: MapEngine;
}

export interface MapsOptions {
  readonly client: SimulationClient;
  traceFiles(text: string): Promise<TraceFiles>;
  /** Unix time, ms */
  now(): number;
  notice(message: string): void;
}

/** The fluid engine knows no chance: one run says all. */
const replicationsOf: Readonly<Record<MapEngine, number>> = { fluid: 1, exact: 3 };
/** A growing map is redrawn at most this often, ms. */
const redrawInterval = 150;

/** Maps over two settings: one at a time, a new one replaces the one under way. */
export function createMaps({ client, traceFiles, now, notice }: MapsOptions) {
  const store = createStore<MapsState>(() => ({ activity: null, shown: null, failure: null }));
  let current: { task?: RunTask; cancelled: boolean } | null = null;
  let nextKey = 1;

  function cancel(): void {
    if (!current) return;
    current.cancelled = true;
    current.task?.cancel();
    current = null;
    store.setState({ activity: null });
  }

  async function start({ grid, engine, ...input }: MapRequest): Promise<void> {
    cancel();
    const own: NonNullable<typeof current> = { cancelled: false };
    current = own;
    const total = grid.x.values.length * grid.y.values.length;
    store.setState({ activity: { done: 0, total }, failure: null });
    const fail = (failure: string): void => {
      if (current !== own) return;
      current = null;
      store.setState({ activity: null, failure });
    };
    try {
      const { text, issues } = gridScenario(input.text, grid, engine);
      if (text === undefined) return fail(issues.map(({ message }) => message).join(' '));
      const files = await traceFiles(text);
      const { loaded, issues: found } = await client.load(text, files.files, input.fileName);
      if (own.cancelled) return;
      if (!loaded) {
        // Each cell is a policy of its own there; what is wrong is said once, of the settings.
        const errors = found.filter(({ severity }) => severity === 'error').map(({ message }) => message);
        return fail(`With some of these values the scenario is not right: ${errors[0] ?? 'it cannot be read'}`);
      }
      const { scenario } = loaded;
      const replications = replicationsOf[engine];
      const runs = new Map<string, RunResult[]>();
      const cells: CellResult[] = [];
      let drawnAt = now();
      const show = (complete: boolean): void =>
        store.setState({
          activity: complete ? null : { done: cells.length, total },
          shown: {
            documentId: input.documentId,
            grid,
            engine,
            replications,
            currency: scenario.cost.currency,
            text,
            cells: [...cells],
            complete,
          },
        });
      const task = client.run({
        key: `map ${nextKey++}`,
        loaded,
        jobs: planJobs(scenario, { replications }).map((job) => ({ ...job, decisionLog: false })),
        onResult(result) {
          if (own.cancelled) return;
          const all = [...(runs.get(result.policy) ?? []), result].sort((a, b) => a.replication - b.replication);
          runs.set(result.policy, all);
          const [first, ...rest] = all;
          if (!first || all.length < replications) return;
          cells.push(cellResult(scenario, [first, ...rest]));
          runs.delete(result.policy);
          if (now() - drawnAt < redrawInterval) return;
          drawnAt = now();
          show(false);
        },
        onProgress: () => {},
        onNotice: notice,
      });
      own.task = task;
      const end = await task.ended;
      if (own.cancelled) return;
      if (end.status === 'failed') return fail(end.message);
      current = null;
      show(true);
    } catch (error) {
      fail(error instanceof Error ? error.message : String(error));
    }
  }

  return { store, start, cancel };
}
