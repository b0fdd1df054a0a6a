import { describe, expect, test } from 'vitest';
import { printDifference, printEstimate } from '../../../renderer/format/estimate.ts';
import type { Quantity } from '../../../sim-core/index.ts';

const both = (mean: number, halfWidth: number, quantity: Quantity, currency = ''): string => {
  const printed = printEstimate({ mean, halfWidth }, quantity, currency);
  return printed.halfWidth === null ? printed.mean : `${printed.mean} ± ${printed.halfWidth}`;
};

describe('estimates', () => {
  test.each<[number, number, Quantity, string]>([
    [0.97118, 0.0021, 'fraction', '97.12 % ± 0.21'],
    [0.99781, 0.0003, 'fraction', '99.78 % ± 0.03'],
    [0.6123, 0.0182, 'seconds', '612 ms ± 18'],
    [1.2345, 0.051, 'seconds', '1.23 s ± 0.05'],
    [1843, 210, 'count', '1,840 ± 210'],
    [412.3, 61, 'count', '412 ± 61'],
    [96.2, 22.1, 'count', '96 ± 22'],
    [214.58, 0.42, 'hours', '214.6 h ± 0.4'],
    [9.3, 4, 'count', '9 ± 4'],
    [77.2, 0.0005, 'hours', '77.200 h ± 0.001'],
    [77.2, 0.0001, 'hours', '77.200 h ± < 0.001'],
    [0.333, 1.43, 'count', '0.3 ± 1.4'],
    [0, 0, 'count', '0 ± 0'],
    [1234.5, 0, 'replicas', '1,230 ± 0'],
    [0.97118, NaN, 'fraction', '97.12 %'],
    [NaN, NaN, 'seconds', '–'],
  ])('%d ± %d %s is %s', (mean, halfWidth, quantity, text) => expect(both(mean, halfWidth, quantity)).toBe(text));

  test('money', () => expect(both(25.751, 0.082, 'money', 'USD')).toBe('$ 25.75 ± 0.08'));
});

describe('differences', () => {
  test.each<[number, number, number, Quantity, string]>([
    [-0.1812, 0.0151, 0.431, 'seconds', '−181 ± 15'],
    [0.0266, 0.0018, 0.9978, 'fraction', '+2.66 ± 0.18'],
    [-1428, 190, 412, 'count', '−1,430 ± 190'],
    [37.31, 0.42, 251.9, 'hours', '+37.3 ± 0.4'],
    [0.0001, 0.3, 5, 'count', '0.0 ± 0.3'],
    [4.48, NaN, 30, 'money', '+4.48'],
  ])('%d ± %d beside %d %s is %s', (mean, halfWidth, beside, quantity, text) =>
    expect(printDifference({ mean, halfWidth }, beside, quantity, 'USD')).toBe(text),
  );
});
