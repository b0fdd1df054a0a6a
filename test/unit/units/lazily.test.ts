import { expect, it, vi } from 'vitest';
import { z } from 'zod';
import { lazily } from '../../../sim-core/units/lazily.ts';

it('is made when something is first read by it, and once', () => {
  const make = vi.fn(() => z.number());
  const schema = lazily(make);
  const around = z.strictObject({ a: schema.optional(), b: schema.default(3) });
  expect(around.parse({})).toEqual({ b: 3 });
  expect(make).not.toHaveBeenCalled();
  expect(around.parse({ a: 1, b: 2 })).toEqual({ a: 1, b: 2 });
  expect(around.safeParse({ a: 'x' }).success).toBe(false);
  expect(make).toHaveBeenCalledTimes(1);
});

it('may not be absent', () => {
  expect(z.object({ a: lazily(() => z.number()) }).safeParse({}).success).toBe(false);
});

it('refuses to be optional by itself, where it would be taken for required', () => {
  const schema = lazily(() => z.number().optional());
  expect(() => schema.parse(1)).toThrow('cannot be optional');
});
