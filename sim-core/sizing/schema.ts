import { z } from 'zod';
import { parseFormula } from '../expression/formula.ts';
import { nearestKey } from '../nearest-key.ts';
import { configIssue } from '../config-issue.ts';
import { amountUnits, parseAmount } from './amount.ts';
import { evaluationOrder } from './order.ts';
import { givenNames } from './given.ts';
import { lazily } from '../units/lazily.ts';

/** What formulas can ask for. */
const nameForm = /^[A-Za-z][A-Za-z0-9]*$/;

const amount = lazily(() =>
  z.union([z.number(), z.string()]).transform((input, context) => {
    const read = typeof input === 'number' ? { value: input, unit: 'number' as const } : parseAmount(input);
    if (read !== undefined) return read;
    context.addIssue(
      configIssue('bad-unit', `\`${String(input)}\` is no amount; write 12, 2500/s, 20%, 256Mi or 30d.`),
    );
    return z.NEVER;
  }),
);

const result = lazily(() =>
  z.strictObject({
    formula: z
      .string()
      .min(1)
      .describe('Arithmetic over inputs and other results: ceil(targetRate / ratePerInstance * (1 + buffer)).'),
    unit: z.enum(amountUnits).default('count').describe('What the result counts; it decides how it is printed.'),
    note: z.string().optional().describe('What it means, for whoever reads the plan.'),
  }),
);

/**
 * A sizing model: named inputs, and results worked out from them by formulas. What a planner's guide states as rules of
 * thumb is written down here, with the numbers open to change.
 */
export const sizingSchema = lazily(() =>
  z
    .strictObject({
      inputs: z.record(z.string(), amount).default({}).describe('Named amounts: 12, 2500/s, 20%, 256Mi, 30d.'),
      results: z.record(z.string(), result).describe('What is worked out, in any order.'),
    })
    .superRefine(({ inputs, results }, context) => {
      const known = [...Object.keys(inputs), ...Object.keys(results), ...givenNames];
      const report = (code: string, message: string, path: string[]): void =>
        context.addIssue(configIssue(code, message, path));
      for (const part of ['inputs', 'results'] as const) {
        for (const key of Object.keys(part === 'inputs' ? inputs : results)) {
          if (!nameForm.test(key)) {
            report('bad-name', `\`${key}\` is no name: letters and digits, such as \`ratePerInstance\`.`, [part, key]);
          }
        }
      }
      for (const key of Object.keys(results)) {
        const taken = Object.hasOwn(inputs, key) || givenNames.includes(key);
        if (taken) report('duplicate-name', `\`${key}\` is an input already. Choose another name.`, ['results', key]);
      }
      const names = new Map<string, ReadonlySet<string>>();
      for (const [key, { formula }] of Object.entries(results)) {
        const path = ['results', key, 'formula'];
        const read = parseFormula(formula);
        if ('problem' in read) {
          report('bad-formula', `${read.problem}.`, path);
          continue;
        }
        names.set(key, read.formula.names);
        for (const asked of read.formula.names) {
          if (known.includes(asked)) continue;
          const nearest = nearestKey(asked, known);
          const hint = nearest === undefined ? `There are: ${known.join(', ')}.` : `Did you mean \`${nearest}\`?`;
          report('unknown-name', `There is no input or result \`${asked}\`. ${hint}`, path);
        }
      }
      const { circle } = evaluationOrder(names);
      if (circle !== undefined) {
        const [first = ''] = circle;
        report('circular-formula', `A result rests on itself: ${[...circle, first].join(' → ')}.`, [
          'results',
          first,
          'formula',
        ]);
      }
    }),
);

export type SizingModel = z.output<typeof sizingSchema>;
