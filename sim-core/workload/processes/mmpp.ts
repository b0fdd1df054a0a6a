import { z } from 'zod';
import type { RandomStream } from '../../random/contract.ts';
import { exponentialSampler } from '../../random/ziggurat.ts';
import { lazily } from '../../units/lazily.ts';
import { duration } from '../../units/schema.ts';
import type { Modulation } from './modulation.ts';

/** `mmpp: {factors: [0.5, 4], meanTimes: [9m, 1m]}` */
export const mmppConfig = lazily(() =>
  z
    .strictObject({
      factors: z
        .array(z.number().min(0))
        .min(2)
        .max(50)
        .describe('How busy each state is beside the others; scaled so that the mean rate stays what it is.'),
      meanTimes: z
        .array(duration({ positive: true }))
        .min(2)
        .max(50)
        .describe('How long each state lasts on average.'),
    })
    .superRefine(({ factors, meanTimes }, context) => {
      const message =
        factors.length !== meanTimes.length
          ? `there are ${factors.length} factors but ${meanTimes.length} times`
          : factors.every((factor) => factor === 0)
            ? 'at least one factor must be above zero'
            : undefined;
      if (message !== undefined)
        context.addIssue({ code: 'custom', path: ['factors'], message, params: { code: 'contradictory' } });
    })
    .describe(
      'Markov-modulated Poisson: the rate is multiplied by a factor that jumps between states, each held for an exponential time; from one state to any other with equal probability.',
    ),
);

export type MmppConfig = z.output<typeof mmppConfig>;

/**
 * The chain behind a Markov-modulated Poisson process, in equilibrium from the start. Every state is entered equally
 * often, so that the share of time spent in one is its mean time over the sum of all.
 *
 * @see Fischer & Meier-Hellstern, The Markov-modulated Poisson process (MMPP) cookbook, Performance Evaluation 18 (1993)
 */
export function markovModulation(
  { factors, meanTimes }: MmppConfig,
  { holds, states }: { readonly holds: RandomStream; readonly states: RandomStream },
): Modulation {
  const total = meanTimes.reduce((sum, time) => sum + time, 0);
  const mean = factors.reduce((sum, factor, state) => sum + (factor * meanTimes[state]!) / total, 0);
  const exponential = exponentialSampler(holds);
  let state = 0;
  for (let left = states.nextUniform() * total; state < meanTimes.length - 1; state++) {
    left -= meanTimes[state]!;
    if (left < 0) break;
  }
  let held = exponential.next() * meanTimes[state]!;
  return {
    get factor() {
      return factors[state]! / mean;
    },
    get holds() {
      return held;
    },
    advance() {
      const step = factors.length === 2 ? 1 : 1 + Math.floor(states.nextUniform() * (factors.length - 1));
      state = (state + step) % factors.length;
      held = exponential.next() * meanTimes[state]!;
    },
  };
}
