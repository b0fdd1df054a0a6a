import { describe, expect, it } from 'vitest';
import { mostFlapsWithin, stabilityOf, wastedReplicaSeconds } from '../../../sim-core/analysis/stability.ts';
import type { DesiredChange } from '../../../sim-core/analysis/summary-input.ts';
import type { ReplicaLife } from '../../../sim-core/experiment/result.ts';
import { runColumns } from '../../support/run-columns.ts';

const limits = { flapWindow: 600, maxFlaps: 0, maxReversalsPerHour: 2 };

/** `[time, replicas]` pairs, from a first count on. */
function changes(first: number, ...steps: readonly (readonly [number, number])[]): DesiredChange[] {
  return steps.map(([time, to], index) => ({ time, from: index === 0 ? first : steps[index - 1]![1], to }));
}

function judge(
  desiredChanges: readonly DesiredChange[],
  { warmup = 0, replicas = [] as readonly ReplicaLife[], stability = limits } = {},
) {
  return stabilityOf({ columns: runColumns(120, 60, {}), warmup, end: 7200, desiredChanges, replicas, stability });
}

describe('flaps', () => {
  it.each([
    { how: 'nothing', steps: changes(5), events: 0, reversals: 0, flaps: 0, gap: Infinity },
    { how: 'up, up', steps: changes(5, [60, 6], [120, 9]), events: 2, reversals: 0, flaps: 0, gap: Infinity },
    {
      how: 'up, down at the edge of the window',
      steps: changes(5, [60, 6], [660, 5]),
      events: 2,
      reversals: 1,
      flaps: 1,
      gap: 600,
    },
    {
      how: 'up, down just beyond it',
      steps: changes(5, [60, 6], [661, 5]),
      events: 2,
      reversals: 1,
      flaps: 0,
      gap: 601,
    },
    { how: 'down, up', steps: changes(5, [60, 3], [90, 4]), events: 2, reversals: 1, flaps: 1, gap: 30 },
    {
      how: 'up, up, down counts from the last up',
      steps: changes(5, [0, 6], [500, 7], [1000, 6]),
      events: 3,
      reversals: 1,
      flaps: 1,
      gap: 500,
    },
    {
      how: 'up, down, up is two',
      steps: changes(5, [0, 6], [100, 5], [150, 6]),
      events: 3,
      reversals: 2,
      flaps: 2,
      gap: 50,
    },
  ])('$how', ({ steps, events, reversals, flaps, gap }) => {
    const found = judge(steps);
    expect(found.scalingEvents).toBe(events);
    expect(found.reversals).toHaveLength(reversals);
    expect(found.flaps).toHaveLength(flaps);
    expect(found.reversalsPerHour).toBe(reversals / 2);
    expect(found.shortestOppositeGap).toBe(gap);
  });

  it('leaves out what happened before the first counted row', () => {
    const found = judge(changes(5, [60, 6], [120, 5], [3000, 6]), { warmup: 150 });
    // Rows are a minute long: counting starts at 180 s.
    expect([found.scalingEvents, found.reversals.length]).toEqual([1, 0]);
    expect(judge(changes(5, [3590, 6], [3620, 5]), { warmup: 3600 }).scalingEvents).toBe(1);
  });

  it('says when and which way', () => {
    expect(judge(changes(5, [60, 3], [90, 4])).flaps).toEqual([{ time: 90, first: 'down', gap: 30 }]);
  });
});

