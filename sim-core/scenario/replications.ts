import { z } from 'zod';
import type { PrecisionTarget } from '../statistics/precision.ts';
import { lazily } from '../units/lazily.ts';
import { duration, fraction } from '../units/schema.ts';

/** Numbers of the summary whose precision can be asked for, and the unit an amount of them is written in. */
const precisionMetrics = {
  latencyMean: 'duration',
  latencyP50: 'duration',
  latencyP95: 'duration',
  latencyP99: 'duration',
  waitingTimeMean: 'duration',
  delayProbability: 'number',
  queueLengthMean: 'number',
  maxBacklog: 'number',
  sloAttainment: 'number',
  availability: 'number',
  utilisation: 'number',
  cpuUtilisation: 'number',
  replicasMean: 'number',
  replicaHours: 'number',
  cost: 'number',
} as const;

export type PrecisionMetric = keyof typeof precisionMetrics;
export const precisionMetricNames = Object.keys(precisionMetrics) as [PrecisionMetric, ...PrecisionMetric[]];

/** Those of which more is better; of the utilisations neither is. */
export const largerIsBetter: ReadonlySet<PrecisionMetric> = new Set<PrecisionMetric>(['sloAttainment', 'availability']);
export const rankedMetricNames = precisionMetricNames.filter((name) => !name.toLowerCase().includes('utilisation'));

export const mostReplications = 1000;

const amount = lazily(() => z.union([z.string(), z.number()]).meta({ examples: ['5%', '10ms', '0.02'] }));

const target = lazily(() =>
  z
    .strictObject({
      metric: z
        .enum(precisionMetricNames)
        .default('latencyP95')
        .describe('The number of the summary that has to be precise, under every policy.'),
      halfWidth: amount.describe(
        'Half of the 95 % interval: a share of the mean (5%), or an amount (10ms for a time, a bare number for the others).',
      ),
    })
    .transform(({ metric, halfWidth }, context): { metric: PrecisionMetric; halfWidth: PrecisionTarget } => {
      const read = readPrecision(metric, halfWidth);
      if (typeof read !== 'string') return { metric, halfWidth: read };
      context.addIssue({
        code: 'custom',
        path: ['halfWidth'],
        input: halfWidth,
        message: read,
        params: { code: 'bad-unit' },
      });
      return z.NEVER;
    }),
);

/**
 * Reads a precision as it is written: `5%`, `10ms`, `0.02`.
 *
 * @returns the message when it is none
 */
export function readPrecision(metric: PrecisionMetric, written: string | number): PrecisionTarget | string {
  const text = String(written).trim();
  if (text.endsWith('%')) {
    const share = fraction({ max: 1 }).safeParse(text);
    if (!share.success) return share.error.issues[0]!.message;
    return share.data > 0 ? { share: share.data } : `"${text}" must be more than zero; write 5%`;
  }
  if (precisionMetrics[metric] === 'duration') {
    const seconds = duration({ positive: true }).safeParse(written);
    return seconds.success ? { amount: seconds.data } : `${seconds.error.issues[0]!.message}, or 5% of the mean`;
  }
  const value = Number(text);
  return text !== '' && Number.isFinite(value) && value > 0
    ? { amount: value }
    : `"${text}" is no half-width of ${metric}; write a share of the mean such as 5%, or a number above zero`;
}

const fixedCount = lazily(() => z.int().min(1).max(mostReplications));
const sequential = lazily(() =>
  z.strictObject({
    until: target.describe('Goes on until this is precise enough.'),
    min: z.int().min(2).max(mostReplications).default(10).describe('Replications before the first look.'),
    max: z.int().min(2).max(mostReplications).default(200).describe('Where it ends at the latest.'),
  }),
);

/** As many as until a number is precise. */
export type SequentialReplications = z.output<typeof sequential>;

/** A count, or the precision that decides it. */
export const replicationsConfig = lazily(() => z.union([fixedCount, sequential]));
