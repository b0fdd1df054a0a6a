import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { build } from 'vite';
import { createWorkerPool } from '../../cli/worker-pool.ts';
import { loadScenario, planJobs } from '../../sim-core/index.ts';
import type { LoadedScenario } from '../../sim-core/index.ts';
import { createBench, inlinePool } from '../support/command-line.ts';
import { smallScenario } from '../support/scenario-text.ts';

// Inside the repository, so that the bundle finds the packages it leaves outside.
const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = mkdtempSync(join(root, 'node_modules/.worker-pool-test-'));
const workerFile = pathToFileURL(join(folder, 'worker.js'));
const bench = createBench();

beforeAll(async () => {
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: 'cli/worker.ts',
      outDir: folder,
      emptyOutDir: false,
      target: 'node20',
      rolldownOptions: { output: { format: 'es', entryFileNames: 'worker.js' } },
    },
  });
});
afterAll(() => {
  bench.remove();
  rmSync(folder, { recursive: true, force: true });
});

function loaded(): LoadedScenario {
  const outcome = loadScenario(smallScenario, new Map());
  if (outcome.loaded === undefined) throw new Error(JSON.stringify(outcome.issues));
  return outcome.loaded;
}

const job = { policy: 'live', replication: 0, decisionLog: true };
const quiet = () => undefined;

describe('createWorkerPool', () => {
  it('gives the numbers of a direct call, bit for bit, with one thread and with three', async () => {
    const scenario = loaded();
    const direct = await inlinePool(scenario).execute(job, quiet);
    for (const size of [1, 3]) {
      const pool = createWorkerPool(scenario, size, workerFile);
      const results = await Promise.all(planJobs(scenario.scenario).map((each) => pool.execute(each, quiet)));
      await pool.close();
      expect(pool.notes).toEqual([]);
      expect(results.find(({ policy, replication }) => policy === 'live' && replication === 0)).toEqual(direct);
    }
  });

  it('serves the command line', async () => {
    bench.write('small.yaml', smallScenario);
    const threaded = (size: number) =>
      bench.run(`compare small.yaml -o json -w ${size}`, {
        createPool: (scenario, workers) => createWorkerPool(scenario, workers, workerFile),
      });
    const inline = await bench.run('compare small.yaml -o json');
    expect((await threaded(1)).stdout).toBe(inline.stdout);
    expect((await threaded(4)).stdout).toBe(inline.stdout);
    expect(inline.stdout).toContain('"schema": "headroom/comparison/v1"');
  });

  it('starts a worker that died again, repeats its run, and says so', async () => {
    // Dies the first time it is asked to run something, by a file that remembers.
    const marker = join(folder, 'died');
    const mortal = pathToFileURL(join(folder, 'mortal.js'));
    writeFileSync(
      fileURLToPath(mortal),
      `import { existsSync, writeFileSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
if (!existsSync(${JSON.stringify(marker)})) {
  const on = parentPort.on.bind(parentPort);
  parentPort.on = (type, listener) => on(type, (data) => {
    if (data?.path?.[0] === 'execute') { writeFileSync(${JSON.stringify(marker)}, ''); process.exit(7); }
    listener(data);
  });
}
await import('./worker.js');
`,
    );
    const pool = createWorkerPool(loaded(), 1, mortal);
    const result = await pool.execute(job, quiet);
    await pool.close();
    expect(readFileSync(marker, 'utf8')).toBe('');
    expect(pool.notes).toEqual([
      'A worker thread stopped (it ended with code 7) and was started again; its run was repeated.',
    ]);
    expect(result).toEqual(await inlinePool(loaded()).execute(job, quiet));
  });

  it('gives up when workers keep dying, and passes on what a run itself throws', async () => {
    const doomed = pathToFileURL(join(folder, 'doomed.js'));
    writeFileSync(fileURLToPath(doomed), `process.exit(3);\n`);
    const pool = createWorkerPool(loaded(), 1, doomed);
    await expect(pool.execute(job, quiet)).rejects.toThrow(/keep stopping \(it ended with code 3\)/);
    await pool.close();
    const sound = createWorkerPool(loaded(), 1, workerFile);
    await expect(sound.execute({ ...job, policy: 'nobody' }, quiet)).rejects.toThrow(/no policy named nobody/);
    await expect(sound.execute(job, quiet)).resolves.toMatchObject({ policy: 'live' });
    await sound.close();
  });

  it('stops a policy of one’s own that gives no sign for too long, and no other', async () => {
    // Runs in silence, for as long as the clock allows it.
    const silent = pathToFileURL(join(folder, 'silent.js'));
    writeFileSync(
      fileURLToPath(silent),
      `import { parentPort } from 'node:worker_threads';
const on = parentPort.on.bind(parentPort);
parentPort.on = (type, listener) => on(type, (data) => {
  if (data?.path?.[0] === 'execute' && data.argumentList[0].value.policy === 'own') return;
  listener(data);
});
await import('./worker.js');
`,
    );
    const own = `${smallScenario}  - name: own\n    controller: {custom: {source: 'export default () => ({replicas: 3})', interval: 15s, min: 1, max: 9}}\n`;
    const outcome = loadScenario(own, new Map());
    if (outcome.loaded === undefined) throw new Error(JSON.stringify(outcome.issues));
    const pool = createWorkerPool(outcome.loaded, 1, silent, { silenceMilliseconds: 300 });
    const waiting = pool.execute({ ...job, policy: 'own' }, quiet);
    const next = pool.execute(job, quiet);
    await expect(waiting).rejects.toThrow(/own, replication 0: its policy computed for more than 0\.3 s/);
    await expect(next).resolves.toMatchObject({ policy: 'live' });
    await pool.close();
  });

  it('ends runs under way when it is closed', async () => {
    const long = loadScenario(
      smallScenario.replace('10m', '100d').replace('30s', '5m').replace('window: 1m', 'window: 10m'),
      new Map(),
    ).loaded;
    if (long === undefined) throw new Error('the long scenario does not load');
    const pool = createWorkerPool(long, 1, workerFile);
    const told: number[] = [];
    const running = pool.execute(job, (fraction) => {
      told.push(fraction);
      void pool.close();
    });
    await expect(running).rejects.toThrow(expect.objectContaining({ name: 'PoolClosed' }));
    expect(told[0]).toBeGreaterThan(0);
    await expect(pool.execute(job, quiet)).rejects.toThrow(expect.objectContaining({ name: 'PoolClosed' }));
  });
});
