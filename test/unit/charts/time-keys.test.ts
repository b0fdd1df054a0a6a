import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyTimeKey } from '../../../renderer/charts/time-keys.ts';
import { clampWindow, fitWindow, orderedRange, panWindow, zoomWindow } from '../../../renderer/charts/time-window.ts';

const extent = [0, 86_400] as const;
const key = (name: string, held: Partial<Record<'shiftKey' | 'altKey' | 'ctrlKey' | 'metaKey', boolean>> = {}) => ({
  key: name,
  shiftKey: false,
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  ...held,
});
const view = { window: [10_000, 20_000] as const, extent, selection: null, crosshair: null };

describe('windows', () => {
  test('stay inside the extent, whole and in order, whatever is asked of them', () => {
    const number = fc.double({ min: -2e5, max: 2e5, noNaN: true });
    fc.assert(
      fc.property(number, number, fc.double({ min: 1e-6, max: 1e6, noNaN: true }), number, (a, b, factor, about) => {
        for (const [start, end] of [
          clampWindow([a, b], extent),
          zoomWindow(clampWindow([a, b], extent), factor, about, extent),
          panWindow(clampWindow([a, b], extent), about, extent),
        ]) {
          expect(start).toBeGreaterThanOrEqual(extent[0]);
          expect(end).toBeLessThanOrEqual(extent[1] + 1e-9);
          expect(end - start).toBeGreaterThan(0.99);
        }
      }),
    );
  });

  test('zooming keeps the instant under the pointer in its place', () => {
    const [start, end] = zoomWindow([10_000, 20_000], 0.5, 12_500, extent);
    expect(end - start).toBe(5000);
    expect((12_500 - start) / (end - start)).toBeCloseTo(0.25, 12);
  });

  test('a horizon shorter than the shortest window is shown whole', () => {
    expect(zoomWindow([0, 0.5], 0.1, 0.2, [0, 0.5])).toEqual([0, 0.5]);
  });

  test('a selection is fitted with air, within the extent', () => {
    expect(fitWindow([1000, 2000], extent)).toEqual([960, 2040]);
    expect(fitWindow([0, 86_400], extent)).toEqual([0, 86_400]);
  });

  test('ranges are ordered, cut to the extent, and never empty', () => {
    expect(orderedRange(30, 10, extent)).toEqual([10, 30]);
    expect(orderedRange(-5, 10, extent)).toEqual([0, 10]);
    expect(orderedRange(7, 7, extent)).toBeNull();
  });
});

describe('keys', () => {
  test.each([
    ['a', [8750, 18_750]],
    ['ArrowLeft', [8750, 18_750]],
    ['D', [11_250, 21_250]],
    ['ArrowRight', [11_250, 21_250]],
    ['w', [11_250, 18_750]],
    ['0', [0, 86_400]],
  ])('%s', (name, window) => expect(applyTimeKey(key(name), view)).toEqual({ window }));

  test('S undoes W', () => {
    const { window } = applyTimeKey(key('w'), view)!;
    const [start, end] = applyTimeKey(key('s'), { ...view, window: window! })!.window!;
    expect(start).toBeCloseTo(10_000, 6);
    expect(end).toBeCloseTo(20_000, 6);
  });

  test('zoom is about the crosshair when it is in sight', () => {
    expect(applyTimeKey(key('w'), { ...view, crosshair: 10_000 })).toEqual({ window: [10_000, 17_500] });
    expect(applyTimeKey(key('w'), { ...view, crosshair: 50_000 })).toEqual({ window: [11_250, 18_750] });
  });

  test('shift and arrows grow a selection from the crosshair; F fits it; Escape drops it', () => {
    const grown = applyTimeKey(key('ArrowRight', { shiftKey: true }), { ...view, crosshair: 12_000 })!;
    expect(grown).toEqual({ selection: [12_000, 12_200] });
    const selected = { ...view, selection: [12_000, 13_000] as const };
    expect(applyTimeKey(key('f'), selected)).toEqual({ window: [11_960, 13_040] });
    expect(applyTimeKey(key('Escape'), selected)).toEqual({ selection: null });
  });

  test('alt and arrows move the crosshair and stop at the edge', () => {
    expect(applyTimeKey(key('ArrowRight', { altKey: true }), view)).toEqual({ crosshair: 15_100 });
    expect(applyTimeKey(key('ArrowRight', { altKey: true }), { ...view, crosshair: 19_990 })).toEqual({
      crosshair: 20_000,
    });
  });

  test.each([
    key('f'),
    key('Escape'),
    key('x'),
    key('a', { ctrlKey: true }),
    key('s', { metaKey: true }),
    key('d', { altKey: true }),
  ])('means nothing: %o', (pressed) => expect(applyTimeKey(pressed, view)).toBeNull());
});
