import { describe, expect, it } from 'vitest';
import { formatBytes, formatCpu, formatDuration, formatPercent, formatRate } from '../../../sim-core/units/format.ts';

describe('quantities for reading', () => {
  it.each([
    [0, '0 s'],
    [2.5e-7, '0.25 µs'],
    [0.00025, '250 µs'],
    [0.08, '80 ms'],
    [0.0801234, '80.1 ms'],
    [0.9996, '1 s'],
    [2.5, '2.5 s'],
    [59.96, '1 min'],
    [90, '1 min 30 s'],
    [3599.7, '1 h'],
    [8100, '2 h 15 min'],
    [8129, '2 h 15 min'],
    [86_399, '1 d'],
    [273_600, '3 d 4 h'],
    [172_790, '2 d'],
    [-90, '−1 min 30 s'],
    [NaN, '–'],
    [Infinity, '∞'],
    [-Infinity, '−∞'],
  ])('duration %d: %s', (value, text) => expect(formatDuration(value)).toBe(text));

  it.each([
    [0, '0/s'],
    [150, '150/s'],
    [1234.5, '1235/s'],
    [12_345, '12.3k/s'],
    [999_600, '1M/s'],
    [2_500_000, '2.5M/s'],
    [12.345, '12.3/s'],
    [0.5, '0.5/s'],
    [2 / 60, '2/min'],
    [0.01, '36/h'],
    [1 / 86_400, '1/d'],
  ])('rate %d: %s', (value, text) => expect(formatRate(value)).toBe(text));

  it.each([
    [0, '0%'],
    [0.7, '70%'],
    [0.025, '2.5%'],
    [0.98765, '98.8%'],
    [0.999, '99.9%'],
    [0.9995, '99.95%'],
    [0.999994, '99.9994%'],
    [1, '100%'],
    [1 - 1e-15, '99.9999999%'],
    [2.5, '250%'],
  ])('share %d: %s', (value, text) => expect(formatPercent(value)).toBe(text));

  it.each([
    [500, '500m'],
    [999.7, '1'],
    [1250, '1.25'],
    [2000, '2'],
    [0, '0m'],
  ])('CPU %d: %s', (value, text) => expect(formatCpu(value)).toBe(text));

  it.each([
    [900, '900 B'],
    [268_435_456, '256 MiB'],
    [1_610_612_736, '1.5 GiB'],
    [1_048_570, '1 MiB'],
    [0, '0 B'],
  ])('memory %d: %s', (value, text) => expect(formatBytes(value)).toBe(text));
});
