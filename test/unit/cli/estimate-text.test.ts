import { describe, expect, it } from 'vitest';
import { differenceText, estimateText } from '../../../cli/estimate-text.ts';

describe('estimateText', () => {
  it.each([
    [0.4123, 0.0087, 'seconds', '412 ± 9 ms'],
    [0.0051234, 0.00012, 'seconds', '5.12 ± 0.12 ms'],
    [12.345, 0.678, 'seconds', '12.3 ± 0.7 s'],
    [600, 60, 'seconds', '10.0 ± 1.0 min'],
    [36_000, NaN, 'seconds', '10.0 h'],
    [0, 0, 'seconds', '0 ± 0 s'],
    [0.97123, 0.0024, 'share', '97.1 ± 0.2 %'],
    [0.99953, 0.00004, 'share', '99.95 ± 0.00 %'],
    [1, 0, 'share', '100 ± 0 %'],
    [12.3456, 1.23, 'money', '12.35 ± 1.23'],
    [12345.6, 100, 'money', '12346 ± 100'],
    [0, 0, 'count', '0.0 ± 0.0'],
    [6, NaN, 'count', '6.00'],
    [-0.002, 0.001, 'money', '0.00 ± 0.00'],
    [NaN, NaN, 'count', '–'],
    [Infinity, NaN, 'seconds', '∞'],
    [-Infinity, NaN, 'count', '−∞'],
  ] as const)('%d ± %d as %s: %s', (mean, halfWidth, measure, text) => {
    expect(estimateText({ mean, halfWidth }, measure)).toBe(text);
  });
});

describe('differenceText', () => {
  it.each([
    [2.5, 0.5, '+2.50 ± 0.50 *'],
    [-2.5, 0.5, '−2.50 ± 0.50 *'],
    [0.4, 0.5, '+0.400 ± 0.500'],
    [0, 0, '0.0 ± 0.0'],
    [2.5, NaN, '+2.50'],
    [NaN, NaN, '–'],
  ] as const)('%d ± %d: %s', (mean, halfWidth, text) =>
    expect(differenceText({ mean, halfWidth }, 'count')).toBe(text),
  );
});
