import { planJobs, runComparison } from '../sim-core/index.ts';
import type { Comparison, LoadedScenario } from '../sim-core/index.ts';
import type { Host } from './host.ts';
import { createProgressBar } from './progress-bar.ts';
import { PoolClosed } from './run-pool.ts';
import { Interrupted } from './user-error.ts';

export interface RunOptions {
  readonly policies: readonly string[];
  /** default: as the scenario says */
  readonly replications?: number;
  /** worker threads; default: one for each core */
  readonly workers?: number;
}

/** Runs policies on a pool of worker threads, with a bar for whoever is watching. @throws Interrupted */
export async function runPolicies(host: Host, loaded: LoadedScenario, options: RunOptions): Promise<Comparison> {
  const { policies, replications, workers } = options;
  const selection = { policies, ...(replications !== undefined && { replications }) };
  const jobs = planJobs(loaded.scenario, selection);
  const size = Math.max(1, Math.min(workers ?? host.cores, jobs.length));
  const pool = host.createPool(loaded, size);
  const bar = createProgressBar(host);
  let interrupted = false;
  const stopListening = host.onInterrupt(() => {
    interrupted = true;
    void pool.close();
  });
  try {
    const comparison = await runComparison(loaded, {
      ...selection,
      parallel: size,
      execute: (job, onProgress) => pool.execute(job, onProgress),
      onProgress: (fraction, done, total) => bar.update(fraction, done, total),
      cancelled: () => interrupted,
    });
    if (interrupted) throw new Interrupted();
    bar.clear();
    for (const note of pool.notes) host.stderr.write(`note: ${note}\n`);
    for (const { policy, example } of comparison.policies) {
      if (example.stoppedEarly !== null) host.stderr.write(`warning: ${policy}: ${example.stoppedEarly.reason}\n`);
    }
    return comparison;
  } catch (error) {
    bar.clear();
    if (interrupted || error instanceof PoolClosed) throw new Interrupted();
    throw error;
  } finally {
    stopListening();
    await pool.close();
  }
}
