import type { z } from 'zod';
import { lazily } from '../units/lazily.ts';
import { duration, instant } from '../units/schema.ts';
import { eitherQuantity } from './either-quantity.ts';

/** s from the trace's first instant, or an instant of its own clock. */
export const moment = lazily(() =>
  eitherQuantity((text) => /^\d{4}-/.test(text), {
    yes: instant().transform((epoch) => ({ epoch })),
    no: duration().transform((after) => ({ after })),
  }),
);

export type Moment = z.output<typeof moment>;
