import { importTrace } from '../../sim-core/index.ts';
import { loadScenarioWith } from '../../sim-core/index.ts';
import type { LoadedScenario } from '../../sim-core/index.ts';
import { readShared } from './published.ts';

/** A public recording of the Kubernetes HPA at work: 60 bursts of requests, and the replicas after each. */
export const phpApacheTable = 'traces/autoscaler_runs/php_apache_hpa_short/predictive_vs_horizontal_table.md';

/**
 * What `run_config.json` beside the recording says of the pod and the HPA, and nothing that was found by looking at the
 * replicas. A request keeps the one PHP process of a pod busy, which may use 500m. The default delays and windows of
 * the metrics stand, as the configuration says nothing of them; the service time is the latency at low load of the first
 * half. Load is closed-loop: what is replayed are the requests that were made.
 */
export const phpApacheScenario = `schema: headroom/v1
name: php-apache under the HPA
horizon: 30m
recordingInterval: 5s
replications: 5
workload:
  arrivals: deterministic # how many came in each half minute was counted
  sum:
    - trace: {file: table.md, column: hpa num requests}
services:
  php-apache:
    serviceTime: 300ms
    concurrency: 1
    replicas: {initial: 1, startup: 5s}
    resources: {cpuRequest: 200m, cpuPerBusySlot: 500m}
slo: {window: 30s}
policies:
  - name: live
    controller:
      hpa:
        minReplicas: 1
        maxReplicas: 12
        metrics:
          - type: Resource
            resource: {name: cpu, target: {type: Utilization, averageUtilization: 50}}
      controllerManager: {syncPeriod: 15s, downscaleStabilization: 0s}
recorded:
  file: table.md
  column: hpa num requests
  units: {hpa avg latencies: ms, hpa max latencies: ms, phpa avg latencies: ms, phpa max latencies: ms}
  replicas: hpa replicas # read right after each burst of 20 s
  latency: hpa avg latencies
  readingDelay: 20s
`;

/** Loads a scenario over that recording. */
export async function loadPhpApache(text = phpApacheScenario): Promise<LoadedScenario> {
  const bytes = new TextEncoder().encode(readShared(phpApacheTable));
  const { loaded, issues } = await loadScenarioWith(text, (mapping) =>
    Promise.resolve(importTrace('table.md', bytes, mapping)),
  );
  if (loaded === undefined) throw new Error(issues.map(({ message }) => message).join('\n'));
  return loaded;
}
