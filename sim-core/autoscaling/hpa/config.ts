import { z } from 'zod';
import { configIssue } from '../../config-issue.ts';
import { replicaCount } from '../replica-count.ts';
import { knownMetricNames, namedMetric } from './metric-names.ts';
import { quantity } from './quantity.ts';
import { lazily } from '../../units/lazily.ts';

const resourceName = lazily(() =>
  z.string().superRefine((name, context) => {
    if (name === 'cpu') return;
    context.addIssue(
      configIssue(
        'not-supported',
        name === 'memory'
          ? 'Memory use is not part of the simulation, so an HPA on memory cannot be tried here. Remove this metric, or use `cpu`.'
          : `Only the resource \`cpu\` is part of the simulation, not \`${name}\`.`,
      ),
    );
  }),
);

const metricName = lazily(() =>
  z.string().superRefine((name, context) => {
    if (namedMetric(name) === undefined) {
      context.addIssue(
        configIssue(
          'unknown-name',
          `The simulated service has no metric \`${name}\`. It offers: ${knownMetricNames.join(', ')}.`,
        ),
      );
    }
  }),
);

const metric = lazily(() =>
  z.strictObject({
    name: metricName,
    selector: z.record(z.string(), z.unknown()).optional().describe('Kept; every series of the simulation matches.'),
  }),
);

const averageUtilization = lazily(() => z.int().positive().max(2_147_483_647));

const targetShape = {
  averageUtilization: averageUtilization.optional(),
  averageValue: quantity('positive').optional(),
  value: quantity('positive').optional(),
};
const fieldOf = { Utilization: 'averageUtilization', AverageValue: 'averageValue', Value: 'value' } as const;

type TargetType = keyof typeof fieldOf;

/** A metric target: its type says which one field carries the number. */
const target = <const Types extends readonly [TargetType, ...TargetType[]]>(types: Types) =>
  z.strictObject({ type: z.enum(types), ...targetShape }).superRefine((value, context) => {
    const field = fieldOf[value.type as TargetType];
    if (value[field] === undefined) {
      context.addIssue(
        configIssue('missing-key', `A target of type ${String(value.type)} needs \`${field}\`.`, [field]),
      );
    }
    for (const other of Object.values(fieldOf)) {
      if (other !== field && value[other] !== undefined) {
        context.addIssue(
          configIssue(
            'contradictory-keys',
            `A target of type ${String(value.type)} has \`${field}\`, not \`${other}\`.`,
            [other],
          ),
        );
      }
    }
  });

const resourceTarget = lazily(() => target(['Utilization', 'AverageValue']));
const podsTarget = lazily(() => target(['AverageValue']));
const valueTarget = lazily(() => target(['Value', 'AverageValue']));

const metricSpec = lazily(() =>
  z.discriminatedUnion('type', [
    z.strictObject({
      type: z.literal('Resource'),
      resource: z.strictObject({ name: resourceName, target: resourceTarget }),
    }),
    z.strictObject({
      type: z.literal('ContainerResource'),
      containerResource: z.strictObject({
        name: resourceName,
        container: z.string().min(1).describe('Any name: a simulated pod is one container.'),
        target: resourceTarget,
      }),
    }),
    z.strictObject({ type: z.literal('Pods'), pods: z.strictObject({ metric, target: podsTarget }) }),
    z.strictObject({
      type: z.literal('Object'),
      object: z.strictObject({
        describedObject: z.strictObject({
          apiVersion: z.string().optional(),
          kind: z.string().min(1),
          name: z.string().min(1),
        }),
        metric,
        target: valueTarget,
      }),
    }),
    z.strictObject({
      type: z.literal('External'),
      external: z.strictObject({
        metric,
        target: valueTarget,
        fallback: z
          .strictObject({
            failureDurationSeconds: z.int().min(180).default(180),
            replicas: replicaCount(),
          })
          .optional()
          .describe('Replicas proposed once the metric has been missing for so long (gate HPAExternalMetricFallback).'),
      }),
    }),
  ]),
);

const scalingPolicy = lazily(() =>
  z.strictObject({
    type: z.enum(['Pods', 'Percent']),
    value: z.int().positive().max(2_147_483_647),
    periodSeconds: z.int().min(1).max(1800),
  }),
);

const scalingRules = lazily(() =>
  z.strictObject({
    stabilizationWindowSeconds: z.int().min(0).max(3600).optional(),
    selectPolicy: z.enum(['Max', 'Min', 'Disabled']).optional(),
    policies: z.array(scalingPolicy).min(1).optional(),
    tolerance: quantity('not-negative').optional(),
  }),
);

/** `behavior`, which KEDA hands through to the HPA it makes. */
export const behaviorConfig = lazily(() =>
  z.strictObject({
    scaleUp: scalingRules.optional(),
    scaleDown: scalingRules.optional(),
  }),
);

/** The `spec` of an autoscaling/v2 HorizontalPodAutoscaler as it is written for a cluster, with the checks of its API server. */
export const hpaConfig = lazily(() =>
  z
    .strictObject({
      scaleTargetRef: z
        .strictObject({ apiVersion: z.string().optional(), kind: z.string(), name: z.string() })
        .optional()
        .describe('Kept; the simulated service is the target.'),
      minReplicas: replicaCount().default(1),
      maxReplicas: replicaCount().min(1),
      metrics: z.array(metricSpec).optional().describe('Default: CPU utilization 80.'),
      behavior: behaviorConfig.optional(),
    })
    .superRefine((value, context) => {
      if (value.maxReplicas > 0 && value.minReplicas > value.maxReplicas) {
        context.addIssue(
          configIssue(
            'contradictory-bounds',
            `\`maxReplicas\` (${value.maxReplicas}) must be at least \`minReplicas\` (${value.minReplicas}).`,
            ['maxReplicas'],
          ),
        );
      }
      if (
        value.minReplicas === 0 &&
        !(value.metrics ?? []).some((each) => each.type === 'Object' || each.type === 'External')
      ) {
        context.addIssue(
          configIssue(
            'contradictory-bounds',
            '`minReplicas: 0` needs at least one Object or External metric: without pods nothing else could be measured.',
            ['minReplicas'],
          ),
        );
      }
    })
    .describe('The spec of a Kubernetes HorizontalPodAutoscaler (autoscaling/v2), verbatim.'),
);

export type HpaConfig = z.output<typeof hpaConfig>;
export type HpaMetricSpec = z.output<typeof metricSpec>;
