import { expect, it } from 'vitest';
import { jsonValue } from '../../../sim-core/export/json-value.ts';

it('turns typed arrays into lists and numbers without a value into null', () => {
  const data = {
    a: Float64Array.of(1, NaN, Infinity),
    b: [NaN, 2],
    c: undefined,
    d: { e: -Infinity },
    f: 'x',
    g: null,
    h: new Map([['i', 1]]),
  };
  expect(jsonValue(data)).toEqual({ a: [1, null, null], b: [null, 2], d: { e: null }, f: 'x', g: null, h: { i: 1 } });
});
