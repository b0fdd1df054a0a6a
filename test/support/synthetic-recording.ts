import { createFluidRun, loadScenarioWith } from '../../sim-core/index.ts';
import type { LoadedScenario } from '../../sim-core/index.ts';
import { importTrace } from '../../sim-core/index.ts';

/** A service under an HPA and a load that swings, with a place for the recording. */
export const truth = `schema: headroom/v1
name: Shop
horizon: 12m
engine: fluid
recordingInterval: 15s
workload:
  sum:
    - sinusoid: {mean: 60/s, amplitude: 40/s, period: 4m}
services:
  shop:
    serviceTime: {exponential: {mean: 100ms}}
    replicas: {initial: 8, startup: 20s}
    resources: {cpuRequest: 500m, cpuPerBusySlot: 500m}
slo: {window: 1m}
policies:
  - name: live
    controller:
      hpa: {minReplicas: 2, maxReplicas: 40}
      controllerManager: {downscaleStabilization: 60s}
  - name: fixed
    controller: {static: {replicas: 14}}
`;

const recordedPart = `recorded:
  file: recording.csv
  readingDelay: 15s
`;

/** Rows as a dashboard would export them, from a run of that very scenario. */
export async function recordingOf(text = truth): Promise<string> {
  const { loaded } = await loadScenarioWith(text, () => Promise.resolve(undefined));
  const run = createFluidRun(loaded!, { policy: 'live', replication: 0, decisionLog: false });
  while (!run.advance(1e6).done);
  const { columns } = run.result();
  const rows = Array.from(columns.time, (time, i) =>
    [time, columns.arrivals[i]! / 15, columns.desired[i], columns.ready[i], columns.latencyMean[i]! * 1000].join(','),
  );
  return ['time,rps,desired_replicas,ready_replicas,latency_mean_ms', ...rows].join('\n');
}

/** The truth with something wrong in it, and the recording. */
export function mistaken(from: string, to: string): string {
  const text = truth.replace(from, to);
  if (text === truth) throw new Error(`The scenario does not hold ${from}.`);
  return text + recordedPart;
}

export async function loadWithRecording(text: string, recording: string): Promise<LoadedScenario> {
  const bytes = new TextEncoder().encode(recording);
  const { loaded, issues } = await loadScenarioWith(text, (mapping) =>
    Promise.resolve(importTrace('recording.csv', bytes, mapping)),
  );
  if (loaded === undefined) throw new Error(issues.map(({ message }) => message).join('\n'));
  return loaded;
}
