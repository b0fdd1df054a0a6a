import { expect, it } from 'vitest';
import { nodeNumbers } from '../../../sim-core/analysis/node-use.ts';

const cost = {
  perReplicaHour: 0,
  perNodeHour: 0.36,
  perSloViolationMinute: 0,
  currency: 'EUR',
  billing: 'per-second' as const,
};
const rows = { unplaced: Float64Array.of(4, 2, 0, 0) };
const durationOf = () => 100;

it('counts nodes from ready to removed, within what counts, by hand', () => {
  const nodes = [
    { readyAt: 0, goneAt: NaN },
    { readyAt: 150, goneAt: 250 },
    { readyAt: NaN, goneAt: NaN }, // never came
    { readyAt: 250, goneAt: NaN },
  ];
  const numbers = nodeNumbers(nodes, cost, { from: 100, end: 400 }, rows, 1, durationOf);
  // 300 + 100 + 150 node-seconds; one goes as another comes.
  expect(numbers.nodesMean).toBeCloseTo(550 / 300, 12);
  expect(numbers.nodesMax).toBe(2);
  expect(numbers.nodeHours).toBeCloseTo(550 / 3600, 12);
  expect(numbers.nodeCost).toBeCloseTo(0.055, 12);
  // From 4 to 2, then from 2 to 0.
  expect(numbers.unplacedReplicaSeconds).toBe(300 + 100);
});

it('knows nothing of nodes where there is room without end', () => {
  const numbers = nodeNumbers([], cost, { from: 0, end: 400 }, rows, 0, durationOf);
  expect(Object.values(numbers).every(Number.isNaN)).toBe(true);
});
