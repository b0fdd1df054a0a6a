import { z } from 'zod';
import { AliasSampler, buildAliasTable } from '../alias-table.ts';
import type { AliasTable } from '../alias-table.ts';
import type { Distribution, Sampler } from '../contract.ts';

/** @param component a distribution that is no mixture itself */
export function mixtureParameters<Component extends z.ZodType>(component: Component) {
  return z
    .array(
      z.strictObject({
        weight: z.number().positive().describe('How often this kind occurs, beside the others.'),
        of: component,
      }),
    )
    .min(1)
    .max(50)
    .describe('Several kinds of request, each with a distribution of its own.');
}

/** Each value comes from one of the components, chosen by weight: hits and misses of a cache, small and large tenants. */
export function mixture(components: readonly { readonly weight: number; readonly of: Distribution }[]): Distribution {
  const total = components.reduce((sum, { weight }) => sum + weight, 0);
  const parts = components.map(({ weight, of }) => ({ share: weight / total, of }));
  const average = (value: (of: Distribution) => number): number =>
    parts.reduce((sum, { share, of }) => sum + share * value(of), 0);
  const mean = average((of) => of.mean);
  const cdf = (x: number): number => average((of) => of.cdf(x));
  let table: AliasTable | undefined;
  return {
    label: `mixture(${parts.map(({ share, of }) => `${Number((share * 100).toPrecision(3))}% ${of.label}`).join(', ')})`,
    mean,
    variance: average((of) => of.variance + (of.mean - mean) * (of.mean - mean)),
    cdf,
    quantile: (p) => {
      if (!(p >= 0 && p <= 1)) return NaN;
      const ends = parts.map(({ of }) => of.quantile(p));
      return leastReaching(cdf, p, Math.min(...ends), Math.max(...ends));
    },
    sampler: (stream) => {
      table ??= buildAliasTable(
        Float64Array.from(parts, (_, index) => index),
        Float64Array.from(parts, ({ share }) => share),
      );
      const choice = new AliasSampler(stream, table);
      // One stream for all: each draws its words ahead in batches of its own, in the order of need.
      const samplers = parts.map(({ of }) => of.sampler(stream));
      const next = (): number => samplers[choice.next()]!.next();
      const sampler: Sampler = {
        next,
        fill: (target, count) => {
          for (let index = 0; index < count; index++) target[index] = next();
        },
      };
      return sampler;
    },
  };
}

/** The least x in [low, high] with cdf(x) ≥ p, which holds at `high`. Rounding may keep a sum of shares just below. */
function leastReaching(cdf: (x: number) => number, p: number, low: number, high: number): number {
  const enough = p - 1e-15;
  if (low === high || cdf(low) >= enough) return low;
  let [from, to] = [low, high];
  // Down to neighbouring numbers: a jump is met exactly.
  for (let step = 0; step < 200; step++) {
    const middle = to === Infinity ? Math.max(1, 2 * from) : (from + to) / 2;
    if (middle <= from || middle >= to) break;
    if (cdf(middle) >= enough) to = middle;
    else from = middle;
  }
  return to;
}
