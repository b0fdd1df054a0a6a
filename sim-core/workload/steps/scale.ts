import { z } from 'zod';
import { defineStep, needsRates } from './contract.ts';
import { lazily } from '../../units/lazily.ts';

/** `scale: 1.5` */
export const scale = defineStep({
  config: lazily(() => z.number().min(0).max(1e6).describe('Multiplies the rates.')),
  apply: (series, factor) =>
    series.kind === 'timestamps' && factor !== 1
      ? needsRates
      : { ...series, rate: series.rate.map((value) => value * factor) },
});
