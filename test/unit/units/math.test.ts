import { describe, expect, it } from 'vitest';
import { cos, exp, expm1, log, log1p, pow, sin } from '../../../sim-core/units/math.ts';
import { exactCos, exactExp, exactExpm1, exactLog, exactSin, fixed, ulpError } from './exact.ts';

/** Uniform numbers from a linear congruential generator, so that inputs are the same everywhere. */
function uniforms(seed: number): (low: number, high: number) => number {
  let state = seed;
  const next = (): number => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0);
  return (low, high) => low + (high - low) * ((next() * 2 ** 21 + (next() >>> 11)) / 2 ** 53);
}

/** x = ± 2^e × [1, 2) with e uniform. */
const powerOfTwoScaled = (draw: (low: number, high: number) => number, low: number, high: number): number =>
  2 ** Math.floor(draw(low, high)) * draw(1, 2);

const one = fixed(1);

function worst(count: number, error: () => number): number {
  let most = 0;
  for (let index = 0; index < count; index++) most = Math.max(most, error());
  return most;
}

describe('error in units of the last place, against integers of 320 bits', () => {
  const draw = uniforms(1);
  it.each([
    [
      'log, all magnitudes',
      1,
      () => powerOfTwoScaled(draw, -250, 1020),
      (x: number) => ulpError(log(x), exactLog(fixed(x))),
    ],
    ['log around 1', 1, () => draw(0.5, 2), (x: number) => ulpError(log(x), exactLog(fixed(x)))],
    ['log next to 1', 1, () => 1 + draw(-1, 1) * 1e-9, (x: number) => ulpError(log(x), exactLog(fixed(x)))],
    [
      'log1p, small',
      1,
      () => draw(-1, 1) * powerOfTwoScaled(draw, -60, -2),
      (x: number) => ulpError(log1p(x), exactLog(one + fixed(x))),
    ],
    ['log1p', 1, () => draw(-1, 4), (x: number) => ulpError(log1p(x), exactLog(one + fixed(x)))],
    [
      'log1p, large',
      1,
      () => powerOfTwoScaled(draw, 1, 1000),
      (x: number) => ulpError(log1p(x), exactLog(one + fixed(x))),
    ],
    [
      'exp',
      1,
      () => draw(-708, 709),
      (x: number) => {
        const { fraction, power } = exactExp(fixed(x));
        return ulpError(exp(x), fraction, power);
      },
    ],
    [
      'exp, small',
      1,
      () => draw(-1, 1),
      (x: number) => {
        const { fraction, power } = exactExp(fixed(x));
        return ulpError(exp(x), fraction, power);
      },
    ],
    ['expm1', 1, () => draw(-38, 50), (x: number) => ulpError(expm1(x), exactExpm1(fixed(x)))],
    [
      'expm1, small',
      1,
      () => draw(-1, 1) * powerOfTwoScaled(draw, -60, 1),
      (x: number) => ulpError(expm1(x), exactExpm1(fixed(x))),
    ],
    ['sin', 1, () => draw(-10, 10), (x: number) => ulpError(sin(x), exactSin(fixed(x)))],
    ['sin, a million', 1, () => draw(-1e6, 1e6), (x: number) => ulpError(sin(x), exactSin(fixed(x)))],
    ['sin, far out', 1, () => powerOfTwoScaled(draw, 20, 60), (x: number) => ulpError(sin(x), exactSin(fixed(x)))],
    [
      'sin at multiples of π',
      1,
      () => Math.PI * Math.floor(draw(1, 300_000)),
      (x: number) => ulpError(sin(x), exactSin(fixed(x))),
    ],
    ['cos', 1, () => draw(-10, 10), (x: number) => ulpError(cos(x), exactCos(fixed(x)))],
    ['cos, a million', 1, () => draw(-1e6, 1e6), (x: number) => ulpError(cos(x), exactCos(fixed(x)))],
    [
      'cos at odd multiples of π/2',
      1,
      () => (Math.PI / 2) * (2 * Math.floor(draw(0, 300_000)) + 1),
      (x: number) => ulpError(cos(x), exactCos(fixed(x))),
    ],
  ])('%s stays below %d', (_, limit, input, error) => {
    const most = worst(1500, () => error(input()));
    expect(most).toBeLessThan(limit);
    expect(most).toBeGreaterThan(0.4); // or the measure itself would be broken
  });

  it.each([
    ['pow, everyday', () => [draw(0.01, 100), draw(-20, 20)] as const],
    ['pow next to 1', () => [1 + draw(-1e-4, 1e-4), draw(-1e6, 1e6)] as const],
    ['pow to the edges of the range', () => [powerOfTwoScaled(draw, -30, 30), draw(-20, 20)] as const],
  ])('%s stays below 1', (_, input) => {
    const most = worst(1500, () => {
      const [x, y] = input();
      const { fraction, power } = exactExp((fixed(y) * exactLog(fixed(x))) / one);
      return ulpError(pow(x, y), fraction, power);
    });
    expect(most).toBeLessThan(1);
    expect(most).toBeGreaterThan(0.4);
  });
});

