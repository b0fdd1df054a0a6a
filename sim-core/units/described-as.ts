import { z } from 'zod';

/**
 * Metadata for a schema that reads by hand what a union describes. The union is only made when a JSON Schema is asked
 * for: it says what may be written, and reading does not need it.
 *
 * @param id under which a JSON Schema describes it once, however often it is used
 */
export function describedAs(union: () => z.ZodUnion, id?: string) {
  return {
    ...(id !== undefined && { id }),
    get anyOf() {
      return z.toJSONSchema(union(), { io: 'input' }).anyOf;
    },
  };
}
