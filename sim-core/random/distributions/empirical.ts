import { z } from 'zod';
import { lazily } from '../../units/lazily.ts';
import { duration } from '../../units/schema.ts';
import { AliasSampler, buildAliasTable } from '../alias-table.ts';
import type { AliasTable } from '../alias-table.ts';
import type { Distribution } from '../contract.ts';

export const empiricalParameters = lazily(() =>
  z
    .strictObject({
      values: z.array(duration()).min(1).max(100_000).describe('Measured values.'),
      weights: z
        .array(z.number().min(0))
        .optional()
        .describe('How often each of them occurs; equally often if absent.'),
    })
    .superRefine(({ values, weights }, context) => {
      if (weights === undefined) return;
      const message =
        weights.length !== values.length
          ? `there are ${values.length} values but ${weights.length} weights`
          : weights.every((weight) => weight === 0)
            ? 'at least one weight must be above zero'
            : undefined;
      if (message !== undefined) {
        context.addIssue({ code: 'custom', path: ['weights'], message, params: { code: 'contradictory' } });
      }
    }),
);

/** The values given and no others, each as often as its weight says. */
export function empirical({ values, weights }: z.output<typeof empiricalParameters>): Distribution {
  const order = values.map((_, index) => index).sort((a, b) => values[a]! - values[b]! || a - b);
  const sorted = Float64Array.from(order, (index) => values[index]!);
  const sortedWeights = Float64Array.from(order, (index) => weights?.[index] ?? 1);
  const total = sortedWeights.reduce((sum, weight) => sum + weight, 0);
  const mean = sorted.reduce((sum, value, index) => sum + value * (sortedWeights[index]! / total), 0);
  let table: AliasTable | undefined;
  return {
    label: `empirical(${values.length} ${values.length === 1 ? 'value' : 'values'})`,
    mean,
    variance: sorted.reduce(
      (sum, value, index) => sum + (value - mean) * (value - mean) * (sortedWeights[index]! / total),
      0,
    ),
    cdf: (x) => {
      if (Number.isNaN(x)) return NaN;
      let below = 0;
      for (let index = 0; index < sorted.length && sorted[index]! <= x; index++) below += sortedWeights[index]!;
      return below / total;
    },
    quantile: (p) => {
      if (!(p >= 0 && p <= 1)) return NaN;
      let below = 0;
      let last = NaN;
      for (let index = 0; index < sorted.length; index++) {
        if (sortedWeights[index] === 0) continue;
        below += sortedWeights[index]! / total;
        last = sorted[index]!;
        // Rounding of the sum must not carry a probability over a step.
        if (below >= p - 1e-12) return last;
      }
      return last;
    },
    sampler: (stream) => new AliasSampler(stream, (table ??= buildAliasTable(sorted, sortedWeights))),
  };
}
