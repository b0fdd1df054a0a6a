import { fluidPreviewOf, type Job } from '../../sim-core/index.ts';
import type { RunTask, SimulationClient } from '../sim/client.ts';

/** Two hours under the policies that most scenarios have: enough for a browser to compile what previews need. */
const scenario = `
schema: headroom/v1
name: Warm-up
horizon: 2h
seed: 1
workload: {sum: [{sinusoid: {mean: 50/s, amplitude: 60%, period: 2h}}]}
services:
  web:
    serviceTime: {lognormal: {mean: 80ms, scv: 1}}
    queue: {timeout: 10s}
    replicas: {initial: 5, startup: 60s}
slo: {p95: 500ms}
policies:
  - name: hpa
    controller:
      hpa:
        minReplicas: 2
        maxReplicas: 30
        metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 70}}}]
  - name: fixed
    controller: {static: {replicas: 7}}
`;

/** Engines change their shape in memory over the first few that are made, and compiled code with it. */
const rounds = 4;

/**
 * Runs the fluid engine on a worker whose first preview would otherwise be the slow one.
 *
 * @param begun told how to stop it
 */
export async function warmUp(client: SimulationClient, begun: (task: RunTask) => void): Promise<void> {
  const { loaded } = await client.load(scenario, new Map());
  const fluid = loaded && fluidPreviewOf(loaded);
  if (!fluid) throw new Error('The scenario to warm up with cannot be previewed.');
  const jobs = Array.from({ length: rounds }, (_, replication) =>
    fluid.scenario.policies.map(({ name }): Job => ({ policy: name, replication, decisionLog: false })),
  ).flat();
  const task = client.run({
    key: 'warm-up',
    loaded: fluid,
    jobs,
    onResult: () => {},
    onProgress: () => {},
    onNotice: () => {},
  });
  begun(task);
  await task.ended;
}
