import { describe, expect, it } from 'vitest';
import { continueErlangB, erlangB, erlangC } from '../../../sim-core/queueing/erlang.ts';

/** The whole recursion from no server on. */
function plainErlangB(servers: number, offeredLoad: number): number {
  return continueErlangB(1, 0, servers, offeredLoad);
}

describe('Erlang B', () => {
  it('is 1 with no server and 0 with no load', () => {
    expect(erlangB(0, 3)).toBe(1);
    expect(erlangB(0, 0)).toBe(1);
    expect(erlangB(4, 0)).toBe(0);
  });

  it.each([
    [100, 50],
    [100, 100],
    [100, 150],
    [1000, 990],
    [2000, 500],
    [5000, 20_000],
    [100_000, 99_000],
    [100_000, 100_300],
    [100_000, 40_000],
  ])('started late (%i servers, %i erlang), gives what the whole recursion gives', (servers, offeredLoad) => {
    const whole = plainErlangB(servers, offeredLoad);
    expect(Math.abs(erlangB(servers, offeredLoad) - whole)).toBeLessThanOrEqual(1e-13 * whole);
  });

  it('falls with every server and rises with the load', () => {
    for (let servers = 1; servers < 300; servers += 1)
      expect(erlangB(servers, 120)).toBeLessThan(erlangB(servers - 1, 120));
    for (let load = 1; load < 300; load += 1) expect(erlangB(120, load)).toBeGreaterThan(erlangB(120, load - 1));
  });

  it('stays within (0, 1) at a hundred thousand servers, and underflows to 0 far below the load', () => {
    const value = erlangB(100_000, 100_000);
    // B(a, a) tends to √(2 ÷ (πa)).
    expect(value / Math.sqrt(2 / (Math.PI * 100_000))).toBeCloseTo(1, 2);
    expect(erlangB(100_000, 1)).toBe(0);
  });
});

describe('Erlang C', () => {
  it('has the anchors of the textbooks', () => {
    expect(erlangC(1, 0.8)).toBeCloseTo(0.8, 14);
    expect(erlangC(5, 4)).toBeCloseTo(0.5541, 4);
    expect(erlangC(3, 0)).toBe(0);
  });

  it('is 1 from the point on where the load fills all servers', () => {
    expect(erlangC(5, 5)).toBe(1);
    expect(erlangC(5, 9)).toBe(1);
    expect(erlangC(5, 4.999999)).toBeGreaterThan(0.99999);
  });

  it('tends to the law of Halfin and Whitt at a hundred thousand servers', () => {
    // C → 1 ÷ (1 + β·Φ(β)/φ(β)) for c = a + β√a; β = 1: 1 ÷ (1 + 0.841345/0.241971).
    const offeredLoad = 100_000 - Math.sqrt(100_000);
    expect(erlangC(100_000, offeredLoad)).toBeCloseTo(0.22336, 2);
  });
});

it.each([
  [() => erlangB(-1, 1)],
  [() => erlangB(1.5, 1)],
  [() => erlangB(2, -1)],
  [() => erlangB(2, NaN)],
  [() => erlangB(2, Infinity)],
  [() => erlangC(0, 1)],
])('refuses what is out of range (%#)', (call) => {
  expect(call).toThrow(RangeError);
});
