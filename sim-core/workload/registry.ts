import { z } from 'zod';
import type { Issue } from '../issue.ts';
import type { RandomStream } from '../random/contract.ts';
import type { ArrivalConfig } from './arrival-config.ts';
import type { RateFunction } from './contract.ts';
import { grow, growthPieces } from './growth.ts';
import type { BatchConfig } from './processes/batch.ts';
import type { Profile, ProfileSurroundings } from './profile.ts';
import { burst } from './profiles/burst.ts';
import { constant } from './profiles/constant.ts';
import { noise } from './profiles/noise.ts';
import { ramp } from './profiles/ramp.ts';
import { sinusoid } from './profiles/sinusoid.ts';
import { spike } from './profiles/spike.ts';
import { step } from './profiles/step.ts';
import { trace } from './profiles/trace.ts';
import { weekly } from './profiles/weekly.ts';
import { add, clipAtZero, combine, constantRate, maxPieces, scale } from './rate-function.ts';
import { lazily } from '../units/lazily.ts';

/** Every rate profile. A new one is a file under profiles/ and a line here. */
const profiles = { constant, step, ramp, sinusoid, spike, weekly, burst, noise, trace };

export type ProfileName = keyof typeof profiles;
export const profileNames = Object.keys(profiles) as readonly ProfileName[];

const optionalConfigs = () =>
  Object.fromEntries(Object.entries(profiles).map(([name, { config }]) => [name, config.optional()])) as {
    [Name in ProfileName]: z.ZodOptional<(typeof profiles)[Name]['config']>;
  };

/** One term of `workload.sum`: exactly one key names the profile and carries its configuration. */
export const rateTerm = lazily(() =>
  z
    .strictObject(optionalConfigs())
    .superRefine((term, context) => {
      // An unknown key says it already.
      if (context.issues.length > 0) return;
      const given = profileNames.filter((name) => term[name] !== undefined);
      if (given.length === 1) return;
      const message =
        given.length === 0
          ? `Give one rate profile: ${profileNames.join(', ')}.`
          : `A term of the sum is one profile; this one has ${given.join(' and ')}. Put a dash before each, so that they are terms of their own.`;
      context.addIssue({ code: 'custom', message, params: { code: 'one-of' } });
    })
    .meta({ minProperties: 1, maxProperties: 1, description: 'One rate profile.' }),
);

export type RateTerm = z.output<typeof rateTerm>;

/** The workload of a scenario, as parsed. */
export interface Workload {
  readonly arrivals: ArrivalConfig;
  /** requests that come together */
  readonly batch?: BatchConfig | undefined;
  readonly sum: readonly RateTerm[];
  readonly scale: number;
  readonly growth?: { readonly perYear: number } | undefined;
}

export interface RateContext extends ProfileSurroundings {
  /** The random stream of this replication with a name of its own. */
  readonly stream: (name: string) => RandomStream;
}

/** A term's profile, its configuration, and how many terms of the same kind come before it. */
interface Term {
  readonly name: ProfileName;
  readonly profile: Profile<z.ZodType>;
  readonly config: unknown;
  readonly ordinal: number;
}

function termsOf(sum: readonly RateTerm[]): Term[] {
  const seen = new Map<ProfileName, number>();
  return sum.map((term) => {
    const name = profileNames.find((candidate) => term[candidate] !== undefined);
    if (name === undefined) throw new Error('A term without a profile was not parsed.');
    const ordinal = seen.get(name) ?? 0;
    seen.set(name, ordinal + 1);
    return { name, profile: profiles[name] as unknown as Profile<z.ZodType>, config: term[name], ordinal };
  });
}

/** The profile a term names. */
export function profileNameOf(term: RateTerm): ProfileName {
  return termsOf([term])[0]!.name;
}

/**
 * What only shows once horizon, start and traces are known: a part outside its trace, a trace that ends too early,
 * gaps left open, shapes finer than any run can follow. Paths from the workload.
 */
export function checkWorkload(workload: Workload, surroundings: ProfileSurroundings): Issue[] {
  const issues: Issue[] = [];
  let pieces = workload.growth === undefined ? 0 : growthPieces(workload.growth.perYear, surroundings.horizon);
  let finest: { readonly index: number; readonly name: ProfileName; readonly pieces: number } | undefined;
  for (const [index, { name, profile, config }] of termsOf(workload.sum).entries()) {
    const path = ['sum', index, name];
    issues.push(
      ...(profile.check?.(config, surroundings) ?? []).map((issue) => ({ ...issue, path: [...path, ...issue.path] })),
    );
    const own = profile.pieces?.(config, surroundings) ?? 4;
    pieces += own;
    if (own > (finest?.pieces ?? 0)) finest = { index, name, pieces: own };
  }
  if (pieces > maxPieces && finest !== undefined) {
    issues.push({
      code: 'workload-too-fine',
      severity: 'error',
      path: ['sum', finest.index, finest.name],
      message: `Over this horizon the profile has about ${finest.pieces.toPrecision(2)} pieces; ${maxPieces / 1e6} million are possible. Shorten \`horizon\`, or make the profile change less often.`,
    });
  }
  return issues;
}

/**
 * The arrival rate λ(t) of a workload over [0, horizon): the sum of its terms, cut at zero, times the factors (noise),
 * times `scale`, with compound growth.
 *
 * @throws when a trace has not been loaded; see checkWorkload for all that a person can get wrong
 */
export function compileRate(workload: Workload, context: RateContext): RateFunction {
  let sum = constantRate(0, context.horizon);
  const factors: RateFunction[] = [];
  for (const { name, profile, config, ordinal } of termsOf(workload.sum)) {
    const random = (): RandomStream => context.stream(ordinal === 0 ? name : `${name} ${ordinal + 1}`);
    const rate = profile.compile(config, { ...context, random });
    if (profile.role === 'factor') factors.push(rate);
    else sum = add(sum, rate);
  }
  let rate = clipAtZero(sum);
  // Factors are constant on each piece, so the product is still made of straight lines.
  for (const factor of factors) rate = combine(rate, factor, (r, f) => r * f);
  rate = scale(rate, workload.scale);
  return workload.growth === undefined ? rate : grow(rate, workload.growth.perYear);
}
