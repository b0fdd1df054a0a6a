import { describe, expect, it, vi } from 'vitest';
import { loadScenario, planJobs, type RunResult } from '../../../sim-core/index.ts';
import type { JobOutcome, SimulationService } from '../../../renderer/worker/contract.ts';
import { createSimulationService } from '../../../renderer/worker/simulation-service.ts';
import { createSimulationClient, poolSize, type RunRequest } from '../../../renderer/sim/client.ts';
import type { StartWorker, WorkerHandle } from '../../../renderer/sim/worker-handle.ts';
import { smallScenario } from '../../support/small-scenario.ts';

const loaded = loadScenario(smallScenario, new Map()).loaded!;
const jobs = planJobs(loaded.scenario);

type Execute = SimulationService['execute'];

/** Workers on this thread: the real service, or one whose `execute` the test has taken over. */
function workers(executes: readonly (Execute | 'real')[]) {
  const started: { broken: (reason: string) => void; terminated: boolean }[] = [];
  const start: StartWorker = () => {
    const execute = executes[Math.min(started.length, executes.length - 1)] ?? 'real';
    const real = createSimulationService();
    const service = { ...real, ...(execute === 'real' ? {} : { execute }) };
    const record = { broken: (_reason: string): void => {}, terminated: false };
    started.push(record);
    return {
      service: service as unknown as WorkerHandle['service'],
      onBroken: (listener) => (record.broken = listener),
      terminate: () => (record.terminated = true),
    };
  };
  return { start, started };
}

function request(overrides: Partial<RunRequest> = {}) {
  const results: RunResult[] = [];
  const notices: string[] = [];
  const fractions: number[] = [];
  const complete: RunRequest = {
    key: '1',
    loaded,
    jobs,
    onResult: (result) => results.push(result),
    onProgress: ({ fraction }) => fractions.push(fraction),
    onNotice: (message) => notices.push(message),
    ...overrides,
  };
  return { complete, results, notices, fractions };
}

const never: Execute = () => new Promise<JobOutcome>(() => {});

describe('the pool', () => {
  it('is as large as the machine, within reason', () => {
    expect([undefined, 0, 1, 4, 64].map(poolSize)).toEqual([2, 1, 1, 4, 8]);
  });

  it('runs every job once, whatever the number of workers', async () => {
    for (const size of [1, 3]) {
      const { start, started } = workers(['real']);
      const { complete, results, fractions } = request();
      const { ended } = createSimulationClient({ size, start }).run(complete);
      expect(await ended).toEqual({ status: 'done' });
      expect(started).toHaveLength(size);
      expect(results.map(({ policy, replication }) => `${policy} ${replication}`).toSorted()).toEqual(
        jobs.map(({ policy, replication }) => `${policy} ${replication}`).toSorted(),
      );
      expect(fractions.at(-1)).toBe(1);
    }
  });

  it('restarts a worker that breaks, says so, and loses no job', async () => {
    const { start, started } = workers([never, 'real']);
    const { complete, results, notices } = request();
    const { ended } = createSimulationClient({ size: 1, start }).run(complete);
    await vi.waitFor(() => expect(started).toHaveLength(1));
    started[0]!.broken('out of memory');
    expect(await ended).toEqual({ status: 'done' });
    expect(results).toHaveLength(jobs.length);
    expect(started[0]!.terminated).toBe(true);
    expect(notices).toEqual([expect.stringContaining('out of memory')]);
  });

  it('takes a silent worker for dead', async () => {
    const { start, started } = workers([never, 'real']);
    const { complete, results } = request();
    const { ended } = createSimulationClient({ size: 1, start, silenceMilliseconds: 40 }).run(complete);
    expect(await ended).toEqual({ status: 'done' });
    expect(results).toHaveLength(jobs.length);
    expect(started).toHaveLength(2);
  });

  it('gives up a job whose worker breaks twice, and says which', async () => {
    const { start } = workers([never]);
    const { complete } = request();
    const { ended } = createSimulationClient({ size: 1, start, silenceMilliseconds: 30 }).run(complete);
    expect(await ended).toMatchObject({ status: 'failed', message: expect.stringContaining('two, replication 1') });
  });

  it('reports a job that fails, and starts no other', async () => {
    const execute = vi.fn<Execute>(() => Promise.resolve({ status: 'failed', message: 'no memory for 10⁹ replicas' }));
    const { start } = workers([execute]);
    const { complete } = request();
    const { ended } = createSimulationClient({ size: 1, start }).run(complete);
    expect(await ended).toMatchObject({ status: 'failed', message: expect.stringContaining('no memory') });
    expect(execute).toHaveBeenCalledTimes(1);
  });

  it('ends at once when it is cancelled, and replaces a worker that does not listen', async () => {
    const deaf = vi.fn(never);
    const { start, started } = workers([deaf, 'real']);
    const client = createSimulationClient({ size: 1, start, cancelMilliseconds: 30 });
    const { complete, results } = request();
    const task = client.run(complete);
    await vi.waitFor(() => expect(deaf).toHaveBeenCalled());
    task.cancel();
    expect(await task.ended).toEqual({ status: 'cancelled' });
    expect(started[0]!.terminated).toBe(true);
    expect(results).toEqual([]);
    const next = request();
    expect(await client.run(next.complete).ended).toEqual({ status: 'done' });
  });

  it('runs again what was given to a worker that a run cancelled before had to replace', async () => {
    const deaf = vi.fn(never);
    const { start } = workers([deaf, 'real']);
    const client = createSimulationClient({ size: 1, start, cancelMilliseconds: 30 });
    const first = client.run(request().complete);
    await vi.waitFor(() => expect(deaf).toHaveBeenCalled());
    first.cancel();
    const { complete, results, notices } = request({ key: '2' });
    expect(await client.run(complete).ended).toEqual({ status: 'done' });
    expect(results).toHaveLength(jobs.length);
    expect(notices).toEqual([expect.stringContaining('did not listen')]);
  });
});
