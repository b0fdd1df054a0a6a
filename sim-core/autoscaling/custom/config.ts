import { z } from 'zod';
import { configIssue } from '../../config-issue.ts';
import { duration, memory } from '../../units/schema.ts';
import { replicaCount } from '../replica-count.ts';

/** Larger sources are programs, not policies. */
const mostSource = 100_000;

const limits = z
  .strictObject({
    steps: z
      .int()
      .min(10_000)
      .max(10_000_000)
      .default(100_000)
      .describe('Calls and rounds of loops of one evaluation, counted by the ten thousand.'),
    memory: memory()
      .pipe(z.number().min(262_144).max(67_108_864))
      .prefault('1Mi')
      .describe('What all its data may take, from 256Ki to 64Mi.'),
    stack: memory()
      .pipe(z.number().min(16_384).max(262_144))
      .prefault('128Ki')
      .describe('How deep its calls may go, from 16Ki to 256Ki.'),
  })
  .prefault({})
  .describe('What one evaluation may use. Counted, not timed, so that they bind alike everywhere.');

export const customConfig = z
  .strictObject({
    source: z
      .string()
      .min(1)
      .max(mostSource)
      .describe('`export default (observation, state, parameters) => ({replicas, reason, state})`.'),
    language: z.enum(['typescript', 'javascript']).default('typescript'),
    interval: duration({ positive: true }).default(15).describe('How often it is evaluated.'),
    min: replicaCount().default(1),
    max: replicaCount().min(1),
    parameters: z
      .record(z.string(), z.union([z.number(), z.string(), z.boolean(), z.array(z.number())]))
      .default({})
      .describe('Handed to the function as they are, so that one source serves several policies.'),
    limits,
  })
  .superRefine((value, context) => {
    if (value.min > value.max) {
      context.addIssue(
        configIssue('contradictory-bounds', `\`min\` (${value.min}) must not exceed \`max\` (${value.max}).`, ['min']),
      );
    }
  })
  .describe('A policy of your own: a function in TypeScript or JavaScript, run in a sandbox.');

export type CustomConfig = z.output<typeof customConfig>;
