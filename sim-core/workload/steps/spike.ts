import { z } from 'zod';
import { lazily } from '../../units/lazily.ts';
import { duration, rate } from '../../units/schema.ts';
import { moment } from '../moment.ts';
import { rowEnd } from '../replay.ts';
import { defineStep, needsRates } from './contract.ts';

/** `spike: {at: 18h, length: 30m, add: 200/s}` */
export const spike = defineStep({
  config: lazily(() =>
    z
      .strictObject({
        at: moment.describe('When it begins: an offset (`6h`) or a date.'),
        length: duration({ positive: true }).describe('How long it lasts.'),
        add: rate().optional().describe('The rate added at its height.'),
        factor: z.number().min(0).max(1e6).optional().describe('What the rate is multiplied with at its height.'),
        shape: z
          .enum(['rectangle', 'triangle'])
          .default('rectangle')
          .describe('At its height all the time, or rising to it in the middle and falling again.'),
      })
      .refine(({ add, factor }) => (add === undefined) !== (factor === undefined), {
        message: 'Give either `add` or `factor`.',
        params: { code: 'one-of' },
      })
      .describe('Lays a spike over the rates.'),
  ),
  apply: (series, { at, length, add, factor, shape }) => {
    if (series.kind === 'timestamps') return needsRates;
    if ('epoch' in at && Number.isNaN(series.startEpoch))
      return 'The trace has no dates, so `at` must be an offset from its start, such as 6h.';
    const start = 'after' in at ? at.after : at.epoch - series.startEpoch;
    const done = (time: number): number => area(Math.min(1, Math.max(0, (time - start) / length)), shape) * length;
    const rates = series.rate.map((value, i) => {
      const [from, to] = [series.time[i]!, rowEnd(series, i)];
      const height = (done(to) - done(from)) / (to - from);
      return add === undefined ? value * (1 + (factor! - 1) * height) : value + add * height;
    });
    return { ...series, rate: rates };
  },
});

/** Area under the shape of height 1 and length 1, from 0 to x. */
function area(x: number, shape: 'rectangle' | 'triangle'): number {
  if (shape === 'rectangle') return x;
  return x <= 0.5 ? x * x : 0.5 - (1 - x) * (1 - x);
}
