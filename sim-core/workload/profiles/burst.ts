import { z } from 'zod';
import { exponentialSampler } from '../../random/ziggurat.ts';
import { lazily } from '../../units/lazily.ts';
import { duration, rate } from '../../units/schema.ts';
import { defineProfile } from '../profile.ts';
import { PieceBuilder } from '../rate-function.ts';

/**
 * Bursts at random: `burst: {height: 80/s, meanGap: 20m, meanDuration: 2m}`. Quiet and busy spells follow each other,
 * both exponential, so the long-run mean is height × duration ÷ (gap + duration). The first spell is quiet.
 * Every replication has its own bursts, the same for all policies.
 */
export const burst = defineProfile({
  config: lazily(() =>
    z
      .strictObject({
        height: rate().describe('Rate during a burst, added to the rest.'),
        meanGap: duration({ positive: true }).describe('Mean time from the end of a burst to the next.'),
        meanDuration: duration({ positive: true }).describe('Mean length of a burst.'),
      })
      .describe('Bursts at random times, of random length.'),
  ),
  role: 'term',
  compile: ({ height, meanGap, meanDuration }, { horizon, random }) => {
    const spell = exponentialSampler(random());
    const builder = new PieceBuilder();
    for (let t = 0, busy = false; t < horizon; busy = !busy) {
      builder.add(t, busy ? height : 0, busy ? height : 0);
      t += spell.next() * (busy ? meanDuration : meanGap);
    }
    return builder.build(horizon);
  },
  // Twice the expected number: far more than chance will ever bring when there are many.
  pieces: ({ meanGap, meanDuration }, { horizon }) => (4 * horizon) / (meanGap + meanDuration),
});
