import { z } from 'zod';
import { formatDuration } from '../units/format.ts';

/** Parameters of a distribution, ready for a scenario file. */
type Shape = Readonly<Record<string, z.ZodType<number, unknown>>>;
type Values<S extends Shape> = { readonly [Key in keyof S]?: z.output<S[Key]> | undefined };

/**
 * Parameters that come in certain sets only: `{p50, p95}` or `{mean, scv}`, never both.
 *
 * @param check what is wrong with values that are each acceptable, and at which of them
 */
export function parameterSets<S extends Shape>(
  shape: S,
  sets: readonly (readonly (keyof S & string)[])[],
  check: (values: Values<S>) => { readonly at: keyof S & string; readonly message: string } | undefined,
) {
  const optional = Object.fromEntries(Object.entries(shape).map(([key, type]) => [key, type.optional()])) as {
    [Key in keyof S]: z.ZodOptional<S[Key]>;
  };
  return z
    .strictObject(optional)
    .meta({ anyOf: sets.map((set) => ({ required: [...set] })) })
    .superRefine((input, context) => {
      // An unknown key says it already.
      if (context.issues.length > 0) return;
      const values = input as Values<S>;
      const given = Object.keys(shape).filter((key) => values[key] !== undefined);
      if (!sets.some((set) => set.length === given.length && set.every((key) => given.includes(key)))) {
        const accepted = sets.map((set) => set.join(' and ')).join(', or ');
        const message = `give ${accepted}, not ${given.length === 0 ? 'nothing' : given.join(' and ')}`;
        context.addIssue({ code: 'custom', message, params: { code: 'parameter-set' } });
        return;
      }
      const trouble = check(values);
      if (trouble === undefined) return;
      context.addIssue({
        code: 'custom',
        path: [trouble.at],
        message: trouble.message,
        params: { code: 'contradictory' },
      });
    });
}

/** Squared coefficient of variation, variance ÷ mean². */
export function scv(min: number, max: number) {
  return z.number().min(min).max(max).describe(`Squared coefficient of variation, variance ÷ mean²: ${min} to ${max}.`);
}

/** `lognormal(p50 80 ms, p95 250 ms)`; durations are formatted, numbers of another kind are given as text. */
export function labelOf(family: string, parameters: Readonly<Record<string, number | string | undefined>>): string {
  const parts = Object.entries(parameters).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name} ${typeof value === 'number' ? formatDuration(value) : value}`],
  );
  return `${family}(${parts.join(', ')})`;
}

/** A dimensionless parameter for a label. */
export function plain(value: number | undefined): string | undefined {
  return value === undefined ? undefined : String(Number(value.toPrecision(6)));
}
