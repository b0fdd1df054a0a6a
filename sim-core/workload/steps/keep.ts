import { z } from 'zod';
import { lazily } from '../../units/lazily.ts';
import { duration } from '../../units/schema.ts';
import { defineStep, needsRates } from './contract.ts';
import { decompose } from './decompose.ts';
import { evenRates } from './resample.ts';

/** `keep: {components: [trend, season], period: 1w}` */
export const keep = defineStep({
  config: lazily(() =>
    z
      .strictObject({
        components: z
          .array(z.enum(['trend', 'season', 'rest']))
          .min(1)
          .max(3)
          .describe('What stays; the three together are the trace. Without the trend its mean stays in its place.'),
        period: duration({ positive: true }).default(86_400).describe('How long a season lasts: 1d, 1w.'),
      })
      .describe(
        'Takes the trace apart into trend, season and rest, and keeps some of them. Rates below zero become zero.',
      ),
  ),
  apply: (series, { components, period }) => {
    if (series.kind === 'timestamps') return needsRates;
    const even = evenRates(series, series.bucket);
    const buckets = Math.round(period / even.bucket);
    if (buckets < 2 || Math.abs(buckets * even.bucket - period) > 1e-6 * period)
      return `A period of ${period} s is no whole number of buckets of ${even.bucket} s, or only one. Choose another, or resample before.`;
    if (even.rate.length < 2 * buckets)
      return `The trace has fewer than two periods of ${period} s. Choose a shorter period.`;
    const parts = decompose(even.rate, buckets);
    if (parts.trend.some((value) => Number.isNaN(value)))
      return 'A gap is longer than a period, so that there is no trend across it. Cut the trace, or choose a longer period.';
    const mean = parts.trend.reduce((sum, value) => sum + value, 0) / parts.trend.length;
    const rate = even.rate.map((_, i) => {
      let value = components.includes('trend') ? parts.trend[i]! : mean;
      if (components.includes('season')) value += parts.season[i]!;
      if (components.includes('rest')) value += parts.rest[i]!;
      return value < 0 ? 0 : value;
    });
    return { ...even, rate };
  },
});
