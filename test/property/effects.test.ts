import { describe, expect, it } from 'vitest';
import type { KernelModel, ServiceSnapshot } from '../../sim-core/kernel/contract.ts';
import { EventListKernel } from '../../sim-core/kernel/event-list-kernel.ts';
import { runNaively, type Ending } from '../support/naive-service.ts';
import { randomEffects } from '../support/random-effects.ts';

function run(model: KernelModel, slice: number) {
  const endings: Ending[] = [];
  const places: number[] = [];
  const kernel = new EventListKernel({
    ...model,
    departureProbe: (arrival, start, end, attempt, outcome, place) => {
      endings.push([arrival, start, end, attempt, outcome]);
      places.push(place);
    },
  });
  while (!kernel.advance(slice));
  return { endings, places, result: kernel.result() };
}

const close = (a: number, b: number | undefined) => a === b || Math.abs(a - b!) < 1e-9 || (a !== a && b !== b);

function expectClose(found: readonly number[], expected: readonly number[], where: string): void {
  if (found.length !== expected.length || !expected.every((value, i) => close(value, found[i])))
    expect(found, where).toEqual(expected);
}

/** Counts and order exactly, instants to what rounding may do. */
function expectSameEndings(found: readonly Ending[], expected: readonly Ending[], where: string): void {
  const differs = expected.findIndex((ending, i) => {
    const other = found[i];
    if (other === undefined) return true;
    return ending.some((value, k) =>
      typeof value === 'string' ? value !== other[k] : !close(value, other[k] as number),
    );
  });
  if (differs >= 0) expect(found.slice(0, differs + 1), where).toEqual(expected.slice(0, differs + 1));
  expect(found.length, where).toBe(expected.length);
}

