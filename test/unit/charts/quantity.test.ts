import { describe, expect, test } from 'vitest';
import {
  exponentOf,
  formatFixed,
  formatMoney,
  formatNumber,
  formatQuantity,
  formatSeconds,
  formatShare,
} from '../../../sim-core/export/chart/quantity.ts';

describe('three significant digits', () => {
  test.each([
    [0, '0'],
    [0.000123456, '0.000123'],
    [0.46, '0.46'],
    [0.4601, '0.46'],
    [9.999, '10'],
    [12.34, '12.3'],
    [214.6, '215'],
    [999.6, '1,000'],
    [1843, '1,840'],
    [1_234_567, '1,230,000'],
    [-0.0004, '−0.0004'],
    [-1843, '−1,840'],
    [NaN, '–'],
    [Infinity, '∞'],
    [-Infinity, '−∞'],
  ])('%d is %s', (value, text) => expect(formatNumber(value)).toBe(text));

  test('the exponent is that of the rounded value', () => {
    expect(exponentOf(999.4)).toBe(2);
    expect(exponentOf(999.5)).toBe(3);
    expect(exponentOf(0.00999)).toBe(-3);
    expect(exponentOf(0)).toBe(0);
  });
});

describe('fixed decimals', () => {
  test.each([
    [1840.25, 1, '1,840.3'],
    [1840.25, 0, '1,840'],
    [1845, -1, '1,850'],
    [123_456, -3, '123,000'],
    [-0.04, 1, '0.0'],
    [-0.06, 1, '−0.1'],
  ])('%d with %d decimals is %s', (value, decimals, text) => expect(formatFixed(value, decimals)).toBe(text));
});

describe('shares keep two digits of the distance to 100 %', () => {
  test.each([
    [0, '0 %'],
    [0.0312, '3.12 %'],
    [0.6234, '62.3 %'],
    [0.9712, '97.12 %'],
    [0.9978, '99.78 %'],
    [0.9997, '99.97 %'],
    [0.999968, '99.9968 %'],
    [0.9, '90 %'],
    [0.95, '95 %'],
    [1, '100 %'],
    [1.27, '127 %'],
    [NaN, '–'],
  ])('%d is %s', (share, text) => expect(formatShare(share)).toBe(text));
});

describe('lengths of time', () => {
  test.each([
    [0, '0 s'],
    [0.000085, '85 µs'],
    [0.0009996, '1 ms'],
    [0.612, '612 ms'],
    [0.99949, '999 ms'],
    [0.9996, '1 s'],
    [1.2345, '1.23 s'],
    [119.4, '119 s'],
    [125, '2 min 5 s'],
    [3599.4, '59 min 59 s'],
    [3600, '1 h'],
    [12_000, '3 h 20 min'],
    [86_400, '24 h'],
    [187_200, '2 d 4 h'],
    [1_209_600, '14 d'],
    [-0.181, '−181 ms'],
    [NaN, '–'],
    [Infinity, '∞'],
  ])('%d s is %s', (seconds, text) => expect(formatSeconds(seconds)).toBe(text));
});

describe('money', () => {
  test.each([
    [25.75, 'USD', '$ 25.75'],
    [0, 'USD', '$ 0.00'],
    [4.5, 'EUR', '€ 4.50'],
    [0.0312, 'CHF', 'CHF 0.0312'],
    [1240.4, 'GBP', '£ 1,240'],
    [999.6, 'USD', '$ 1,000'],
    [-5.81, 'USD', '$ −5.81'],
    [NaN, 'USD', '–'],
  ])('%d %s is %s', (amount, currency, text) => expect(formatMoney(amount, currency)).toBe(text));
});

test('every quantity says its unit', () => {
  expect(formatQuantity(184.2, 'rate')).toBe('184/s');
  expect(formatQuantity(0.9316, 'fraction')).toBe('93.2 %');
  expect(formatQuantity(1843, 'replicas')).toBe('1,843');
  expect(formatQuantity(12.345, 'replicas')).toBe('12.3');
  expect(formatQuantity(1843, 'count')).toBe('1,840');
  expect(formatQuantity(2.5, 'hours')).toBe('2.5 h');
  expect(formatQuantity(2.5, 'money', 'USD')).toBe('$ 2.50');
  expect(formatQuantity(NaN, 'rate')).toBe('–');
});
