import type { z } from 'zod';
import type { Issue } from '../issue.ts';
import type { RandomStream } from '../random/contract.ts';
import type { TraceSeries } from '../trace/contract.ts';
import type { RateFunction } from './contract.ts';

/** What a profile may know of the scenario when it is checked. */
export interface ProfileSurroundings {
  /** s, end of the scenario */
  readonly horizon: number;
  /** Unix time of t = 0, s */
  readonly startEpoch: number;
  /** by seriesKey of their term */
  readonly traces: ReadonlyMap<string, TraceSeries>;
}

/** … and when it is compiled. */
export interface ProfileContext extends ProfileSurroundings {
  /** The stream of this profile: two profiles of one kind in a sum have two. */
  readonly random: () => RandomStream;
}

/** One shape of traffic: its configuration, and how it becomes a rate function over [0, horizon). */
export interface Profile<Config extends z.ZodType> {
  readonly config: Config;
  /** `factor`: multiplies the sum of the others instead of adding to it */
  readonly role: 'term' | 'factor';
  /** Terms may fall below zero; their sum is cut at zero. */
  compile(config: z.output<Config>, context: ProfileContext): RateFunction;
  /** How many pieces it would compile to, at most; absent for those that always have few. */
  pieces?(config: z.output<Config>, surroundings: ProfileSurroundings): number;
  /** What only shows beside horizon, start and traces; paths from the profile's own configuration. */
  check?(config: z.output<Config>, surroundings: ProfileSurroundings): Issue[];
}

/** Keeps the configuration's type, so that compile and check are typed by it. */
export function defineProfile<Config extends z.ZodType>(profile: Profile<Config>): Profile<Config> {
  return profile;
}
