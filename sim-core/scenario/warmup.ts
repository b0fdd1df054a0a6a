import { z } from 'zod';
import { describedAs } from '../units/described-as.ts';
import { lazily } from '../units/lazily.ts';
import { duration } from '../units/schema.ts';

const fixed = lazily(() => duration());

/** A duration, or `auto`: then the runs themselves say when the start is forgotten. */
export const warmupConfig = lazily(
  () =>
    z
      .unknown()
      .meta(describedAs(() => z.union([automatic(), fixed])))
      .transform((input, context): number | 'auto' => {
        if (input === 'auto') return 'auto';
        const result = fixed.safeParse(input);
        if (result.success) return result.data;
        for (const issue of result.error.issues) context.addIssue({ ...issue });
        return z.NEVER;
      }) as unknown as z.ZodType<number | 'auto', z.input<typeof fixed>>,
);

const automatic = () => z.literal('auto').meta({ description: 'By MSER-5, from the recorded number in system.' });
