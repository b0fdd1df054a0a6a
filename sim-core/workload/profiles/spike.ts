import { z } from 'zod';
import { lazily } from '../../units/lazily.ts';
import { duration, rate } from '../../units/schema.ts';
import { defineProfile } from '../profile.ts';
import { rateFromCorners } from '../rate-function.ts';

/** `spike: {at: 2h, peak: 400/s, rise: 2m, hold: 10m, fall: 20m}`: on top of whatever else there is. */
export const spike = defineProfile({
  config: lazily(() =>
    z
      .strictObject({
        at: duration().describe('When the rise begins.'),
        peak: rate().describe('Height of the spike, added to the rest.'),
        rise: duration().default(0).describe('From nothing to the peak.'),
        hold: duration().default(0).describe('How long it stays there.'),
        fall: duration().default(0).describe('From the peak to nothing.'),
      })
      .refine(({ rise, hold, fall }) => rise + hold + fall > 0, {
        error: 'The spike has no length; give at least one of `rise`, `hold` and `fall`.',
      })
      .describe('Nothing, a rise to a peak, a plateau, and a fall.'),
  ),
  role: 'term',
  compile: ({ at, peak, rise, hold, fall }, { horizon }) =>
    rateFromCorners(
      [
        [at, 0],
        [at + rise, peak],
        [at + rise + hold, peak],
        [at + rise + hold + fall, 0],
      ],
      horizon,
    ),
});
