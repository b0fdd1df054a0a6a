import { z } from 'zod';
import { mmppConfig } from './processes/mmpp.ts';
import { selfSimilarConfig } from './processes/self-similar.ts';
import { lazily } from '../units/lazily.ts';

const kinds = lazily(() =>
  z
    .strictObject({
      renewal: z
        .strictObject({ scv: z.number().min(0).max(100) })
        .optional()
        .describe('Gaps with a given squared coefficient of variation, one like the other.'),
      mmpp: mmppConfig.optional(),
      selfSimilar: selfSimilarConfig.optional(),
    })
    .superRefine((config, context) => {
      // An unknown key says it already.
      if (context.issues.length > 0) return;
      const given = Object.entries(config).flatMap(([kind, value]) => (value === undefined ? [] : [kind]));
      if (given.length === 1) return;
      const message = `give one of renewal, mmpp, selfSimilar, not ${given.length === 0 ? 'nothing' : given.join(' and ')}`;
      context.addIssue({ code: 'custom', message, params: { code: 'one-of' } });
    })
    .meta({ minProperties: 1, maxProperties: 1 }),
);

/** How requests fall around the rate. */
export const arrivalConfig = lazily(() => z.union([z.enum(['poisson', 'deterministic', 'exact']), kinds]));
export type ArrivalConfig = z.output<typeof arrivalConfig>;