describe('two units of the last place at most from the engine, over 3 million points', () => {
  const distance = (a: number, b: number): number => (Object.is(a, b) ? 0 : Math.abs(a - b) / lastPlace(b));
  const lastPlace = (x: number): number => Math.max(2 ** -1074, 2 ** (Math.floor(Math.log2(Math.abs(x))) - 52));
  const draw = uniforms(2);
  const engine = Math;
  it.each([
    ['log', log, engine.log, () => powerOfTwoScaled(draw, -1074, 1024)],
    ['log1p', log1p, engine.log1p, () => draw(-1, 5)],
    ['exp', exp, engine.exp, () => draw(-708, 709.7)],
    ['expm1', expm1, engine.expm1, () => draw(-40, 709)],
    ['sin', sin, engine.sin, () => draw(-1e4, 1e4)],
    ['cos', cos, engine.cos, () => draw(-1e4, 1e4)],
  ])('%s', (_, ours, theirs, input) => {
    expect(
      worst(500_000, () => {
        const x = input();
        return distance(ours(x), theirs(x));
      }),
    ).toBeLessThanOrEqual(2);
  });
});

describe('special values', () => {
  const specials = [
    0,
    -0,
    1,
    -1,
    2,
    -2,
    0.5,
    -0.5,
    3,
    -3,
    Infinity,
    -Infinity,
    NaN,
    1e300,
    -1e300,
    5e-324,
    -5e-324,
    1e-310,
    2 ** 53,
    2 ** 53 + 2,
    -(2 ** 53),
    1.5,
    -1.5,
    709.78,
    709.79,
    710,
    -745.1,
    -745.2,
    -746,
    1e-20,
  ];
  const near = (ours: number, theirs: number): boolean =>
    Object.is(ours, theirs) || Math.abs(ours - theirs) <= Math.max(2 ** -51 * Math.abs(theirs), 2 ** -1074);
  it.each([
    ['log', log, Math.log],
    ['log1p', log1p, Math.log1p],
    ['exp', exp, Math.exp],
    ['expm1', expm1, Math.expm1],
    ['sin', sin, Math.sin],
    ['cos', cos, Math.cos],
  ])('%s', (_, ours, theirs) => {
    for (const x of specials) expect([x, ours(x), near(ours(x), theirs(x))]).toEqual([x, ours(x), true]);
  });
  it('pow, every pair', () => {
    for (const x of specials) {
      for (const y of specials) expect([x, y, pow(x, y), near(pow(x, y), x ** y)]).toEqual([x, y, pow(x, y), true]);
    }
  });
});

describe('the same bits in every engine', () => {
  /** FNV-1a over the bytes of the results, high byte first. */
  function fingerprint(results: Iterable<number>): string {
    const view = new DataView(new ArrayBuffer(8));
    let hash = 0x811c9dc5;
    for (const result of results) {
      view.setFloat64(0, result);
      for (let index = 0; index < 8; index++) hash = Math.imul(hash ^ view.getUint8(index), 0x01000193);
    }
    return (hash >>> 0).toString(16);
  }
  function* results(of: (draw: (low: number, high: number) => number) => number): Iterable<number> {
    const draw = uniforms(3);
    for (let index = 0; index < 10_000; index++) yield of(draw);
  }

  // The values were taken once; another engine, or a change of the code, that alters any bit fails here.
  it.each([
    ['log', (draw) => log(draw(0, 1000)), '9db27323'],
    ['log1p', (draw) => log1p(draw(-1, 10)), 'e14fdb8'],
    ['exp', (draw) => exp(draw(-100, 100)), '9e667796'],
    ['expm1', (draw) => expm1(draw(-5, 5)), 'fa3592d'],
    ['pow', (draw) => pow(draw(0, 100), draw(-10, 10)), '6e4073fe'],
    ['sin', (draw) => sin(draw(-1000, 1000)), '1d057784'],
    ['cos', (draw) => cos(draw(-1000, 1000)), 'e524f462'],
  ] satisfies [string, (draw: (low: number, high: number) => number) => number, string][])('%s', (_, of, pinned) => {
    expect(fingerprint(results(of))).toBe(pinned);
  });
});
