import type { RandomStream, Sampler } from '../../random/contract.ts';
import { exponentialSampler } from '../../random/ziggurat.ts';

/** Increments of a Poisson process: exponential, mean 1. Requests of many people who know nothing of each other. */
export function poissonIncrements(stream: RandomStream): Sampler {
  return exponentialSampler(stream);
}
