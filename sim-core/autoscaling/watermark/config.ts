import { z } from 'zod';
import { configIssue } from '../../config-issue.ts';
import { knownMetricNames, namedMetric } from '../hpa/metric-names.ts';
import { quantity } from '../hpa/quantity.ts';
import { replicaCount } from '../replica-count.ts';
import { lazily } from '../../units/lazily.ts';

const marks = {
  lowWatermark: quantity('positive').optional(),
  highWatermark: quantity('positive').optional(),
};

const metricName = lazily(() =>
  z.string().superRefine((name, context) => {
    if (namedMetric(name) !== undefined) return;
    const message = `The simulated service has no metric \`${name}\`. It offers: ${knownMetricNames.join(', ')}.`;
    context.addIssue(configIssue('unknown-name', message));
  }),
);

const selector = () =>
  z.record(z.string(), z.unknown()).optional().describe('Kept; every series of the simulation matches.');

const metric = lazily(() =>
  z
    .discriminatedUnion('type', [
      z.strictObject({
        type: z.literal('External'),
        external: z.strictObject({ metricName, metricSelector: selector(), ...marks }),
      }),
      z.strictObject({
        type: z.literal('Resource'),
        resource: z.strictObject({ name: z.literal('cpu'), metricSelector: selector(), ...marks }),
      }),
    ])
    .transform((given, context) => {
      const source = given.type === 'External' ? given.external : given.resource;
      // One mark alone stands for both.
      const low = source.lowWatermark ?? source.highWatermark ?? NaN;
      const high = source.highWatermark ?? source.lowWatermark ?? NaN;
      if (Number.isNaN(low)) {
        const message = 'Give `lowWatermark`, `highWatermark` or both.';
        context.addIssue(configIssue('missing-key', message, [given.type === 'External' ? 'external' : 'resource']));
      } else if (low > high) {
        const message = `\`lowWatermark\` (${low / 1000}) must not exceed \`highWatermark\` (${high / 1000}).`;
        context.addIssue(configIssue('contradictory-bounds', message));
      }
      return { name: given.type === 'External' ? given.external.metricName : 'cpu', low, high };
    }),
);

const seconds = lazily(() => z.int().min(0).max(86_400));
const percent = lazily(() => quantity('not-negative').transform((milli) => milli / 1000));

export const watermarkConfig = lazily(() =>
  z
    .strictObject({
      scaleTargetRef: z
        .record(z.string(), z.unknown())
        .optional()
        .describe('Kept; the simulated service is the target.'),
      minReplicas: replicaCount().default(1),
      maxReplicas: replicaCount().min(1),
      algorithm: z
        .enum(['absolute', 'average'])
        .default('absolute')
        .describe('Whether a value is compared as it is, or shared out among the ready replicas first.'),
      tolerance: quantity('not-negative')
        .default(100)
        .describe('Width of the zones around the watermarks. Default: 0.1.'),
      metrics: z.array(metric).min(1).max(20),
      scaleUpLimitFactor: percent.default(50).describe('Percent of the replicas that one step may add; 0 forbids it.'),
      scaleDownLimitFactor: percent.default(20),
      upscaleForbiddenWindowSeconds: seconds.default(60).describe('After any change no replica is added for so long.'),
      downscaleForbiddenWindowSeconds: seconds.default(300),
      replicaScalingAbsoluteModulo: z.int().min(1).max(10_000).default(1).describe('Counts are multiples of it.'),
      tolerateZero: z.boolean().default(false).describe('Whether a value of zero is believed.'),
      convergeTowardsWatermark: z.enum(['highwatermark', 'lowwatermark']).optional(),
      minAvailableReplicaPercentage: z.int().min(0).max(100).default(0),
      readinessDelaySeconds: seconds.optional().describe('Kept; only ready replicas count here.'),
      syncPeriod: z.int().min(1).max(3600).default(15).describe('s between two evaluations.'),
    })
    .superRefine(({ minReplicas, maxReplicas }, context) => {
      if (minReplicas <= maxReplicas) return;
      const message = `\`maxReplicas\` (${maxReplicas}) must be at least \`minReplicas\` (${minReplicas}).`;
      context.addIssue(configIssue('contradictory-bounds', message, ['maxReplicas']));
    })
    .describe('The spec of a WatermarkPodAutoscaler, verbatim, with the period of the controller beside it.'),
);

export type WatermarkConfig = z.output<typeof watermarkConfig>;
