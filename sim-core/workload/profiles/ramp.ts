import { z } from 'zod';
import { lazily } from '../../units/lazily.ts';
import { duration, rate } from '../../units/schema.ts';
import { defineProfile } from '../profile.ts';
import { rateFromCorners } from '../rate-function.ts';

/** `ramp: {from: 50/s, to: 400/s, start: 1h, end: 5h}` */
export const ramp = defineProfile({
  config: lazily(() =>
    z
      .strictObject({
        from: rate().default(0).describe('Rate before the ramp.'),
        to: rate().describe('Rate after the ramp.'),
        start: duration().default(0).describe('When the ramp begins.'),
        end: duration().optional().describe('When it ends. Default: the end of the scenario.'),
      })
      .refine(({ start, end }) => end === undefined || end >= start, {
        path: ['end'],
        error: 'The ramp ends before it starts; `end` must not be earlier than `start`.',
      })
      .describe('A straight line from one rate to another, held before and after.'),
  ),
  role: 'term',
  compile: ({ from, to, start, end }, { horizon }) =>
    rateFromCorners(
      [
        [start, from],
        [end ?? Math.max(start, horizon), to],
      ],
      horizon,
    ),
});
