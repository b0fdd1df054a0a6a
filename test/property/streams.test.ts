import { describe, expect, it } from 'vitest';
import { loadScenario, type LoadedScenario } from '../../sim-core/index.ts';
import type { KernelModel } from '../../sim-core/kernel/contract.ts';
import { buildModel } from '../../sim-core/scenario/build.ts';

const text = ({ service = '', queue = '', replicas = '', top = '' }) => `
schema: headroom/v1
name: Streams
horizon: 10m
seed: streams
workload: {sum: [{constant: 20/s}, {noise: {deviation: 10%, correlation: 1m}}]}
services:
  web:
    serviceTime: {lognormal: {p50: 80ms, p95: 250ms}}
    queue: {retry: {max: 1, backoff: 1s${queue}}}
    ${service}
    replicas:
      initial: 3
      startup: {exponential: {mean: 20s}}
      provisioning: {exponential: {mean: 5s}}
      ${replicas}
${top}
policies: [{name: fixed, controller: {static: {replicas: 3}}}]
`;

function load(change: Parameters<typeof text>[0]): LoadedScenario {
  const { loaded, issues } = loadScenario(text(change), new Map());
  if (loaded === undefined) throw new Error(JSON.stringify(issues));
  return loaded;
}

/** The first draws of every source of chance that a model has. */
function draws({ model }: { model: KernelModel }): Record<string, number[]> {
  const times = new Float64Array(500);
  const count = model.arrivals.fill(times);
  const list = (next: (() => number) | undefined) => (next === undefined ? [] : Array.from({ length: 500 }, next));
  return {
    arrivals: Array.from(times.subarray(0, count)),
    service: list(() => model.serviceTimes.next()),
    startup: list(() => model.startupDelays.next()),
    provisioning: list(() => model.provisioningDelays.next()),
    patience: list(model.clientTimeouts && (() => model.clientTimeouts!.next())),
    speed: list(model.speeds && (() => model.speeds!.next())),
    crash: list(model.crashTimes && (() => model.crashTimes!.next())),
    routing: list(model.routingStream && (() => model.routingStream!.nextUint32())),
    retry: list(model.retryStream && (() => model.retryStream!.nextUniform())),
    'scale-down': list(model.scaleDownStream && (() => model.scaleDownStream!.nextUniform())),
    nodes: list(model.nodes && (() => model.nodes!.provisioningDelays.next())),
  };
}

const drawsOf = (change: Parameters<typeof text>[0]) =>
  draws(buildModel(load(change), { policy: 'fixed', replication: 0, decisionLog: false }));

const effects = {
  patience: { service: 'client: {timeout: {exponential: {mean: 3s}}}' },
  speed: { replicas: 'speed: {min: 0.5, max: 1.5}' },
  crash: { replicas: 'crash: {meanTimeBetween: 5m}' },
  routing: { service: 'routing: power-of-two' },
  retry: { queue: ', jitter: 50%' },
  'scale-down': { replicas: 'scaleDownOrder: random' },
  nodes: { top: 'nodes: {replicasPerNode: 2, maximum: 9, provisioning: {exponential: {mean: 2m}}}' },
};

describe('each source of chance has its own stream', () => {
  const plain = drawsOf({});

  it.each(Object.entries(effects))('%s switched on changes no draw of another', (name, change) => {
    const { [name]: own, ...others } = drawsOf(change);
    const { [name]: none, ...before } = plain;
    expect(none).toEqual([]);
    expect(own!.length).toBe(500);
    expect(others).toEqual(before);
  });

  it('no two sources draw the same numbers', () => {
    const all = drawsOf({
      service: 'client: {timeout: {exponential: {mean: 20s}}}\n    routing: random',
      queue: ', jitter: 50%',
      replicas: 'speed: {min: 0.5, max: 1.5}\n      crash: {meanTimeBetween: 20s}\n      scaleDownOrder: random',
      top: 'nodes: {replicasPerNode: 2, maximum: 9, provisioning: {exponential: {mean: 20s}}}',
    });
    // Four of them draw exponential times of the same mean: one stream for two would show.
    const same = ['startup', 'patience', 'crash', 'nodes'].map((name) => all[name]!);
    for (const [i, one] of same.entries()) for (const other of same.slice(i + 1)) expect(one[0]).not.toBe(other[0]);
    expect(new Set([...all['retry']!, ...all['scale-down']!]).size).toBe(1000);
  });
});
