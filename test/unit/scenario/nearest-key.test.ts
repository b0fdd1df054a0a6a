import { describe, expect, it } from 'vitest';
import { editDistance, nearestKey } from '../../../sim-core/nearest-key.ts';

describe('editDistance', () => {
  // Worked by hand; the last is the textbook case that tells optimal string alignment (3) from the unrestricted form (2).
  it.each([
    ['', '', 0],
    ['', 'abc', 3],
    ['kitten', 'sitting', 3],
    ['initail', 'initial', 1],
    ['horizn', 'horizon', 1],
    ['ca', 'abc', 3],
  ])('%j → %j: %i', (from, to, distance) => {
    expect(editDistance(from, to)).toBe(distance);
    expect(editDistance(to, from)).toBe(distance);
  });
});

describe('nearestKey', () => {
  const keys = ['initial', 'provisioning', 'startup', 'drain', 'scaleDownOrder'];

  it.each([
    ['inital', 'initial'],
    ['startUp', 'startup'],
    ['start_up', 'startup'],
    ['scale-down-order', 'scaleDownOrder'],
    ['darin', 'drain'],
  ])('%s means %s', (word, meant) => expect(nearestKey(word, keys)).toBe(meant));

  it.each(['bananas', 'x', '', 'a'.repeat(100_000)])('%.10s is nothing known', (word) => {
    expect(nearestKey(word, keys)).toBeUndefined();
  });
});
