import { z } from 'zod';
import { duration } from '../units/schema.ts';

const fixed = duration();
const automatic = z.literal('auto').meta({ description: 'By MSER-5, from the recorded number in system.' });
const { $schema: _, ...jsonSchema } = z.toJSONSchema(z.union([automatic, fixed]), { io: 'input' });

/** A duration, or `auto`: then the runs themselves say when the start is forgotten. */
export const warmupConfig = z
  .unknown()
  .meta(jsonSchema)
  .transform((input, context): number | 'auto' => {
    if (input === 'auto') return 'auto';
    const result = fixed.safeParse(input);
    if (result.success) return result.data;
    for (const issue of result.error.issues) context.addIssue({ ...issue });
    return z.NEVER;
  }) as unknown as z.ZodType<number | 'auto', z.input<typeof fixed>>;
