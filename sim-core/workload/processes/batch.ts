import { z } from 'zod';
import { AliasSampler, buildAliasTable } from '../../random/alias-table.ts';
import type { RandomStream, Sampler } from '../../random/contract.ts';
import { exponentialSampler } from '../../random/ziggurat.ts';
import { lazily } from '../../units/lazily.ts';
import { log1p } from '../../units/math.ts';
import type { ArrivalProcess } from '../contract.ts';

const mostAtOnce = 100_000;
const size = lazily(() => z.int().min(1).max(mostAtOnce));

/** `batch: {mean: 5}`, `batch: {size: 10}`, `batch: {sizes: [1, 2, 50], weights: [90, 9, 1]}` */
export const batchConfig = lazily(() =>
  z
    .strictObject({
      mean: z.number().min(1).max(mostAtOnce).optional().describe('Geometric sizes, 1, 2, 3 …, with this mean.'),
      size: size.optional().describe('Always so many.'),
      sizes: z.array(size).min(1).max(10_000).optional().describe('Measured sizes.'),
      weights: z
        .array(z.number().min(0))
        .optional()
        .describe('How often each of the sizes occurs; equally often if absent.'),
    })
    .superRefine((config, context) => {
      if (context.issues.length > 0) return;
      const report = (path: string[], code: string, message: string): void =>
        context.addIssue({ code: 'custom', path, message, params: { code } });
      const given = (['mean', 'size', 'sizes'] as const).filter((key) => config[key] !== undefined);
      if (given.length !== 1)
        report([], 'one-of', `give mean, size or sizes, not ${given.length === 0 ? 'nothing' : given.join(' and ')}`);
      const { sizes, weights } = config;
      if (weights === undefined) return;
      if (weights.length !== sizes?.length)
        report(['weights'], 'contradictory', `there are ${sizes?.length ?? 0} sizes but ${weights.length} weights`);
      else if (weights.every((weight) => weight === 0))
        report(['weights'], 'contradictory', 'at least one weight must be above zero');
    })
    .describe('Requests that come together: at each arrival a whole batch of them. The rate still counts requests.'),
);

export type BatchConfig = z.output<typeof batchConfig>;

/** Mean and second moment of the size of a batch. */
export function batchMoments({ mean, size, sizes, weights }: BatchConfig): { mean: number; second: number } {
  // Geometric from 1 on: E S² = (2 − p) ÷ p² with p = 1 ÷ mean.
  if (mean !== undefined) return { mean, second: mean * (2 * mean - 1) };
  const values = sizes ?? [size ?? 1];
  const shares = values.map((_, index) => weights?.[index] ?? 1);
  const total = shares.reduce((sum, share) => sum + share, 0);
  const moment = (power: (value: number) => number): number =>
    values.reduce((sum, value, index) => sum + (shares[index]! / total) * power(value), 0);
  return { mean: moment((value) => value), second: moment((value) => value * value) };
}

function batchSizes(config: BatchConfig, stream: RandomStream): () => number {
  const { mean, size, sizes, weights } = config;
  if (size !== undefined || mean === 1) return () => size ?? 1;
  if (mean !== undefined) {
    // The whole part of an exponential number is geometric.
    const exponential: Sampler = exponentialSampler(stream, -1 / log1p(-1 / mean));
    return () => 1 + Math.floor(exponential.next());
  }
  const values = Float64Array.from(sizes ?? []);
  const sampler = new AliasSampler(
    stream,
    buildAliasTable(
      values,
      Float64Array.from(values, (_, i) => weights?.[i] ?? 1),
    ),
  );
  return () => sampler.next();
}

const bufferLength = 1024;

/** Whole batches at the instants of another process. */
export class BatchArrivals implements ArrivalProcess {
  private readonly nextSize: () => number;
  private readonly buffer = new Float64Array(bufferLength);
  private available = 0;
  private cursor = 0;
  /** of the batch at hand, how many are still to come */
  private left = 0;
  private time = 0;

  /** @param points when batches come */
  constructor(
    private readonly points: ArrivalProcess,
    config: BatchConfig,
    stream: RandomStream,
  ) {
    this.nextSize = batchSizes(config, stream);
  }

  fill(target: Float64Array): number {
    let n = 0;
    while (n < target.length) {
      if (this.left === 0) {
        if (this.cursor === this.available) {
          this.available = this.points.fill(this.buffer);
          this.cursor = 0;
          if (this.available === 0) break;
        }
        this.time = this.buffer[this.cursor++]!;
        this.left = this.nextSize();
      }
      const count = Math.min(this.left, target.length - n);
      target.fill(this.time, n, n + count);
      n += count;
      this.left -= count;
    }
    return n;
  }
}
