import { z } from 'zod';
import type { RandomStream, Sampler } from '../../random/contract.ts';
import { createDistribution } from '../../random/registry.ts';
import { lazily } from '../../units/lazily.ts';
import { pow } from '../../units/math.ts';
import { duration } from '../../units/schema.ts';
import type { Modulation } from './modulation.ts';

/** `selfSimilar: {hurst: 0.8, sources: 20, meanOn: 1s, meanOff: 4s}` */
export const selfSimilarConfig = lazily(() =>
  z
    .strictObject({
      hurst: z
        .number()
        .min(0.55)
        .max(0.95)
        .default(0.8)
        .describe('Hurst parameter: 0.5 would be memoryless, towards 1 spells of every length.'),
      sources: z.int().min(1).max(500).default(20).describe('Independent sources: few make high bursts.'),
      meanOn: duration({ positive: true }).default(1).describe('How long a source sends on average.'),
      meanOff: duration({ positive: true }).default(4).describe('How long it is silent on average.'),
    })
    .describe(
      'Self-similar traffic: many sources that are on and off for times with a Pareto tail, so that bursts have bursts.',
    ),
);

export type SelfSimilarConfig = z.output<typeof selfSimilarConfig>;

/**
 * The share of on/off sources that are on, over its mean. With Pareto times of index α the sum of many has Hurst
 * parameter (3 − α) ÷ 2. In equilibrium from the start.
 *
 * @see Taqqu, Willinger & Sherman, Proof of a fundamental result in self-similar traffic modeling, CCR 27 (1997)
 */
export function onOffModulation(
  { hurst, sources, meanOn, meanOff }: SelfSimilarConfig,
  { on, off, start }: { readonly on: RandomStream; readonly off: RandomStream; readonly start: RandomStream },
): Modulation {
  const shape = 3 - 2 * hurst;
  const sampler = (mean: number, stream: RandomStream): Sampler =>
    createDistribution({ pareto: { mean, shape } }).sampler(stream);
  const times = { on: sampler(meanOn, on), off: sampler(meanOff, off) };
  const perSource = (meanOn + meanOff) / (meanOn * sources);
  const isOn = new Uint8Array(sources);
  /** s, when each source changes next */
  const change = new Float64Array(sources);
  let active = 0;
  for (let source = 0; source < sources; source++) {
    isOn[source] = start.nextUniform() * (meanOn + meanOff) < meanOn ? 1 : 0;
    active += isOn[source]!;
    change[source] = residual(isOn[source] === 1 ? meanOn : meanOff, shape, start.nextUniform());
  }
  let now = 0;
  let next = earliest(change);
  return {
    get factor() {
      return active * perSource;
    },
    get holds() {
      return change[next]! - now;
    },
    advance() {
      now = change[next]!;
      isOn[next]! ^= 1;
      active += isOn[next] === 1 ? 1 : -1;
      change[next] = now + (isOn[next] === 1 ? times.on : times.off).next();
      next = earliest(change);
    },
  };
}

function earliest(change: Float64Array): number {
  let first = 0;
  for (let source = 1; source < change.length; source++) if (change[source]! < change[first]!) first = source;
  return first;
}

/**
 * What is left of a Pareto time met at random, by inversion: its density is P(X > x) ÷ mean, even up to the smallest
 * value and a power beyond.
 *
 * @param u in (0, 1)
 */
function residual(mean: number, shape: number, u: number): number {
  const even = (shape - 1) / shape;
  return u < even ? u * mean : mean * even * pow((1 - u) * shape, -1 / (shape - 1));
}
