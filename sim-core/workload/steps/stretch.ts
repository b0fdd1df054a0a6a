import { z } from 'zod';
import { defineStep } from './contract.ts';
import { lazily } from '../../units/lazily.ts';

/** `stretch: 2` */
export const stretch = defineStep({
  config: lazily(() =>
    z
      .number()
      .min(1e-3)
      .max(1e3)
      .describe(
        'Makes the trace last so many times as long, with the same requests: 2 halves the rates, 0.5 doubles them.',
      ),
  ),
  apply: (series, factor) => ({
    ...series,
    time: series.time.map((time) => time * factor),
    rate: series.rate.map((value) => value / factor),
    bucket: series.bucket * factor,
  }),
});
