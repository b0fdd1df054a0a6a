import { z } from 'zod';
import { lazily } from '../../units/lazily.ts';
import { duration } from '../../units/schema.ts';
import { configIssue } from '../../config-issue.ts';
import { numericText } from '../numeric-text.ts';
import { mostReplicas } from '../replica-count.ts';

const wholeSeconds = (least: number, most: number) =>
  duration().superRefine((seconds, context) => {
    if (seconds >= least && seconds <= most && Number.isInteger(seconds)) return;
    context.addIssue(configIssue('out-of-range', `Give whole seconds from ${least} to ${most}, not ${seconds}.`));
  });

/** Above one it is a percentage, else already a fraction. */
const utilization = lazily(() =>
  numericText({ least: 0.01, most: 100 }).transform((value) => (value > 1 ? value / 100 : value)),
);
const replicas = () => numericText({ least: 0, most: mostReplicas, whole: true });
const stableWindow = lazily(() => wholeSeconds(6, 3600));
const burstCapacity = lazily(() => numericText({ least: -1 }));
const delay = lazily(() => wholeSeconds(0, 3600));

const metric = lazily(() =>
  z.string().transform((name, context) => {
    if (name === 'concurrency' || name === 'rps') return name;
    const hint = name === 'cpu' || name === 'memory' ? ' It belongs to the class hpa: use the controller `hpa`.' : '';
    context.addIssue(
      configIssue('not-supported', `The metric of the KPA is concurrency or rps, not \`${name}\`.${hint}`),
    );
    return z.NEVER;
  }),
);

const annotations = lazily(() =>
  z.strictObject({
    'autoscaling.knative.dev/class': z.literal('kpa.autoscaling.knative.dev').optional(),
    'autoscaling.knative.dev/metric': metric.optional(),
    'autoscaling.knative.dev/target': numericText({ least: 0.01 }).optional(),
    'autoscaling.knative.dev/target-utilization-percentage': utilization.optional(),
    'autoscaling.knative.dev/target-burst-capacity': burstCapacity.optional(),
    'autoscaling.knative.dev/min-scale': replicas().optional(),
    'autoscaling.knative.dev/max-scale': replicas().optional().describe('0: no limit.'),
    'autoscaling.knative.dev/initial-scale': replicas()
      .optional()
      .describe('Kept; `replicas.initial` of the scenario counts.'),
    'autoscaling.knative.dev/activation-scale': numericText({ least: 2, most: mostReplicas, whole: true }).optional(),
    'autoscaling.knative.dev/scale-down-delay': delay.optional(),
    'autoscaling.knative.dev/window': stableWindow.optional(),
    'autoscaling.knative.dev/panic-window-percentage': numericText({ least: 1, most: 100 }).optional(),
    'autoscaling.knative.dev/panic-threshold-percentage': numericText({ least: 110, most: 1000 }).optional(),
    'autoscaling.knative.dev/scale-to-zero-pod-retention-period': delay.optional(),
  }),
);

/** `data` of the ConfigMap config-autoscaler; what is left out has Knative's default. */
const configMap = lazily(() =>
  z.strictObject({
    'stable-window': stableWindow.default(60),
    'panic-window-percentage': numericText({ least: 1, most: 100 }).default(10),
    'panic-threshold-percentage': numericText({ least: 110, most: 1000 }).default(200),
    'container-concurrency-target-default': numericText({ least: 0.01 }).default(100),
    'container-concurrency-target-percentage': utilization.default(0.7),
    'requests-per-second-target-default': numericText({ least: 0.01 }).default(200),
    'max-scale-up-rate': numericText({ least: 1.01 }).default(1000),
    'max-scale-down-rate': numericText({ least: 1.01 }).default(2),
    'target-burst-capacity': burstCapacity.default(211),
    'enable-scale-to-zero': z
      .union([z.boolean(), z.enum(['true', 'false'])])
      .transform((value) => value === true || value === 'true')
      .default(true),
    'scale-to-zero-grace-period': duration({ positive: true }).default(30),
    'scale-to-zero-pod-retention-period': delay.default(0),
    'scale-down-delay': delay.default(0),
    'min-scale': replicas().default(0),
    'max-scale': replicas().default(0),
  }),
);

export const kpaConfig = lazily(() =>
  z
    .strictObject({
      annotations: annotations.prefault({}).describe('Annotations of the revision template, verbatim.'),
      containerConcurrency: z
        .int()
        .min(0)
        .optional()
        .describe('Of the revision; 0 for no limit. Default: the `concurrency` of the simulated service.'),
      configAutoscaler: configMap.prefault({}).describe('The data of the ConfigMap config-autoscaler.'),
    })
    .superRefine(({ annotations: given, configAutoscaler }, context) => {
      const min = Number(given['autoscaling.knative.dev/min-scale'] ?? configAutoscaler?.['min-scale'] ?? 0);
      const max = Number(given['autoscaling.knative.dev/max-scale'] ?? configAutoscaler?.['max-scale'] ?? 0);
      if (max !== 0 && min > max) {
        const path = ['annotations', 'autoscaling.knative.dev/max-scale'];
        context.addIssue(
          configIssue('contradictory-bounds', `max-scale (${max}) must be at least min-scale (${min}).`, path),
        );
      }
    })
    .describe('Knative Pod Autoscaler: concurrency or requests a second, with panic mode and scale to zero.'),
);

export type KpaConfig = z.output<typeof kpaConfig>;
