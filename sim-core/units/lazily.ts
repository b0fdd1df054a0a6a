import { z } from 'zod';

/**
 * A schema that is made when something is first read by it. A scenario is read by a few of the schemas there are, and a
 * worker, which is handed what was read, next to none.
 *
 * Zod's own `lazy` is made as soon as the object around it is read, which wants to know which of its keys may be absent. What
 * is made here may not, so that question is answered beforehand: `.optional()` and `.default()` go around it.
 *
 * @throws Error, when it is made, for a schema that takes undefined
 */
export function lazily<Schema extends z.ZodType>(make: () => Schema): z.ZodLazy<Schema> {
  const schema = z.lazy(() => {
    const made = make();
    if (made._zod.optin !== undefined) throw new Error('A schema made lazily cannot be optional: put that around it.');
    return made;
  });
  Object.defineProperties(schema._zod, { optin: { value: undefined }, optout: { value: undefined } });
  return schema;
}
