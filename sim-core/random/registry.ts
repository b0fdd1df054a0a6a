import { z } from 'zod';
import { describedAs } from '../units/described-as.ts';
import { lazily } from '../units/lazily.ts';
import { duration } from '../units/schema.ts';
import type { Distribution } from './contract.ts';
import { boundedPareto, boundedParetoParameters } from './distributions/bounded-pareto.ts';
import { deterministic, deterministicParameters } from './distributions/deterministic.ts';
import { empirical, empiricalParameters } from './distributions/empirical.ts';
import { erlang, erlangParameters } from './distributions/erlang.ts';
import { exponential, exponentialParameters } from './distributions/exponential.ts';
import { gamma, gammaParameters } from './distributions/gamma.ts';
import { histogram, histogramParameters } from './distributions/histogram.ts';
import { hyperexponential, hyperexponentialParameters } from './distributions/hyperexponential.ts';
import { lognormal, lognormalParameters } from './distributions/lognormal.ts';
import { mixture, mixtureParameters } from './distributions/mixture.ts';
import { pareto, paretoParameters } from './distributions/pareto.ts';
import { uniform, uniformParameters } from './distributions/uniform.ts';
import { weibull, weibullParameters } from './distributions/weibull.ts';

const family = <Parameters extends z.ZodType>(
  parameters: Parameters,
  create: (values: z.output<Parameters>) => Distribution,
) => ({ parameters, create });

/** Every family by the key that names it in a scenario file: a new one is one file and one line here. */
const simple = {
  deterministic: family(deterministicParameters, deterministic),
  exponential: family(exponentialParameters, exponential),
  lognormal: family(lognormalParameters, lognormal),
  gamma: family(gammaParameters, gamma),
  erlang: family(erlangParameters, erlang),
  hyperexponential: family(hyperexponentialParameters, hyperexponential),
  weibull: family(weibullParameters, weibull),
  pareto: family(paretoParameters, pareto),
  boundedPareto: family(boundedParetoParameters, boundedPareto),
  uniform: family(uniformParameters, uniform),
  empirical: family(empiricalParameters, empirical),
  histogram: family(histogramParameters, histogram),
};

interface Family {
  readonly parameters: z.ZodType;
  readonly create: (values: never) => Distribution;
}
type Families = Readonly<Record<string, Family>>;
type Config<F extends Families> = { readonly [Name in keyof F]?: z.output<F[Name]['parameters']> | undefined };
type Input<F extends Families> = { readonly [Name in keyof F]?: z.input<F[Name]['parameters']> | undefined };

const constant = lazily(() => duration());

/**
 * A distribution in a scenario file: a duration, which is always that, or an object with one key that names the family.
 * Which of the two is meant is plain from the input, so that only its own issues are reported, each with its path; a
 * union would report both readings.
 *
 * @param id under which a JSON Schema describes it once, however often it is used
 */
function oneOf<F extends Families & { readonly deterministic: Family }>(families: F, id?: string) {
  const names = Object.keys(families);
  const familySchema = lazily(() =>
    z
      .strictObject(Object.fromEntries(names.map((name) => [name, families[name]!.parameters.optional()])))
      .meta({ minProperties: 1, maxProperties: 1 })
      .superRefine((config, context) => {
        // An unknown key says it already.
        if (context.issues.length > 0) return;
        const given = names.filter((name) => config[name] !== undefined);
        if (given.length === 1) return;
        const message =
          given.length === 0
            ? `name a distribution: ${names.join(', ')}`
            : `give one distribution, not ${given.join(' and ')}`;
        context.addIssue({ code: 'custom', message, params: { code: 'one-of' } });
      }),
  );
  return z
    .unknown()
    .meta(describedAs(() => z.union([constant, familySchema]), id))
    .transform((input, context): unknown => {
      if (typeof input === 'object' && input !== null && !Array.isArray(input)) {
        const result = familySchema.safeParse(input);
        if (result.success) return result.data;
        for (const issue of result.error.issues) context.addIssue({ ...issue });
        return z.NEVER;
      }
      if (typeof input === 'string' || typeof input === 'number') {
        const result = constant.safeParse(input);
        if (result.success) return { deterministic: { value: result.data } };
        for (const issue of result.error.issues) context.addIssue({ ...issue });
        return z.NEVER;
      }
      const given =
        input === undefined
          ? 'a distribution is missing'
          : `${Array.isArray(input) ? 'a list' : String(input)} is not a distribution`;
      context.addIssue({
        code: 'custom',
        input,
        message: `${given}; write 60s, or {lognormal: {p50: 80ms, p95: 250ms}}`,
        params: { code: 'bad-unit' },
      });
      return z.NEVER;
    }) as unknown as z.ZodType<Config<F>, z.input<typeof constant> | Input<F>>;
}

/** Distributions built, by the very object that describes them, so that replications share their tables. */
const built = new WeakMap<object, Distribution>();

function create<F extends Families>(families: F, config: Config<F>): Distribution {
  const known = built.get(config);
  if (known !== undefined) return known;
  const name = Object.keys(families).find((key) => config[key] !== undefined);
  if (name === undefined) throw new RangeError('a distribution needs a family');
  const distribution = families[name]!.create(config[name] as never);
  built.set(config, distribution);
  return distribution;
}

const component = lazily(() => oneOf(simple));

const families = {
  ...simple,
  mixture: family(mixtureParameters(component), (parts) =>
    mixture(parts.map(({ weight, of }) => ({ weight, of: create(simple, of) }))),
  ),
};

/** A distribution as read: one family and its parameters, in s. */
export type DistributionConfig = Config<typeof families>;
export const distributionConfig = lazily(() => oneOf(families, 'Distribution'));

/**
 * @param config as read from a scenario, not to be changed afterwards; a number is always that many seconds
 * @throws RangeError when no family is named, which distributionConfig refuses
 */
export function createDistribution(config: DistributionConfig | number): Distribution {
  return typeof config === 'number' ? deterministic({ value: config }) : create(families, config);
}
