import { z } from 'zod';

/**
 * A value that is one of two quantities, told apart by how it is written, so that only the issues of the one meant are
 * reported; a union would report both readings.
 */
export function eitherQuantity<Yes, No>(
  isFirst: (text: string) => boolean,
  { yes, no }: { readonly yes: z.ZodType<Yes>; readonly no: z.ZodType<No> },
) {
  return z.union([z.string(), z.number()]).transform((input, context): Yes | No => {
    const result = isFirst(String(input).trim()) ? yes.safeParse(input) : no.safeParse(input);
    if (result.success) return result.data;
    for (const issue of result.error.issues) context.addIssue({ ...issue });
    return z.NEVER;
  });
}
