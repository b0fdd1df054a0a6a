import { describe, expect, it } from 'vitest';
import { createForecaster } from '../../sim-core/forecast/registry.ts';
import { readShared } from '../support/published.ts';

const steps = 48;

function readSeries(file: string): number[][] {
  const [, ...lines] = readShared(`traces/m4/${file}`).trim().split('\n');
  return lines.map((line) =>
    line
      .split(',')
      .slice(1)
      .map((cell) => cell.replaceAll('"', '').trim())
      .filter((cell) => cell !== '')
      .map(Number),
  );
}

const history = readSeries('Hourly-train-odd.csv');
const future = readSeries('Hourly-test-odd.csv');

/** The competition's two measures, averaged over series. */
function scores(forecast: (values: readonly number[]) => ArrayLike<number>): { sMAPE: number; MASE: number } {
  let percent = 0;
  let scaled = 0;
  history.forEach((values, index) => {
    const predicted = forecast(values);
    let symmetric = 0;
    let absolute = 0;
    future[index]!.forEach((value, k) => {
      const error = Math.abs(value - predicted[k]!);
      absolute += error / steps;
      symmetric += (200 * error) / (Math.abs(value) + Math.abs(predicted[k]!)) / steps;
    });
    let naive = 0;
    for (let t = 24; t < values.length; t += 1) naive += Math.abs(values[t]! - values[t - 24]!) / (values.length - 24);
    percent += symmetric / history.length;
    scaled += absolute / naive / history.length;
  });
  return { sMAPE: percent, MASE: scaled };
}

describe('the hourly series of the M4 competition', () => {
  it('the measures are right: seasonal naive scores what the organisers published', () => {
    const { sMAPE, MASE } = scores((values) =>
      Array.from({ length: steps }, (_, k) => values[values.length - 24 + (k % 24)]!),
    );
    expect(sMAPE).toBeCloseTo(13.979, 3);
    expect(MASE).toBeCloseTo(1.2329, 4);
  });

  it('Holt-Winters is well ahead of the published exponential smoothing (MASE 1.61, R 1.82), and its interval covers', () => {
    const method = createForecaster('holt-winters', 3600);
    let inside = 0;
    let series = 0;
    const { MASE } = scores((values) => {
      const state = values.reduce((before, value) => method.update(before, value), method.initialState);
      const { mean, lower, upper } = method.forecast(state, steps);
      future[series]!.forEach((value, k) => {
        if (value >= lower[k]! && value <= upper[k]!) inside += 1;
      });
      series += 1;
      return mean;
    });
    expect(MASE).toBeLessThan(1.3);
    expect(inside / (steps * series)).toBeGreaterThan(0.92);
    expect(inside / (steps * series)).toBeLessThan(0.98);
  }, 180_000);
});
