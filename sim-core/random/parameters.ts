import { z } from 'zod';
import { formatDuration } from '../units/format.ts';
import { quantileNames, quantilePair } from './quantile-names.ts';
import type { NamedQuantile, QuantileName, Quantiles } from './quantile-names.ts';

/** Parameters of a distribution, ready for a scenario file. */
type Shape = Readonly<Record<string, z.ZodType>>;
type Values<S extends Shape> = { readonly [Key in keyof S]?: z.output<S[Key]> | undefined };

/** Keys that belong together: these, and beside them so many quantiles of any level. */
type ParameterSet<Key extends string> = readonly Key[] | { readonly quantiles: 1 | 2; readonly with?: readonly Key[] };

interface Trouble<Key extends string> {
  readonly at: Key;
  readonly message: string;
}

/**
 * Parameters that come in certain sets only: `{p50, p95}` or `{mean, scv}`, never both.
 *
 * @param check what is wrong with values that are each acceptable, and at which of them; quantiles are in order by then
 */
export function parameterSets<S extends Shape>(
  shape: S,
  sets: readonly ParameterSet<keyof S & string>[],
  check: (values: Values<S>) => Trouble<keyof S & string> | undefined = () => undefined,
) {
  type Key = keyof S & string;
  const optional = Object.fromEntries(Object.entries(shape).map(([key, type]) => [key, type.optional()])) as {
    [Name in keyof S]: z.ZodOptional<S[Name]>;
  };
  const wanted = sets.map((set) =>
    'quantiles' in set ? { keys: set.with ?? [], quantiles: set.quantiles } : { keys: set, quantiles: 0 },
  );
  return z
    .strictObject(optional)
    .meta({
      anyOf: wanted.map(({ keys, quantiles }) => ({
        required: [...keys],
        ...(quantiles > 0 && {
          minProperties: keys.length + quantiles,
          propertyNames: { enum: [...keys, ...quantileNames] },
        }),
      })),
    })
    .superRefine((input, context) => {
      // An unknown key says it already.
      if (context.issues.length > 0) return;
      const values = input as Values<S>;
      const given = Object.keys(shape).filter((key) => values[key] !== undefined) as Key[];
      const fits = ({ keys, quantiles }: (typeof wanted)[number]): boolean =>
        keys.length + quantiles === given.length &&
        keys.every((key) => given.includes(key)) &&
        (quantiles === 0 || given.every((key) => keys.includes(key) || isQuantile(key)));
      if (!wanted.some(fits)) {
        const message = `give ${wanted.map(wording).join(', or ')}, not ${given.length === 0 ? 'nothing' : given.join(' and ')}`;
        context.addIssue({ code: 'custom', message, params: { code: 'parameter-set' } });
        return;
      }
      const trouble = disorder(values) ?? check(values);
      if (trouble === undefined) return;
      context.addIssue({
        code: 'custom',
        path: [trouble.at],
        message: trouble.message,
        params: { code: 'contradictory' },
      });
    });
}

const isQuantile = (key: string): boolean => (quantileNames as readonly string[]).includes(key);

function wording({ keys, quantiles }: { readonly keys: readonly string[]; readonly quantiles: number }): string {
  const some = ['', 'one quantile such as p95', 'two quantiles such as p50 and p95'][quantiles]!;
  return [...keys, ...(some === '' ? [] : [some])].join(' and ');
}

function disorder(values: Quantiles): Trouble<QuantileName> | undefined {
  const pair = quantilePair(values);
  if (pair === undefined || pair[1].value > pair[0].value) return undefined;
  return { at: pair[1].name, message: `${pair[1].name} must be above ${pair[0].name}` };
}

/** What is wrong with the ratio of two quantiles of which a family admits only some. */
export function ratioTrouble(
  [low, high]: readonly [NamedQuantile, NamedQuantile],
  least: { readonly ratio: number; readonly because: string },
  most: { readonly ratio: number; readonly because: string },
): Trouble<QuantileName> | undefined {
  const ratio = high.value / low.value;
  const message = (word: string, limit: number, because: string): string =>
    `${high.name} must be ${word} ${plain(limit)} times ${low.name}${because}`;
  if (ratio < least.ratio) return { at: high.name, message: message('at least', least.ratio, least.because) };
  if (ratio > most.ratio) return { at: high.name, message: message('at most', most.ratio, most.because) };
  return undefined;
}

/** Squared coefficient of variation, variance ÷ mean². */
export function scv(min: number, max: number) {
  return z
    .number()
    .min(min)
    .max(max)
    .describe(`Squared coefficient of variation, variance ÷ mean²: ${plain(min)} to ${plain(max)}.`);
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
