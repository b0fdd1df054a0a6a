import { z } from 'zod';
import { forecastConfig } from '../../forecast/registry.ts';
import { lazily } from '../../units/lazily.ts';
import { duration, fraction } from '../../units/schema.ts';
import { configIssue } from '../../config-issue.ts';
import { replicaCount } from '../replica-count.ts';
import { timeZoneName } from '../../time-zone-name.ts';
import { cronText, moment } from '../scheduled/clock.ts';

const perDirection = <T extends z.ZodType>(value: T) =>
  z.strictObject({ up: value.optional(), down: value.optional() });

/** A share that cannot be zero. */
const positiveShare = (max: number) => fraction({ max }).pipe(z.number().positive());

const deadZone = lazily(() =>
  z
    .strictObject({
      replicas: replicaCount().min(1).optional().describe('A change of fewer replicas is not made.'),
      share: positiveShare(10).optional().describe('A change of less than this share of the count is not made.'),
    })
    .superRefine(atLeastOneOf('replicas', 'share')),
);

const gradualScaleDown = lazily(() =>
  z
    .strictObject({
      replicas: replicaCount().min(1).optional().describe('Replicas one step removes at most.'),
      share: positiveShare(1)
        .optional()
        .describe('Share of the count one step removes at most, rounded down, but at least one replica.'),
      period: duration({ positive: true }).describe('After any shrinking, none for this long.'),
    })
    .superRefine(atLeastOneOf('replicas', 'share')),
);

const holdBeforeRise = lazily(() =>
  z.strictObject({
    forecast: forecastConfig
      .default('holt-winters')
      .describe('How the arrival rate is extrapolated; one with a trend or a season, since a flat one sees no rise.'),
    horizon: duration({ positive: true }).default(900).describe('How far ahead a rise is looked for.'),
    rise: positiveShare(100)
      .default(0.05)
      .describe('Growth over the next value of the forecast that counts as a rise.'),
    interval: duration({ positive: true })
      .default(60)
      .describe('How often the forecast takes in the rate, rounded to whole evaluations.'),
  }),
);

const freezeWindow = lazily(() =>
  z
    .strictObject({
      cron: cronText.optional().describe('When a window begins that comes back: `0 18 * * 5`.'),
      from: moment
        .optional()
        .describe('When a window begins that comes once: a time after the start (`2h`) or a date.'),
      for: duration({ positive: true }).describe('How long it lasts.'),
    })
    .superRefine((value, context) => {
      if ((value.cron === undefined) === (value.from === undefined)) {
        context.addIssue(configIssue('contradictory-keys', 'Give either `cron` or `from`, not both and not neither.'));
      }
    }),
);

const freeze = lazily(() =>
  z.strictObject({
    timezone: timeZoneName
      .default('UTC')
      .describe('Whose clocks the cron fields mean: `Europe/Berlin`, `UTC`, or an offset (`+02:00`).'),
    growth: z.boolean().default(false).describe('Whether growing stays allowed within the windows.'),
    windows: z.array(freezeWindow).min(1).max(1000),
  }),
);

const approval = lazily(() =>
  z.strictObject({
    above: replicaCount().describe('Replicas a change may add or remove without anybody asked.'),
    after: z
      .union([duration(), z.literal('never')])
      .describe('How long somebody takes to approve a larger change; never: it is refused.'),
  }),
);

/** Guards of a policy as the scenario states them; each is optional. */
export const guardsConfig = lazily(() =>
  z.strictObject({
    deadZone: deadZone.optional().describe('Small changes are not worth making.'),
    hysteresis: z
      .strictObject({ up: fraction({ max: 10 }), down: fraction({ max: 10 }) })
      .optional()
      .describe('Grow only at or above `up`, shrink only at or below `down` CPU utilisation.'),
    holdBeforeRise: holdBeforeRise.optional().describe('No shrinking while a forecast sees the arrival rate rise.'),
    maxStep: perDirection(replicaCount().min(1)).optional().describe('Replicas one decision may add or remove.'),
    gradualScaleDown: gradualScaleDown.optional().describe('Shrinking in small steps, one a period.'),
    approval: approval.optional().describe('Changes above a size wait for somebody to approve them.'),
    cooldown: perDirection(duration())
      .optional()
      .describe('No further action in a direction for this long after any action.'),
    freeze: freeze.optional().describe('Windows of the calendar in which nothing is changed.'),
    bounds: z.strictObject({ min: replicaCount().optional(), max: replicaCount().optional() }).optional(),
    budget: z
      .strictObject({ perHour: z.number().positive() })
      .optional()
      .describe('Replicas are capped so that their hourly price stays within this.'),
  }),
);

export type GuardsConfig = z.output<typeof guardsConfig>;

function atLeastOneOf<First extends string, Second extends string>(first: First, second: Second) {
  return (value: { readonly [key in First | Second]?: unknown }, context: z.RefinementCtx): void => {
    if (value[first] !== undefined || value[second] !== undefined) return;
    context.addIssue(configIssue('missing-key', `Give \`${first}\`, \`${second}\`, or both.`));
  };
}
