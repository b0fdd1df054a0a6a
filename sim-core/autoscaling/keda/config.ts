import { z } from 'zod';
import { parseFormula } from '../../expression/formula.ts';
import { configIssue } from '../../config-issue.ts';
import { behaviorConfig } from '../hpa/config.ts';
import { namedMetric, knownMetricNames } from '../hpa/metric-names.ts';
import { numericText } from '../numeric-text.ts';
import { mostReplicas } from '../replica-count.ts';
import { parseCron } from '../scheduled/cron.ts';
import { boundsProblem } from './replica-bounds.ts';
import { timeZoneName } from '../../time-zone-name.ts';
import { lazily } from '../../units/lazily.ts';

const count = () => numericText({ least: 0, most: mostReplicas, whole: true });
const seconds = () => numericText({ least: 0, most: 86_400, whole: true });
const flag = lazily(() => z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')]));

const common = {
  name: z.string().min(1).optional().describe('How a formula of scaling modifiers calls it.'),
  metricType: z.enum(['AverageValue', 'Value', 'Utilization']).optional(),
  useCachedMetrics: z.boolean().default(false).describe('The HPA gets the value of the last poll.'),
  authenticationRef: z
    .record(z.string(), z.unknown())
    .optional()
    .describe('Kept; nothing has to be authenticated here.'),
};

const prometheus = lazily(() =>
  z
    .strictObject({
      type: z.literal('prometheus'),
      ...common,
      metric: z
        .string()
        .optional()
        .describe('What the query asks for, by the name the simulated service has for it. Default: the query itself.'),
      metadata: z.strictObject({
        serverAddress: z.string().optional(),
        query: z.string().min(1),
        threshold: numericText({ least: 1e-9 }),
        activationThreshold: numericText().default(0),
        ignoreNullValues: flag.default(true).describe('Whether no value counts as zero, or as a failed poll.'),
        namespace: z.string().optional(),
        unsafeSsl: flag.optional(),
        authModes: z.string().optional(),
        customHeaders: z.string().optional(),
        timeout: z.union([z.string(), z.number()]).optional(),
      }),
    })
    .transform((given, context) => {
      const name = given.metric ?? given.metadata.query.trim();
      if (namedMetric(name) === undefined) {
        const message = `Queries are not evaluated here. Say with \`metric\` which measurement of the service this one is: ${knownMetricNames.join(', ')}.`;
        context.addIssue(configIssue('unknown-name', message, ['metric']));
      }
      if (given.metricType === 'Utilization') {
        const message = 'Utilization is for the triggers cpu and memory; give `AverageValue` or `Value`.';
        context.addIssue(configIssue('contradictory-keys', message, ['metricType']));
      }
      return { ...given, metric: name };
    }),
);

const cronText = lazily(() =>
  z.string().superRefine((text, context) => {
    const { problem } = parseCron(text);
    if (problem !== undefined) context.addIssue(configIssue('bad-cron', problem));
  }),
);

const cron = lazily(() =>
  z.strictObject({
    type: z.literal('cron'),
    ...common,
    metadata: z.strictObject({
      timezone: timeZoneName.describe('Whose clocks `start` and `end` mean: `Europe/Berlin`, `UTC`, or `+02:00`.'),
      start: cronText,
      end: cronText,
      desiredReplicas: count(),
    }),
  }),
);

const resource = lazily(() =>
  z
    .strictObject({
      type: z.enum(['cpu', 'memory']),
      ...common,
      metadata: z.strictObject({
        value: numericText({ least: 1e-9 }),
        type: z.enum(['Utilization', 'AverageValue']).optional().describe('Where older manifests have `metricType`.'),
        containerName: z.string().optional().describe('Any name: a simulated pod is one container.'),
        activationValue: numericText().optional().describe('Kept; the trigger never activates by itself.'),
      }),
    })
    .superRefine(({ type }, context) => {
      if (type === 'cpu') return;
      const message = 'Memory use is not part of the simulation. Remove this trigger, or use `cpu`.';
      context.addIssue(configIssue('not-supported', message, ['type']));
    }),
);

const trigger = lazily(() => z.discriminatedUnion('type', [prometheus, cron, resource]));

const modifiers = lazily(() =>
  z.strictObject({
    formula: z
      .string()
      .min(1)
      .superRefine((text, context) => {
        const parsed = parseFormula(text);
        if ('problem' in parsed) context.addIssue(configIssue('bad-unit', `${parsed.problem}.`));
      }),
    target: numericText({ least: 1e-9 }),
    activationTarget: numericText().default(0),
    metricType: z.enum(['AverageValue', 'Value']).default('AverageValue'),
  }),
);

const annotation = 'autoscaling.keda.sh/';
const annotations = lazily(() =>
  z.strictObject({
    [`${annotation}paused`]: flag.optional(),
    [`${annotation}paused-replicas`]: count().optional(),
    [`${annotation}paused-scale-in`]: flag.optional(),
    [`${annotation}paused-scale-out`]: flag.optional(),
    [`${annotation}force-activation`]: flag.optional(),
  }),
);

export const kedaConfig = lazily(() =>
  z
    .strictObject({
      annotations: annotations.prefault({}).describe('Those of the ScaledObject that pause or force it.'),
      scaleTargetRef: z
        .record(z.string(), z.unknown())
        .optional()
        .describe('Kept; the simulated service is the target.'),
      pollingInterval: numericText({ least: 1, most: 86_400, whole: true })
        .default(30)
        .describe('s between two polls.'),
      cooldownPeriod: seconds().default(300).describe('s without an active trigger before the last replica goes.'),
      initialCooldownPeriod: seconds().default(0),
      idleReplicaCount: count().optional(),
      minReplicaCount: count().optional().describe('Default: 0.'),
      maxReplicaCount: numericText({ least: 1, most: mostReplicas, whole: true }).default(100),
      fallback: z
        .strictObject({
          failureThreshold: count(),
          replicas: count(),
          behavior: z
            .enum([
              'static',
              'currentReplicas',
              'currentReplicasIfHigher',
              'currentReplicasIfLower',
              'scalingModifiers',
            ])
            .default('static'),
        })
        .optional(),
      advanced: z
        .strictObject({
          restoreToOriginalReplicaCount: z.boolean().optional(),
          horizontalPodAutoscalerConfig: z
            .strictObject({ name: z.string().optional(), behavior: behaviorConfig.optional() })
            .optional(),
          scalingModifiers: modifiers.optional(),
        })
        .prefault({}),
      triggers: z.array(trigger).min(1).max(50),
    })
    .superRefine((given, context) => {
      const found = boundsProblem(given);
      if (found !== undefined) context.addIssue(configIssue('contradictory-bounds', found.problem, [found.key]));
      const modified = given.advanced.scalingModifiers;
      if (modified === undefined) return;
      const parsed = parseFormula(modified.formula);
      if ('problem' in parsed) return;
      const names = given.triggers.flatMap(({ type, name }) =>
        type === 'cpu' || type === 'memory' || name === undefined ? [] : [name],
      );
      const path = ['advanced', 'scalingModifiers', 'formula'];
      for (const name of parsed.formula.names) {
        if (names.includes(name)) continue;
        const offered = names.length === 0 ? 'No trigger has a `name`.' : `Triggers with a name: ${names.join(', ')}.`;
        context.addIssue(configIssue('unknown-name', `The formula asks for \`${name}\`. ${offered}`, path));
      }
      const repeated = names.find((name, index) => names.indexOf(name) !== index);
      if (repeated !== undefined) {
        context.addIssue(configIssue('contradictory-keys', `Two triggers are called \`${repeated}\`.`, ['triggers']));
      }
    })
    .describe('The spec of a KEDA ScaledObject, verbatim, with the annotations that pause it beside it.'),
);

export type KedaConfig = z.output<typeof kedaConfig>;
export type KedaTrigger = KedaConfig['triggers'][number];

/** Switches of a ScaledObject that are annotations. */
export function switchesOf({ annotations: given }: KedaConfig) {
  const value = (name: string) => (given as Readonly<Record<string, boolean | number | undefined>>)[annotation + name];
  const pausedReplicas = value('paused-replicas');
  return {
    paused: value('paused') === true,
    pausedReplicas: typeof pausedReplicas === 'number' ? pausedReplicas : null,
    pausedScaleIn: value('paused-scale-in') === true,
    pausedScaleOut: value('paused-scale-out') === true,
    forceActivation: value('force-activation') === true,
  };
}
