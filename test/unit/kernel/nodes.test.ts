import { describe, expect, it } from 'vitest';
import type { KernelModel } from '../../../sim-core/kernel/contract.ts';
import { EventListKernel } from '../../../sim-core/kernel/event-list-kernel.ts';
import { Kernel } from '../../../sim-core/kernel/kernel.ts';
import type { NodeModel } from '../../../sim-core/kernel/node-pool.ts';
import { kernelModel, listArrivals, listSampler, scriptedScaling } from '../../support/kernel-model.ts';

const nodes = (given: Partial<NodeModel>): NodeModel => ({
  initial: 1,
  minimum: 1,
  maximum: 10,
  replicasPerNode: 2,
  provisioningDelays: listSampler([60]),
  scaleDownAfter: 100,
  placement: 'pack',
  ...given,
});

/** Both paths run the model and must agree; what the caller sees is what both found. */
function follow(overrides: () => Partial<KernelModel>) {
  const results = [Kernel, EventListKernel].map((Engine) => {
    const engine = new Engine(kernelModel(overrides()));
    while (!engine.advance(1));
    return engine.result();
  });
  expect(results[1]!.columns).toEqual(results[0]!.columns);
  expect(results[1]!.nodes).toEqual(results[0]!.nodes);
  return results[0]!;
}

const steps = (script: Record<number, number>) => (time: number, desired: number) => script[time] ?? desired;

describe('nodes, followed by hand', () => {
  it('replicas without room wait for a node that takes a minute; empty nodes go after a while', () => {
    const {
      columns,
      replicas,
      nodes: machines,
    } = follow(() => ({
      horizon: 400,
      recordingInterval: 10,
      drainLimit: 0,
      // One replica at the start, on a node for two.
      nodes: nodes({ provisioningDelays: listSampler([60, 70]) }),
      provisioningDelays: listSampler([5]),
      startupDelays: listSampler([20]),
      scaling: scriptedScaling(10, steps({ 10: 5, 150: 1 })),
    }));
    // Asked for at 10: one has room at once, three wait; two nodes are ordered and come at 70 and 80.
    expect(machines.map(({ orderedAt, readyAt }) => [orderedAt, readyAt])).toEqual([
      [-Infinity, -Infinity],
      [10, 70],
      [10, 80],
    ]);
    expect(replicas.map(({ startedAt, readyAt }) => [startedAt, readyAt])).toEqual([
      [-Infinity, -Infinity],
      [15, 35],
      [75, 95],
      [75, 95],
      [85, 105],
    ]);
    // A row shows its end: 10 … 20 ends with one of four on its way and three without room.
    const at = (time: number) => Math.ceil(time / 10) - 1;
    expect([20, 70, 80, 90].map((time) => columns.unplaced[at(time)])).toEqual([3, 1, 0, 0]);
    expect([20, 70, 80, 90].map((time) => columns.provisioning[at(time)])).toEqual([3, 3, 1, 0]);
    expect([60, 70, 80].map((time) => columns.nodes[at(time)])).toEqual([1, 2, 3]);
    // At 150 four leave; both nodes that came are empty from then, and go at 250.
    expect(machines.map(({ goneAt }) => goneAt)).toEqual([Infinity, 250, 250]);
    expect([240, 250].map((time) => columns.nodes[at(time)])).toEqual([3, 1]);
  });

  it('a draining replica keeps its room until it is gone, and whoever waits has it at that instant', () => {
    const { replicas } = follow(() => ({
      horizon: 100,
      recordingInterval: 10,
      initialReplicas: 2,
      // The newest holds a request until 33 when it is told to leave at 20.
      arrivals: listArrivals([1, 2]),
      serviceTimes: listSampler([32, 31]),
      drainLimit: 50,
      nodes: nodes({ maximum: 1 }),
      startupDelays: listSampler([3]),
      scaling: scriptedScaling(10, steps({ 20: 1, 30: 2 })),
    }));
    expect(replicas[1]!.goneAt).toBe(33);
    expect(replicas[2]!).toMatchObject({ createdAt: 30, startedAt: 33, readyAt: 36 });
  });

  it('at the maximum they wait until somebody leaves; those who wait are the first to be given up', () => {
    const { columns, replicas } = follow(() => ({
      horizon: 100,
      recordingInterval: 10,
      initialReplicas: 4,
      nodes: nodes({ initial: 2, maximum: 2 }),
      scaling: scriptedScaling(10, steps({ 10: 7, 50: 5 })),
    }));
    expect([...columns.unplaced]).toEqual([0, 3, 3, 3, 3, 1, 1, 1, 1, 1]);
    expect([...columns.ready]).toEqual(Array.from({ length: 10 }, () => 4));
    expect(replicas.slice(4).map(({ goneAt }) => goneAt)).toEqual([Infinity, 50, 50]);
  });

  it('packs onto the fullest node or spreads to the emptiest', () => {
    const gone = (placement: 'pack' | 'spread') =>
      follow(() => ({
        horizon: 100,
        recordingInterval: 10,
        initialReplicas: 2,
        nodes: nodes({ initial: 2, placement, scaleDownAfter: 30 }),
      })).nodes.map(({ goneAt }) => goneAt);
    // Packed, the second node is empty from the start; spread, each holds one.
    expect(gone('pack')).toEqual([Infinity, 30]);
    expect(gone('spread')).toEqual([Infinity, Infinity]);
  });

  it('a replica that crashes restarts where it was', () => {
    const engine = new EventListKernel(
      kernelModel({
        horizon: 100,
        recordingInterval: 10,
        initialReplicas: 2,
        crashTimes: listSampler([15, 1000]),
        startupDelays: listSampler([7]),
        nodes: nodes({ maximum: 1 }),
        scaling: scriptedScaling(10, steps({ 10: 3 })),
      }),
    );
    while (!engine.advance(1));
    const { columns, replicas } = engine.result();
    // The third never finds room, although the first is down from 15 to 22.
    expect(replicas[2]!.startedAt).toBe(Infinity);
    expect(columns.unplaced.at(-1)).toBe(1);
    expect(replicas[0]!.readyAgainAt).toBe(22);
  });

  it('refuses first replicas that have no room', () => {
    expect(() => new Kernel(kernelModel({ initialReplicas: 3, nodes: nodes({}) }))).toThrow('no room');
  });
});