describe('replica-seconds wasted', () => {
  const life = (createdAt: number, startup: number, goneAt = NaN): ReplicaLife => ({
    id: 0,
    createdAt,
    startedAt: createdAt,
    readyAt: createdAt + startup,
    drainingAt: goneAt,
    goneAt,
  });
  const wasted = (steps: DesiredChange[], replicas: readonly ReplicaLife[] = []) =>
    wastedReplicaSeconds(steps, replicas, 600, 7200);

  it('replicas added and given up again count for as long as they were asked for', () => {
    expect(wasted(changes(5, [100, 8], [300, 6]))).toBe(2 * 200);
    // The latest go first: two from 200 s, then one from 100 s.
    expect(wasted(changes(5, [100, 6], [200, 8], [300, 5]))).toBe(2 * 100 + 1 * 200);
  });

  it('not when they stayed longer than the window, nor for giving up what was always there', () => {
    expect(wasted(changes(5, [100, 8], [701, 6]))).toBe(0);
    expect(wasted(changes(5, [100, 3], [200, 2]))).toBe(0);
  });

  it('replicas given up and asked for again cost the start-up of their replacements', () => {
    expect(wasted(changes(5, [100, 3], [300, 5]), [life(300, 40), life(300, 60)])).toBe(2 * 50);
    // Only one of the three new ones replaces.
    expect(wasted(changes(5, [100, 4], [300, 7]), [life(300, 40), life(300, 40), life(300, 40)])).toBe(40);
    expect(wasted(changes(5, [100, 4], [701, 5]), [life(701, 40)])).toBe(0);
  });

  it('counts a replacement once: by its start-up when it stays, by its whole time when it goes again', () => {
    const back = changes(5, [100, 4], [200, 5]);
    expect(wasted(back, [life(200, 40)])).toBe(40);
    expect(wasted([...back, { time: 350, from: 5, to: 4 }], [life(200, 40, 350)])).toBe(150);
    expect(wasted([...back, { time: 2000, from: 5, to: 4 }], [life(200, 40, 2000)])).toBe(40);
  });

  it('counts a start-up as far as it came', () => {
    const cut: ReplicaLife = { id: 0, createdAt: 200, startedAt: 210, readyAt: NaN, drainingAt: NaN, goneAt: NaN };
    expect(wastedReplicaSeconds(changes(5, [100, 4], [200, 5]), [cut], 600, 230)).toBe(20);
    expect(wasted(changes(5, [100, 4], [200, 5]), [{ ...cut, startedAt: NaN, goneAt: 220 }])).toBe(0);
  });
});

describe('the verdict', () => {
  it('always says why', () => {
    expect(judge(changes(5)).verdict).toEqual({ stable: true, reasons: ['It never scaled.'] });
    expect(judge(changes(5, [1, 6], [2, 7])).verdict).toEqual({
      stable: true,
      reasons: ['2 scaling events, all in one direction.'],
    });
    expect(judge(changes(5, [0, 6], [900, 5])).verdict).toEqual({
      stable: true,
      reasons: [
        'No flap within 10 min: opposite actions were at least 15 min apart.',
        '0.5 changes of direction an hour, 2 tolerated.',
      ],
    });
  });

  it('is unstable beyond the flaps tolerated', () => {
    const once = changes(5, [0, 6], [120, 5]);
    expect(judge(once).verdict).toEqual({
      stable: false,
      reasons: ['1 flap within 10 min, 0 tolerated; the closest opposite actions were 2 min apart.'],
    });
    expect(judge(once, { stability: { ...limits, maxFlaps: 1 } }).verdict.stable).toBe(true);
  });

  it('is unstable beyond the changes of direction tolerated, however far apart', () => {
    const steps = changes(5, [0, 6], [1000, 5], [2000, 6], [3000, 5], [4000, 6], [5000, 5]);
    expect(judge(steps).verdict).toEqual({
      stable: false,
      reasons: ['2.5 changes of direction an hour, 2 tolerated.'],
    });
    expect(judge(steps, { stability: { ...limits, maxReversalsPerHour: 2.5 } }).verdict.stable).toBe(true);
  });
});

describe('most flaps within a period', () => {
  const flapsAt = (...times: number[]) => times.map((time) => ({ time, first: 'up' as const, gap: 60 }));

  it.each<[number[], number, number]>([
    [[], 100, 0],
    [[5], 100, 1],
    [[0, 50, 99], 100, 3],
    // A period holds its end, not its beginning.
    [[0, 50, 100], 100, 2],
    [[0, 1, 2, 500, 501, 502, 503, 900], 100, 4],
    [[0, 200, 400], 100, 1],
  ])('%j within %i s: %i', (times, period, expected) => {
    expect(mostFlapsWithin(flapsAt(...times), period)).toBe(expected);
  });
});
