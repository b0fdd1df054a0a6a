import { z } from 'zod';
import { lazily } from '../../units/lazily.ts';
import { rate } from '../../units/schema.ts';
import { defineProfile } from '../profile.ts';
import { constantRate } from '../rate-function.ts';

/** `constant: 150/s` */
export const constant = defineProfile({
  config: lazily(() =>
    z
      .union([rate(), z.strictObject({ rate: rate() })])
      .transform((written) => (typeof written === 'number' ? { rate: written } : written))
      .describe('The same rate all the time.'),
  ),
  role: 'term',
  compile: (config, { horizon }) => constantRate(config.rate, horizon),
});