describe('the effects of the event-list path', () => {
  it('agree with a naive simulation on every ending, alone and together', () => {
    const outcomes: Record<string, number> = {};
    let machinesCame = 0;
    let machinesWent = 0;
    for (let seed = 1; seed <= 450; seed++) {
      const { times, model } = randomEffects(seed, false);
      const expected = runNaively(model(), times);
      const { endings, result } = run(model(), seed % 2 === 0 ? 3 : Infinity);
      expectSameEndings(endings, expected.endings, `seed ${seed}`);
      const { queueLength, inService } = result.columns;
      expect(queueLength.at(-1)! + inService.at(-1)!, `seed ${seed}`).toBe(expected.inSystem);
      const instantsOf = (machines: readonly { readyAt: number; goneAt: number }[]) =>
        machines.flatMap(({ readyAt, goneAt }) => [readyAt, goneAt]);
      expectClose(instantsOf(result.nodes), instantsOf(expected.machines), `nodes of seed ${seed}`);
      machinesCame += result.nodes.filter(({ readyAt }) => readyAt > 0 && readyAt < 60).length;
      machinesWent += result.nodes.filter(({ goneAt }) => goneAt < 60).length;
      for (const [, , , , outcome] of endings) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    }
    for (const outcome of ['completed', 'rejected', 'timed-out', 'failed', 'abandoned', 'wasted'])
      expect(outcomes[outcome], outcome).toBeGreaterThan(500);
    expect(machinesCame).toBeGreaterThan(150);
    expect(machinesWent).toBeGreaterThan(150);
  });

  for (const grid of [true, false]) {
    it(`keep the books at every instant, ${grid ? 'with simultaneous events everywhere' : 'off the grid'}`, () => {
      for (let seed = 1; seed <= 250; seed++) {
        const base = randomEffects(seed, grid).model();
        const seen: ServiceSnapshot[] = [];
        const { endings, result } = run(
          {
            ...base,
            cpu: { request: 1, idle: 0.1, perBusySlot: 0.5, startupExtra: 0.3, startupFor: 2 },
            scaling: { ...base.scaling, scrapeInterval: 2, scrape: (snapshot) => seen.push(snapshot) },
          },
          seed % 2 === 0 ? 7 : Infinity,
        );
        const { columns, replicas } = result;

        const wrong: string[] = [];
        const check = (holds: boolean, what: string) => {
          if (!holds) wrong.push(`seed ${seed}: ${what}`);
        };

        // Requests: whatever arrived has left or is there, whether or not its client still is.
        const names = Object.keys(columns) as (keyof typeof columns)[];
        let inSystem = 0;
        let orphans = 0;
        let next = 0;
        for (let row = 0; row < columns.time.length; row++) {
          const end = Math.min(60, columns.time[row]! + base.recordingInterval);
          for (; next < endings.length && endings[next]![2] <= end; next++) {
            const outcome = endings[next]![4];
            orphans += outcome === 'abandoned' ? 1 : outcome === 'wasted' ? -1 : 0;
          }
          inSystem +=
            columns.arrivals[row]! -
            columns.completed[row]! -
            columns.rejected[row]! -
            columns.timedOut[row]! -
            columns.failed[row]!;
          const slots = base.concurrency * (columns.ready[row]! + columns.draining[row]!);
          check(columns.queueLength[row]! + columns.inService[row]! === inSystem + orphans, `requests in row ${row}`);
          if (base.nodes !== undefined) {
            const placed = slots / base.concurrency + columns.starting[row]! + columns.provisioning[row]!;
            const room = base.nodes.replicasPerNode * columns.nodes[row]!;
            check(placed - columns.unplaced[row]! <= room, `room on nodes in row ${row}`);
            check(columns.unplaced[row] === 0 || placed - columns.unplaced[row]! === room, `waste in row ${row}`);
            check(columns.nodes[row]! <= base.nodes.maximum, `nodes in row ${row}`);
          }
          check(columns.inService[row]! <= slots, `slots in row ${row}`);
          check(!(columns.utilisation[row]! > 1 + 1e-9), `utilisation in row ${row}`);
          for (const name of names) check(!(columns[name][row]! < 0), `${name} in row ${row}`);
        }

        // Time never goes back, for anyone.
        let last = 0;
        for (const [arrival, start, end] of endings) {
          check(
            end >= last && arrival <= end && !(arrival > start) && !(start > end),
            `times of the request of ${arrival}`,
          );
          last = end;
        }

        // Replicas live one life after the other.
        for (const { id, createdAt, startedAt, readyAt, drainingAt, goneAt } of replicas) {
          const instants = [createdAt, startedAt, readyAt, drainingAt, goneAt].filter(Number.isFinite);
          check(instants.join() === [...instants].sort((a, b) => a - b).join(), `life of replica ${id}`);
          check(goneAt === Infinity || drainingAt < Infinity, `end of replica ${id}`);
        }
        for (const { id, orderedAt, readyAt, goneAt } of result.nodes)
          check(orderedAt <= readyAt && Math.max(readyAt, 0) <= goneAt, `life of node ${id}`);
        const cpuBefore = new Map<number, number>();
        for (const { time, replicas: pods, cpuTime: used } of seen) {
          for (const [i, { id, phase, createdAt, startedAt, readyAt }] of pods.entries()) {
            const cpuTime = used[i]!;
            check(cpuTime >= (cpuBefore.get(id) ?? 0) - 1e-9, `CPU of replica ${id} at ${time}`);
            cpuBefore.set(id, cpuTime);
            check(createdAt <= time, `creation of replica ${id}`);
            check(startedAt <= time === (phase !== 'provisioning'), `start of replica ${id} at ${time}`);
            check(
              readyAt <= time === (phase === 'ready' || phase === 'draining'),
              `readiness of replica ${id} at ${time}`,
            );
          }
        }
        expect(wrong).toEqual([]);
      }
    });
  }

  it("obey Little's law to rounding once everything that arrived has left", () => {
    let unfinished = 0;
    for (let seed = 1; seed <= 200; seed++) {
      const horizon = 600;
      const { endings, result } = run({ ...randomEffects(seed, seed % 2 === 0).model(), horizon }, Infinity);
      const { columns } = result;
      if (columns.queueLength.at(-1)! + columns.inService.at(-1)! > 0) {
        unfinished++;
        continue;
      }
      let waited = 0;
      let served = 0;
      for (const [arrival, start, end, , outcome] of endings) {
        if (outcome === 'abandoned') continue;
        waited += (Number.isNaN(start) ? end : start) - arrival;
        served += Number.isNaN(start) ? 0 : end - start;
      }
      const area = (means: Float64Array) =>
        means.reduce((sum, mean, row) => sum + mean * ((columns.time[row + 1] ?? horizon) - columns.time[row]!), 0);
      expect(area(columns.queueLengthMean), `seed ${seed}`).toBeCloseTo(waited, 7);
      expect(area(columns.inServiceMean), `seed ${seed}`).toBeCloseTo(served, 7);
    }
    expect(unfinished).toBeLessThan(20);
  });

  it('do not depend on how the run is sliced', () => {
    for (let seed = 1; seed <= 30; seed++) {
      const { model } = randomEffects(seed, false);
      expect(run(model(), 1)).toEqual(run(model(), Infinity));
    }
  });
});
