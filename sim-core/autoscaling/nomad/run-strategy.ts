import { inWords } from '../words.ts';
import type { Action } from './action.ts';
import type { StrategyConfig } from './strategy-config.ts';
import { factorOf, fixedValue, passThrough, pointsWithin, targetValue, threshold } from './strategies.ts';

/** The one strategy of a check on the data points of its window, oldest first. */
export function runStrategy(strategy: StrategyConfig, count: number, metrics: readonly number[]): Action | null {
  if (strategy['target-value'] !== undefined) return targetValue(count, metrics, strategy['target-value']);
  if (strategy.threshold !== undefined) return threshold(count, metrics, strategy.threshold);
  if (strategy['pass-through'] !== undefined) return passThrough(count, metrics, strategy['pass-through']);
  return fixedValue(count, strategy['fixed-value']?.value ?? count);
}

/** The arithmetic of it: `ceil(3 × 84 ÷ 70) = 4` */
export function strategyInWords(
  strategy: StrategyConfig,
  count: number,
  metrics: readonly number[],
  action: Action,
): string {
  const last = metrics.at(-1) ?? NaN;
  const target = strategy['target-value'];
  if (target !== undefined) {
    const factor = inWords(factorOf(last, target.target), 3);
    if (action.direction === 'none') return `factor ${factor} within ${inWords(target.threshold, 6)} of 1: ${count}`;
    return count === 0
      ? `ceil(${factor}) → ${action.count}`
      : `ceil(${count} × ${inWords(last)} ÷ ${inWords(target.target)}) → ${action.count}`;
  }
  if (strategy.threshold !== undefined) {
    const { lower, upper, trigger } = strategy.threshold;
    const within = pointsWithin(metrics, strategy.threshold);
    return `${within} of ${metrics.length} points from ${inWords(lower)} to below ${inWords(upper)}, ${trigger} needed → ${action.count}`;
  }
  return strategy['fixed-value'] === undefined
    ? `passed through ${inWords(last)} → ${action.count}`
    : `fixed ${action.count}`;
}
