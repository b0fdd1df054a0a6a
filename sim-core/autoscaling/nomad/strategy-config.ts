import { z } from 'zod';
import { configIssue } from '../../config-issue.ts';
import { numericText } from '../numeric-text.ts';
import { mostReplicas } from '../replica-count.ts';
import { lazily } from '../../units/lazily.ts';

const count = lazily(() => numericText({ least: 0, most: mostReplicas, whole: true }));
const caps = {
  max_scale_up: count.nullish().describe('Replicas one step may add.'),
  max_scale_down: count.nullish().describe('Replicas one step may remove.'),
};
const infinite = (value: number | null | undefined): number => value ?? Infinity;

/** The strategy of a check, with the keys of its plugin; what is null counts as left out. */
export const strategyConfig = lazily(() =>
  z
    .strictObject({
      'target-value': z
        .strictObject({
          target: numericText(),
          threshold: numericText({ least: 0 }).nullish().describe('Dead zone around the target. Default: 0.01.'),
          ...caps,
        })
        .transform(({ target, threshold, max_scale_up, max_scale_down }) => ({
          target,
          threshold: threshold ?? 0.01,
          maxScaleUp: infinite(max_scale_up),
          maxScaleDown: infinite(max_scale_down),
        }))
        .optional(),
      threshold: z
        .strictObject({
          lower_bound: numericText().nullish().describe('Inclusive.'),
          upper_bound: numericText().nullish().describe('Exclusive.'),
          delta: numericText({ whole: true }).nullish(),
          percentage: numericText().nullish(),
          value: count.nullish(),
          within_bounds_trigger: numericText({ whole: true }).nullish().describe('Default: 5 data points.'),
        })
        .transform((given, context) => {
          const { delta, percentage, value } = given;
          if ((given.lower_bound ?? null) === null && (given.upper_bound ?? null) === null) {
            context.addIssue(configIssue('missing-key', 'Give `lower_bound`, `upper_bound` or both.'));
          }
          const changes = [delta, percentage, value].filter((each) => each !== null && each !== undefined);
          if (changes.length !== 1) {
            context.addIssue(
              configIssue(
                changes.length === 0 ? 'missing-key' : 'contradictory-keys',
                'Give exactly one of `delta`, `percentage` and `value`.',
              ),
            );
            return z.NEVER;
          }
          return {
            lower: given.lower_bound ?? -Infinity,
            upper: infinite(given.upper_bound),
            trigger: given.within_bounds_trigger ?? 5,
            change:
              typeof delta === 'number'
                ? { delta }
                : typeof percentage === 'number'
                  ? { percentage }
                  : { value: value ?? NaN },
          };
        })
        .optional(),
      'pass-through': z
        .strictObject(caps)
        .transform((given) => ({
          maxScaleUp: infinite(given.max_scale_up),
          maxScaleDown: infinite(given.max_scale_down),
        }))
        .optional(),
      'fixed-value': z.strictObject({ value: count }).optional(),
    })
    .superRefine((given, context) => {
      const names = Object.entries(given).filter(([, each]) => each !== undefined);
      if (names.length === 1 || context.issues.length > 0) return;
      context.addIssue(
        configIssue(
          names.length === 0 ? 'missing-key' : 'contradictory-keys',
          'Give exactly one strategy: target-value, threshold, pass-through or fixed-value.',
        ),
      );
    }),
);

export type StrategyConfig = z.output<typeof strategyConfig>;
