import { createRun, loadScenario, type Job } from '../../sim-core/index.ts';
import type { RunEnd, SimulationClient } from '../../renderer/sim/client.ts';
import { createSimulationService } from '../../renderer/worker/simulation-service.ts';

/** The real engine on this thread, one job a step, so that a test decides when each finishes. */
export function steppedClient() {
  const executed: Job[] = [];
  let allowance = Infinity;
  const waiting: (() => void)[] = [];
  const turn = (): Promise<void> =>
    new Promise((resolve) => {
      if (allowance > 0) {
        allowance -= 1;
        setTimeout(resolve, 0);
      } else waiting.push(resolve);
    });
  const imports = {
    inspectTrace: () => Promise.reject(new Error('not asked for here')),
    importTrace: () => Promise.reject(new Error('not asked for here')),
    cancelImport: () => {},
  };
  const client: SimulationClient = {
    ...imports,
    parallel: 1,
    load: async (text, _files, fileName) => loadScenario(text, new Map(), fileName),
    run({ loaded, jobs, onResult, onProgress }) {
      let cancelled = false;
      const ended = (async (): Promise<RunEnd> => {
        let done = 0;
        for (const job of jobs) {
          await turn();
          if (cancelled) return { status: 'cancelled' };
          executed.push(job);
          const run = createRun(loaded, job);
          while (!run.advance(1_000_000).done);
          onResult(run.result());
          done += 1;
          onProgress({ fraction: done / jobs.length, done, total: jobs.length });
        }
        return { status: 'done' };
      })();
      return {
        ended,
        cancel() {
          cancelled = true;
          for (const resume of waiting.splice(0)) resume();
        },
      };
    },
    explain({ key, text, loaded, readings, onProgress }) {
      const service = createSimulationService();
      service.prepare(key, loaded);
      return { ended: service.explain(key, text, readings, onProgress), cancel: () => service.cancel() };
    },
  };
  return {
    client,
    executed,
    allow: (jobs: number) => {
      allowance = jobs;
      for (const resume of waiting.splice(0)) {
        allowance -= 1;
        resume();
      }
    },
  };
}
