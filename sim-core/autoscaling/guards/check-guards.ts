import { createForecaster } from '../../forecast/registry.ts';
import type { Issue } from '../../issue.ts';
import type { ControllerContext } from '../contract.ts';
import { secondsInWords } from '../words.ts';
import { affordableReplicas } from './budget.ts';
import type { GuardsConfig } from './config.ts';
import { evaluationsPerValue } from './hold-before-rise.ts';

/**
 * What only shows with the price and the controller at hand. Paths start at the guards.
 *
 * @param interval s between evaluations, asked for when a guard has use for it; Infinity for a controller that never looks
 */
export function checkGuards(
  guards: GuardsConfig,
  { perReplicaHour }: ControllerContext,
  interval: () => number,
): Issue[] {
  return [...checkBudget(guards, perReplicaHour), ...checkForecast(guards, interval)];
}

function checkBudget({ bounds, budget }: GuardsConfig, perReplicaHour: number): Issue[] {
  if (budget === undefined) return [];
  if (!(perReplicaHour > 0)) {
    const message = 'A budget needs the price of a replica. Add `cost: {perReplicaHour: …}`, or remove the guard.';
    return [{ code: 'missing-key', severity: 'error', path: ['budget'], message }];
  }
  const most = affordableReplicas(budget.perHour, perReplicaHour);
  if (bounds?.min === undefined || bounds.min <= most) return [];
  const message = `The budget pays for ${most} replicas, but \`bounds.min\` asks for ${bounds.min}. Raise \`perHour\` to ${inCurrency(bounds.min * perReplicaHour)} or lower \`min\`.`;
  return [{ code: 'contradictory-bounds', severity: 'error', path: ['budget', 'perHour'], message }];
}

const inCurrency = (amount: number): string => String(Math.ceil(amount * 100) / 100);

function checkForecast({ holdBeforeRise }: GuardsConfig, intervalOf: () => number): Issue[] {
  if (holdBeforeRise === undefined) return [];
  const { forecast } = holdBeforeRise;
  const path = ['holdBeforeRise', 'forecast'];
  if (forecast === 'ewma' || (typeof forecast === 'object' && 'ewma' in forecast)) {
    const message = 'An `ewma` forecast is flat, so it never sees a rise. Use `holt-winters`.';
    return [{ code: 'bad-value', severity: 'error', path, message }];
  }
  const interval = intervalOf();
  if (interval === Infinity) return [];
  const step = evaluationsPerValue(holdBeforeRise, interval) * interval;
  try {
    createForecaster(forecast, step);
    return [];
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const message = `This forecast cannot be made every ${secondsInWords(step)}: ${error.message}. Shorten \`interval\`, or lengthen the season.`;
    return [{ code: 'contradictory-bounds', severity: 'error', path, message }];
  }
}
