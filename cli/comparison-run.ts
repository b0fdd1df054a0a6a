import { createExperiment, runRounds } from '../sim-core/index.ts';
import type { Comparison, LoadedScenario, Rounds } from '../sim-core/index.ts';
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
  /** whether replication 0 keeps its decision log, which may take more memory than all the rest; default: no */
  readonly decisions?: boolean;
}

/** Runs policies on a pool of worker threads, with a bar for whoever is watching. @throws Interrupted */
export async function runPolicies(host: Host, loaded: LoadedScenario, options: RunOptions): Promise<Comparison> {
  const { policies, replications, workers, decisions = false } = options;
  const experiment = createExperiment(loaded, { policies, ...(replications !== undefined && { replications }) });
  await runOnPool(host, loaded, decisions ? experiment : withoutLogs(experiment), workers);
  const comparison = experiment.snapshot();
  for (const { policy, example } of comparison.policies) {
    if (example.stoppedEarly !== null) host.stderr.write(`warning: ${policy}: ${example.stoppedEarly.reason}\n`);
  }
  return comparison;
}

function withoutLogs(rounds: Rounds): Rounds {
  return {
    add: (result) => rounds.add(result),
    nextRound: () => rounds.nextRound().map((job) => ({ ...job, decisionLog: false })),
    status: () => rounds.status(),
  };
}

/** Makes the runs of every round on a pool of worker threads. @throws Interrupted */
export async function runOnPool(host: Host, loaded: LoadedScenario, rounds: Rounds, workers?: number): Promise<void> {
  const size = Math.max(1, workers ?? host.cores);
  const pool = host.createPool(loaded, size);
  const bar = createProgressBar(host);
  let interrupted = false;
  const stopListening = host.onInterrupt(() => {
    interrupted = true;
    void pool.close();
  });
  try {
    await runRounds(rounds, {
      parallel: size,
      execute: (job, onProgress) => pool.execute(job, onProgress),
      onProgress: (fraction, done, total, status) => bar.update(fraction, `${done} of ${total} runs`, status),
      cancelled: () => interrupted,
    });
    if (interrupted) throw new Interrupted();
    bar.clear();
    for (const note of pool.notes) host.stderr.write(`note: ${note}\n`);
  } catch (error) {
    bar.clear();
    if (interrupted || error instanceof PoolClosed) throw new Interrupted();
    throw error;
  } finally {
    stopListening();
    await pool.close();
  }
}
