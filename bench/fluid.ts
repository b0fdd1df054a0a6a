/**
 * The fluid engine: a day at 15 s ticks and ninety days at one-minute rows, under a policy that only keeps time (what
 * the engine itself costs) and under an HPA (with what its decisions cost). Processor time, so that a busy machine does not
 * count, and memory over the empty process.
 */
import { createFluidRun, loadScenario } from '../sim-core/index.ts';
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

function measure(label: string, horizon: string, tick: string, rounds: number): void {
  const { loaded, issues } = loadScenario(scenario(horizon, tick), new Map());
  if (loaded === undefined) throw new Error(issues.map(({ message }) => message).join('\n'));
  for (const { name } of loaded.scenario.policies) {
    const times: number[] = [];
    let memory = 0;
    let rows = 0;
    for (let round = 0; round < rounds; round++) {
      globalThis.gc?.();
      const before = process.memoryUsage().rss;
      const start = process.cpuUsage();
      const run = createFluidRun(loaded, { policy: name, replication: 0, decisionLog: false });
      while (!run.advance(1e6).done) memory = Math.max(memory, process.memoryUsage().rss - before);
      rows = run.result().columns.time.length;
      const { user, system } = process.cpuUsage(start);
      times.push((user + system) / 1000);
      memory = Math.max(memory, process.memoryUsage().rss - before);
    }
    console.log(
      `${label}, ${name}: ${median(times).toFixed(1)} ms (best ${Math.min(...times).toFixed(1)} ms), ${rows} rows, ${(memory / 1e6).toFixed(0)} MB more at most`,
    );
  }
}

measure('90 days, ticks of a minute', '90d', '1m', 2);
measure('a day, ticks of 15 s', '1d', '15s', 15);
