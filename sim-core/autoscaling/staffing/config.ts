import { z } from 'zod';
import { configIssue } from '../../config-issue.ts';
import { lazily } from '../../units/lazily.ts';
import { duration, fraction } from '../../units/schema.ts';
import { replicaCount } from '../replica-count.ts';

const probability = lazily(() => fraction({ max: 1 }).pipe(z.number().positive().lt(1)));

/** Exactly one of what servers can be counted for. */
const target = lazily(() =>
  z
    .strictObject({
      delayProbability: probability.optional().describe('Share of requests that wait at all.'),
      meanWait: duration({ positive: true }).optional().describe('Mean time spent waiting.'),
      p50: duration({ positive: true }).optional(),
      p95: duration({ positive: true }).optional().describe('Latency, waiting and service, that 95 % stay below.'),
      p99: duration({ positive: true }).optional(),
    })
    .superRefine((value, context) => {
      if (Object.values(value).filter((given) => given !== undefined).length !== 1) {
        const message = 'Give exactly one of `delayProbability`, `meanWait`, `p50`, `p95`, `p99`.';
        context.addIssue(configIssue('contradictory-keys', message));
      }
    }),
);

export const staffingConfig = lazily(() =>
  z
    .strictObject({
      rule: z
        .enum(['square-root', 'mmc', 'mgc'])
        .describe(
          'square-root: a + β√a servers for a load of a. mmc, mgc: the smallest number for which M/M/c, or M/G/c, meets the target.',
        ),
      beta: z
        .number()
        .min(0)
        .max(10)
        .optional()
        .describe('Of the square root; instead of `target: {delayProbability}`. 0.5 is lean, 2 is generous.'),
      target: target.optional().describe('Default with mmc and mgc: the latency objective of the scenario.'),
      interval: duration({ positive: true }).default(30).describe('How often it is evaluated.'),
      min: replicaCount().default(1),
      max: replicaCount().min(1),
    })
    .superRefine((value, context) => {
      const { rule, beta, min, max } = value;
      if (min > max) {
        context.addIssue(
          configIssue('contradictory-bounds', `\`min\` (${min}) must not exceed \`max\` (${max}).`, ['min']),
        );
      }
      const probability = value.target?.delayProbability;
      if (rule === 'square-root' && (beta === undefined) === (probability === undefined)) {
        const message = 'The square-root rule needs `beta`, or `target: {delayProbability: …}`, not both.';
        context.addIssue(configIssue(beta === undefined ? 'missing-key' : 'contradictory-keys', message, ['beta']));
      }
      if (rule !== 'square-root' && beta !== undefined) {
        context.addIssue(
          configIssue('contradictory-keys', '`beta` belongs to `rule: square-root`; remove it.', ['beta']),
        );
      }
    })
    .describe('Staffs for the load seen now by a queueing model.'),
);

export type StaffingConfig = z.output<typeof staffingConfig>;
