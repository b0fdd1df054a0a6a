import { describe, expect, it } from 'vitest';
import { curveRange, usualAxis } from '../../../renderer/features/theory/curve-range.ts';
import { printParameter, readParameter, sliderScale } from '../../../renderer/features/theory/parameter-text.ts';
import { calculatorModels, calculatorParameters, initialValues, parameterNames } from '../../../sim-core/index.ts';

describe.each(parameterNames)('%s', (name) => {
  const { initial, least, most, kind } = calculatorParameters[name];

  it('is read as it is printed', () => {
    expect(readParameter(name, printParameter(name, initial))).toBeCloseTo(initial, 12);
    expect(readParameter(name, 'some')).toBeUndefined();
  });

  it('has a slider that reaches its beginning and stays in range', () => {
    const scale = sliderScale(name, initial);
    const back = scale.valueAt(scale.positionOf(initial));
    expect(Math.abs(back / initial - 1)).toBeLessThan(0.01);
    for (let k = 0, before = -Infinity; k <= 20; k += 1) {
      const value = scale.valueAt(k / 20);
      expect(value).toBeGreaterThanOrEqual(Math.max(before, least));
      expect(value).toBeLessThanOrEqual(most);
      if (kind === 'count') expect(Number.isInteger(value)).toBe(true);
      before = value;
    }
  });
});

it('the curve of every model is drawn upwards over a range that holds the present value', () => {
  for (const model of calculatorModels) {
    const values = initialValues(model);
    for (const axis of [usualAxis(model), ...model.parameters]) {
      const range = curveRange(model, values, axis);
      expect(range.length).toBeGreaterThan(8);
      expect(range[0]).toBeLessThanOrEqual(values[axis]);
      expect(range.at(-1)).toBeGreaterThanOrEqual(values[axis]);
      expect(range.every((value, k) => k === 0 || value > range[k - 1]!)).toBe(true);
    }
  }
});
