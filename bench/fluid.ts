/**
 * The fluid engine: a day at 15 s ticks and ninety days at one-minute rows, under a policy that only keeps time (what
 * the engine itself costs) and under an HPA (with what its decisions cost). Processor time, so that a busy machine
 * does not count: the first run, which V8 has not compiled yet, the median of all and the best. Memory is the highest
 * resident size of a process that makes one run, less that of an empty one; beside it, less that of one that has only
 * loaded the code. It is handed the scenario as read and has the young generation that a worker of the command line
 * has.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serialize } from 'node:v8';
import { maxYoungGenerationSizeMb } from '../cli/worker-pool.ts';
import { createFluidRun, loadScenario, type LoadedScenario, type Run } from '../sim-core/index.ts';
import { median } from './support/median.ts';

const scenario = (horizon: string, tick: string) => `
schema: headroom/v1
name: Fluid
horizon: ${horizon}
recordingInterval: 1m
seed: 1
workload: {sum: [{sinusoid: {mean: 100/s, amplitude: 60%, period: 24h}}]}
services:
  web:
    serviceTime: {lognormal: {mean: 80ms, scv: 1}}
    queue: {timeout: 10s}
    replicas: {initial: 16, startup: 60s}
    metrics: {scrapeInterval: ${tick}, window: ${tick}}
slo: {p95: 500ms}
policies:
  - name: schedule
    controller: {scheduled: {replicas: 16, interval: ${tick}, schedule: [{cron: '0 6 * * *', replicas: 16}, {cron: '0 18 * * *', replicas: 12}]}}
  - name: hpa
    controller:
      hpa:
        minReplicas: 4
        maxReplicas: 60
        metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 70}}}]
      controllerManager: {syncPeriod: ${tick}}
`;

function load(horizon: string, tick: string): LoadedScenario {
  const { loaded, issues } = loadScenario(scenario(horizon, tick), new Map());
  if (loaded === undefined) throw new Error(issues.map(({ message }) => message).join('\n'));
  return loaded;
}

/** As in the workbench's worker: while one run lives, V8 keeps what it compiled for the shape of its objects. */
const kept: { run?: Run } = {};

function runOnce(loaded: LoadedScenario, policy: string): number {
  const run = createFluidRun(loaded, { policy, replication: 0, decisionLog: false });
  while (!run.advance(1e6).done);
  kept.run = run;
  return run.result().columns.time.length;
}

function measure(label: string, horizon: string, tick: string, rounds: number): void {
  const loaded = load(horizon, tick);
  for (const { name } of loaded.scenario.policies) {
    const times: number[] = [];
    let rows = 0;
    for (let round = 0; round < rounds; round++) {
      const start = process.cpuUsage();
      rows = runOnce(loaded, name);
      const { user, system } = process.cpuUsage(start);
      times.push((user + system) / 1000);
    }
    console.log(
      `${label}, ${name}: ${median(times).toFixed(1)} ms (first ${times[0]!.toFixed(1)} ms, best ${Math.min(...times).toFixed(1)} ms), ${rows} rows`,
    );
  }
}

/** MB: the largest semi-space of a worker's young generation, which has three. */
const semiSpace = maxYoungGenerationSizeMb / 3;

/** MB, the highest resident size of a process of its own. */
function peakOf(...script: readonly string[]): number {
  const { stdout, status } = spawnSync(process.execPath, [`--max-semi-space-size=${semiSpace}`, ...script], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${script.join(' ')} ended with ${status}`);
  return Number(stdout);
}

function measureMemory(): void {
  const alone = fileURLToPath(new URL('fluid-alone.js', import.meta.url));
  const folder = mkdtempSync(join(tmpdir(), 'headroom-'));
  const file = join(folder, 'scenario');
  writeFileSync(file, serialize(load('90d', '1m')));
  const empty = peakOf('-e', 'console.log(process.memoryUsage().rss / 1e6)');
  const idle = peakOf(alone, file, 'none');
  for (const name of ['schedule', 'hpa']) {
    const peak = peakOf(alone, file, name);
    console.log(
      `90 days, ${name}: ${(peak - empty).toFixed(0)} MB over an empty process (target 50), ${(peak - idle).toFixed(0)} MB of them more than the code`,
    );
  }
  rmSync(folder, { recursive: true });
}

measure('a day, ticks of 15 s', '1d', '15s', 100);
measure('90 days, ticks of a minute', '90d', '1m', 3);
measureMemory();
