import { z } from 'zod';
import { configIssue } from '../../config-issue.ts';
import { lazily } from '../../units/lazily.ts';
import { duration, memory } from '../../units/schema.ts';
import { replicaCount } from '../replica-count.ts';

/** Larger sources are programs, not policies. */
const mostSource = 100_000;
/** bytes: the largest file a policy may stand in */
export const mostPolicyFile = 100_000;

/** Whether a file is one a policy may stand in, which its ending says, together with the language. */
export const isPolicyFile = (name: string): boolean => /\.m?[jt]s$/i.test(name);

const limits = lazily(() =>
  z
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
    .describe('What one evaluation may use. Counted, not timed, so that they bind alike everywhere.'),
);

export const customConfig = lazily(() =>
  z
    .strictObject({
      source: z
        .string()
        .min(1)
        .max(mostSource)
        .optional()
        .describe('`export default (observation, state, parameters) => ({replicas, reason, state})`.'),
      file: z
        .string()
        .min(1)
        .optional()
        .describe(
          'Instead of `source`: path of the file that holds it, relative to the scenario. It ends in `.ts`, `.mts`, `.js` or `.mjs`, which says the language.',
        ),
      language: z.enum(['typescript', 'javascript']).optional().describe('Of `source`. Default: `typescript`.'),
      interval: duration({ positive: true }).default(15).describe('How often it is evaluated.'),
      min: replicaCount().default(1),
      max: replicaCount().min(1),
      parameters: z
        .record(z.string(), z.union([z.number(), z.string(), z.boolean(), z.array(z.number())]))
        .default({})
        .describe('Handed to the function as they are, so that one source serves several policies.'),
      limits: limits.prefault({}),
    })
    .superRefine((value, context) => {
      if (value.min > value.max) {
        context.addIssue(
          configIssue('contradictory-bounds', `\`min\` (${value.min}) must not exceed \`max\` (${value.max}).`, [
            'min',
          ]),
        );
      }
      if ((value.source === undefined) === (value.file === undefined)) {
        const message = 'Give exactly one of `source` (the policy itself) and `file` (where it stands).';
        context.addIssue(configIssue('one-of', message));
      } else if (value.file !== undefined && !isPolicyFile(value.file)) {
        const message = `\`file\` (${value.file}) must end in .ts, .mts, .js or .mjs, which says the language.`;
        context.addIssue(configIssue('bad-value', message, ['file']));
      } else if (value.file !== undefined && value.language !== undefined) {
        const message = 'The ending of `file` says the language. Take `language` out.';
        context.addIssue(configIssue('contradictory-keys', message, ['language']));
      }
    })
    .describe('A policy of your own: a function in TypeScript or JavaScript, run in a sandbox.'),
);

/** Once the scenario is loaded, `source` is there also where it was read from `file`. */
export type CustomConfig = z.output<typeof customConfig>;
