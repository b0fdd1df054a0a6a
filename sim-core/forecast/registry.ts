import { z } from 'zod';
import { lazily } from '../units/lazily.ts';
import { duration, fraction } from '../units/schema.ts';
import type { Forecaster } from './contract.ts';
import { createEwma } from './ewma.ts';
import { createHoltWinters } from './holt-winters.ts';

const weight = (): ReturnType<typeof fraction> => fraction({ max: 1 });

const ewma = lazily(() =>
  z.strictObject({
    halfLife: duration({ positive: true }).default(300).describe('After this long a value counts half.'),
  }),
);

const holtWinters = lazily(() =>
  z.strictObject({
    season: duration({ positive: true }).default(86_400).describe('Length of the pattern that repeats.'),
    level: weight().optional().describe('Share of an error that moves the level. Weights left out are fitted.'),
    trend: weight().optional().describe('Share of a change of the level that moves the trend.'),
    seasonal: weight().optional().describe('Share of an error that moves the season it fell in.'),
    damping: weight().optional().describe('What is left of the trend one step on; 100% for a trend that never fades.'),
  }),
);

/** A forecast method: its name alone, or an object with its name as the only key and its settings. */
export const forecastConfig = lazily(() =>
  z.union([
    z.enum(['ewma', 'holt-winters']),
    z.strictObject({ ewma }),
    z.strictObject({ 'holt-winters': holtWinters }),
  ]),
);
export type ForecastConfig = z.output<typeof forecastConfig>;

/**
 * @param step s between the values the forecaster will be given, > 0
 * @throws RangeError when the season is shorter than two steps
 */
export function createForecaster(config: ForecastConfig, step: number): Forecaster {
  if (typeof config === 'string') return createForecaster(defaults(config), step);
  if ('ewma' in config) return createEwma(config.ewma.halfLife, step) as Forecaster;
  const { season, ...given } = config['holt-winters'];
  const weights = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  return createHoltWinters({ season, weights }, step) as Forecaster;
}

function defaults(name: 'ewma' | 'holt-winters'): Exclude<ForecastConfig, string> {
  return name === 'ewma' ? { ewma: ewma.parse({}) } : { 'holt-winters': holtWinters.parse({}) };
}
