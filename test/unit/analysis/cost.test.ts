import { describe, expect, it } from 'vitest';
import { mostReplicas, replicaCost, violationCost } from '../../../sim-core/analysis/cost.ts';
import type { ReplicaLife } from '../../../sim-core/experiment/result.ts';

function life(startedAt: number, goneAt = NaN): ReplicaLife {
  return { id: 0, createdAt: startedAt, startedAt, readyAt: startedAt, drainingAt: goneAt, goneAt };
}
const price = { perReplicaHour: 3600, currency: 'USD', billing: 'per-second', perSloViolationMinute: 2.5 } as const;

describe('replicas', () => {
  it.each([
    { billing: 'per-second', expected: 91 + 3600 },
    { billing: 'per-minute', expected: 120 + 3600 },
    { billing: 'per-hour', expected: 3600 + 3600 },
  ] as const)('billed $billing', ({ billing, expected }) => {
    expect(replicaCost([life(10, 100.5), life(0)], { ...price, billing }, 0, 3600)).toBe(expected);
  });

  it('counts only what lies between warm-up and end', () => {
    expect(replicaCost([life(0, 1000)], price, 600, 3600)).toBe(400);
    expect(replicaCost([life(0, 500), life(3600)], price, 600, 3600)).toBe(0);
    expect(replicaCost([life(0)], price, 600, 900)).toBe(300);
  });

  it('charges nothing for a replica that never started, and no unit more for a rounding error', () => {
    expect(replicaCost([{ ...life(0, 60), startedAt: NaN }], price, 0, 3600)).toBe(0);
    expect(replicaCost([life(0.1, 0.1 + 0.2 + 59.8)], { ...price, billing: 'per-minute' }, 0, 3600)).toBe(60);
  });

  it('most at once: one that leaves as another starts does not overlap it', () => {
    expect(mostReplicas([life(0, 100), life(100), life(50, 70)], 0, 3600)).toBe(2);
    expect(mostReplicas([life(0), life(0), life(10, 20)], 30, 3600)).toBe(2);
    expect(mostReplicas([{ ...life(0), startedAt: NaN }], 0, 10)).toBe(0);
  });
});

it('violations', () => {
  expect(violationCost(4, price)).toBe(10);
});
