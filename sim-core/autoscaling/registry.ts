import { z } from 'zod';
import { awsKind } from './aws/controller.ts';
import { azureKind } from './azure/controller.ts';
import { configIssue } from '../config-issue.ts';
import type { Issue } from '../issue.ts';
import type { Controller, ControllerContext } from './contract.ts';
import type { ControllerKind } from './controller-kind.ts';
import { customKind } from './custom/controller.ts';
import { gcpKind } from './gcp/controller.ts';
import { hpaKind } from './hpa/controller.ts';
import { controllerManagerConfig } from './hpa/controller-manager.ts';
import { kedaKind } from './keda/controller.ts';
import { kpaKind } from './kpa/controller.ts';
import { nomadKind } from './nomad/controller.ts';
import { piKind } from './pi/controller.ts';
import { predictiveKind } from './predictive/controller.ts';
import { scheduledKind } from './scheduled/controller.ts';
import { staffingKind } from './staffing/controller.ts';
import { staticKind } from './static/controller.ts';
import { thresholdKind } from './threshold/controller.ts';
import { watermarkKind } from './watermark/controller.ts';
import { lazily } from '../units/lazily.ts';

/** Every kind of controller, by the key it has in a scenario. */
const kinds = {
  static: staticKind,
  scheduled: scheduledKind,
  threshold: thresholdKind,
  hpa: hpaKind,
  keda: kedaKind,
  watermark: watermarkKind,
  predictive: predictiveKind,
  kpa: kpaKind,
  nomad: nomadKind,
  azure: azureKind,
  gcp: gcpKind,
  aws: awsKind,
  custom: customKind,
  pi: piKind,
  staffing: staffingKind,
};

export type ControllerKindName = keyof typeof kinds;
export const controllerKinds = Object.keys(kinds) as readonly ControllerKindName[];

const optionalConfigs = () =>
  Object.fromEntries(Object.entries(kinds).map(([name, { config }]) => [name, config.optional()])) as unknown as {
    [Name in ControllerKindName]: z.ZodOptional<(typeof kinds)[Name]['config']>;
  };

/**
 * The controller of a policy: exactly one key names its kind and carries its configuration. Settings of the platform
 * that are no part of a policy stand beside it (`controllerManager` beside `hpa`).
 */
export const controllerConfig = lazily(() =>
  z
    .strictObject({
      ...optionalConfigs(),
      controllerManager: controllerManagerConfig.optional().describe('Only beside `hpa` or `keda`.'),
    })
    .superRefine((value, context) => {
      const given = controllerKinds.filter((name) => value[name] !== undefined);
      const misspelt = context.issues.some(({ code }) => code === 'unrecognized_keys');
      if (given.length > 1 || (given.length === 0 && !misspelt)) {
        const found = given.length === 0 ? '' : ` Given: ${given.join(', ')}.`;
        context.addIssue(
          configIssue(
            given.length === 0 ? 'missing-key' : 'contradictory-keys',
            `Give exactly one controller: ${controllerKinds.join(', ')}.${found}`,
          ),
        );
      }
      if (
        value.controllerManager !== undefined &&
        value.hpa === undefined &&
        value.keda === undefined &&
        given.length > 0
      ) {
        context.addIssue(
          configIssue('contradictory-keys', '`controllerManager` belongs beside `hpa` or `keda`; remove it here.', [
            'controllerManager',
          ]),
        );
      }
    }),
);

export type ControllerConfig = z.output<typeof controllerConfig>;

/** Which kind of controller a configuration describes. */
export function controllerKindOf(config: ControllerConfig): ControllerKindName {
  const kind = controllerKinds.find((name) => config[name] !== undefined);
  if (kind === undefined) throw new Error('A controller configuration without a controller was not parsed.');
  return kind;
}

/** The kind, its own configuration and what stands beside it: their types belong together, but not in a way that can be told here. */
function resolve(config: ControllerConfig): {
  name: ControllerKindName;
  kind: ControllerKind<z.ZodType>;
  own: unknown;
} {
  const name = controllerKindOf(config);
  return { name, kind: kinds[name] as unknown as ControllerKind<z.ZodType>, own: config[name] };
}

/** @throws Error for what `checkController` reports */
export function createController(config: ControllerConfig, context: ControllerContext): Controller {
  const { kind, own } = resolve(config);
  return kind.create(own, context, config);
}

/** What can only be judged with the rest of the scenario at hand. Paths start at the controller. */
export function checkController(config: ControllerConfig, context: ControllerContext): Issue[] {
  const { name, kind, own } = resolve(config);
  const issues = kind.check?.(own, context, config) ?? [];
  return issues.map((issue) => ({ ...issue, path: [name, ...issue.path] }));
}
