import { z } from 'zod';
import { lazily } from '../units/lazily.ts';
import { duration } from '../units/schema.ts';
import { parseAmount } from '../sizing/amount.ts';
import { configIssue } from '../config-issue.ts';
import { signalNames, signals } from './signals.ts';

const threshold = lazily(() => z.union([z.number(), z.string()]).meta({ examples: ['70%', '1s', '150/s', 100] }));

/** What a threshold of each quantity is written as. */
const examples = { share: '70%', duration: '1s', rate: '150/s', count: '100' };

const rule = lazily(() =>
  z
    .strictObject({
      name: z.string().min(1).max(80),
      metric: z.enum(signalNames).describe('What is watched.'),
      above: threshold.optional().describe('The condition holds while the metric is above this.'),
      below: threshold.optional().describe('The condition holds while the metric is below this.'),
      over: duration({ positive: true })
        .optional()
        .describe('The metric is averaged over this long. Default: one row of the result; with `growthIn`, a day.'),
      growthIn: duration({ positive: true })
        .optional()
        .describe('Watch the growth of the metric against this long ago instead of its value: above: 20% in 7d.'),
      for: duration().default(0).describe('The alert fires once the condition has held this long.'),
      keepFiringFor: duration().default(0).describe('It fires on for this long after the condition last held.'),
      severity: z.enum(['info', 'warning', 'critical']).default('warning'),
    })
    .transform((input, context) => {
      const { above, below, ...rest } = input;
      const quantity = rest.growthIn === undefined ? signals[rest.metric].quantity : 'share';
      const report = (code: string, message: string, path: string[]): void =>
        context.addIssue(configIssue(code, message, path));
      if ((above === undefined) === (below === undefined)) {
        report(
          above === undefined ? 'missing-key' : 'contradictory-keys',
          'Give one of `above` and `below`.',
          above === undefined ? [] : ['below'],
        );
        return z.NEVER;
      }
      const side = above === undefined ? 'below' : 'above';
      const given = above ?? below!;
      const amount = typeof given === 'number' ? { value: given, unit: 'number' } : parseAmount(given);
      if (amount === undefined || (amount.unit !== 'number' && amount.unit !== quantity)) {
        report(
          'bad-unit',
          `\`${given}\` is no threshold for \`${rest.metric}\`; write one such as ${examples[quantity]}.`,
          [side],
        );
        return z.NEVER;
      }
      return { ...rest, side: side as 'above' | 'below', threshold: amount.value };
    }),
);

/** Alert rules that are put to the simulated metrics, as Prometheus would evaluate them. */
export const alertsSchema = lazily(() =>
  z.strictObject({
    runbook: z
      .boolean()
      .default(false)
      .describe(
        'Adds a runbook’s usual rules: CPU > 70% for 10m and > 85% for 5m, p95 > 1s, errors > 2% for 5m, 20% growth in 7d.',
      ),
    rules: z.array(rule).max(200).default([]),
    within: duration({ positive: true })
      .default(3600)
      .describe('A firing that ends longer than this before the objectives are missed is a false alarm.'),
  }),
);

export type AlertsConfig = z.output<typeof alertsSchema>;
export type AlertRule = AlertsConfig['rules'][number];
