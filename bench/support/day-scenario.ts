import { loadScenario, type LoadedScenario } from '../../sim-core/index.ts';

const text = (horizon: string) => `
schema: headroom/v1
name: A day at 150 requests/s
horizon: ${horizon}
seed: 1
workload: {sum: [{constant: {rate: 150/s}}]}
services:
  web:
    serviceTime: {lognormal: {mean: 80ms, scv: 1}}
    concurrency: 1
    queue: {timeout: 10s}
    replicas: {initial: 16, startup: 60s}
slo: {p95: 500ms}
policies:
  - name: hpa
    controller:
      hpa:
        minReplicas: 4
        maxReplicas: 60
        metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 70}}}]
`;

/** 150 requests/s under an HPA at 15 s: lognormal service of 80 ms, start-up delay, time-outs. A day is 13 M requests. */
export function dayScenario(horizon = '24h'): LoadedScenario {
  const { loaded, issues } = loadScenario(text(horizon), new Map());
  if (loaded === undefined) throw new Error(issues.map(({ message }) => message).join('\n'));
  return loaded;
}
