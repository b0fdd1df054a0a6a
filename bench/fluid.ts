/**
 * The fluid engine: a day at 15 s ticks and ninety days at one-minute rows, under a policy that only keeps time (what
 * the engine itself costs) and under an HPA (with what its decisions cost). Processor time, so that a busy machine does not
 * count: the first run, which V8 has not compiled yet, the median of all and the best. Memory is the highest resident size
 * of a process that makes one run, less that of an empty one; beside it, less that of one that only loads the scenario.
 */
import { spawnSync } from 'node:child_process';
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

/** MB, the highest resident size of a process of its own. */
function peakOf(...script: readonly string[]): number {
  const { stdout, status } = spawnSync(process.execPath, script, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${script.join(' ')} ended with ${status}`);
  return Number(stdout);
}

// The system's own high-water mark is inherited from the process that starts another.
const printSize = 'console.log(process.memoryUsage().rss / 1e6)';
const [policy] = process.argv.slice(2);
if (policy !== undefined) {
  const loaded = load('90d', '1m');
  let most = process.memoryUsage().rss;
  if (policy !== 'none') {
    const run = createFluidRun(loaded, { policy, replication: 0, decisionLog: false });
    while (!run.advance(1e5).done) most = Math.max(most, process.memoryUsage().rss);
    run.result();
    most = Math.max(most, process.memoryUsage().rss);
  }
  console.log(most / 1e6);
} else {
  measure('a day, ticks of 15 s', '1d', '15s', 25);
  measure('90 days, ticks of a minute', '90d', '1m', 3);
  const empty = peakOf('-e', printSize);
  const idle = peakOf(process.argv[1]!, 'none');
  for (const name of ['schedule', 'hpa']) {
    const peak = peakOf(process.argv[1]!, name);
    console.log(
      `90 days, ${name}: ${(peak - empty).toFixed(0)} MB over an empty process, ${(peak - idle).toFixed(0)} MB of them more than the code and the loaded scenario`,
    );
  }
}
