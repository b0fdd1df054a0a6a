import { z } from 'zod';
import { lazily } from '../../units/lazily.ts';
import { duration, rate } from '../../units/schema.ts';
import { defineProfile } from '../profile.ts';
import { rateFromCorners } from '../rate-function.ts';

/** `step: {at: 2h, from: 100/s, to: 250/s}` */
export const step = defineProfile({
  config: lazily(() =>
    z
      .strictObject({
        at: duration().describe('When the rate changes.'),
        from: rate().default(0).describe('Rate before.'),
        to: rate().describe('Rate from then on.'),
      })
      .describe('One rate until an instant, another after it.'),
  ),
  role: 'term',
  compile: ({ at, from, to }, { horizon }) =>
    rateFromCorners(
      [
        [at, from],
        [at, to],
      ],
      horizon,
    ),
});
