import { describe, expect, it, vi } from 'vitest';
import { loadScenario, type LoadedScenario } from '../../sim-core/index.ts';
import type * as Streams from '../../sim-core/random/stream.ts';
import type { KernelModel } from '../../sim-core/kernel/contract.ts';
import { buildModel } from '../../sim-core/scenario/build.ts';

/** The names under which streams were asked for. */
const asked = vi.hoisted((): string[] => []);
vi.mock('../../sim-core/random/stream.ts', async (original) => {
  const actual = await original<typeof Streams>();
  const createStream: typeof actual.createStream = (seed, replication, name) => {
    asked.push(name);
    return actual.createStream(seed, replication, name);
  };
  return { ...actual, createStream };
});

const text = ({ service = '', queue = '', replicas = '', top = '', workload = '' }) => `
schema: headroom/v1
name: Streams
horizon: 10m
seed: streams
workload: {${workload}sum: [{constant: 20/s}, {noise: {deviation: 10%, correlation: 1m}}]}
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

  it('batches change no instant at which any of them arrives', () => {
    const single = drawsOf({ workload: 'scale: 0.5, ' });
    const batched = drawsOf({ workload: 'batch: {mean: 2}, ' });
    const instants = [...new Set(batched['arrivals'])].slice(0, -1);
    expect(instants.length).toBeLessThan(400);
    expect(instants).toEqual(single['arrivals']!.slice(0, instants.length));
    expect({ ...batched, arrivals: [] }).toEqual({ ...single, arrivals: [] });
  });

  it.each([
    ['mmpp: {factors: [1, 3], meanTimes: [1m, 20s]}', 2],
    ['selfSimilar: {hurst: 0.8, sources: 20}', 3],
  ])('spells, batches and lost samples included, no name is asked for twice: %s', (arrivals, spells) => {
    const ask = (change: Parameters<typeof text>[0]): string[] => {
      const loaded = load(change);
      asked.length = 0;
      buildModel(loaded, { policy: 'fixed', replication: 0, decisionLog: false });
      expect(asked.length).toBe(new Set(asked).size);
      return asked.toSorted();
    };
    const plain = ask({});
    const all = ask({
      workload: `arrivals: {${arrivals}}, batch: {mean: 2}, `,
      service: 'metrics: {missing: 10%}',
    });
    const added = all.filter((name) => !plain.includes(name));
    expect(added).toEqual(expect.arrayContaining(['batches', 'missing-samples', 'modulation']));
    expect(added.length).toBe(2 + spells);
    expect(all).toEqual(expect.arrayContaining(plain));
  });
});
