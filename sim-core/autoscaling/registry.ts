import { z } from 'zod';
import { hpaConfig } from './hpa/config.ts';
import { controllerManagerConfig } from './hpa/controller-manager.ts';
import { predictiveConfig } from './predictive/config.ts';
import { scheduledConfig } from './scheduled/config.ts';
import { staticConfig } from './static/config.ts';
import { thresholdConfig } from './threshold/config.ts';

const configs = {
  static: staticConfig,
  scheduled: scheduledConfig,
  threshold: thresholdConfig,
  hpa: hpaConfig,
  predictive: predictiveConfig,
};

export type ControllerKindName = keyof typeof configs;
export const controllerKinds = Object.keys(configs) as readonly ControllerKindName[];

const optionalConfigs = Object.fromEntries(
  Object.entries(configs).map(([name, config]) => [name, config.optional()]),
) as { [Name in ControllerKindName]: z.ZodOptional<(typeof configs)[Name]> };

/**
 * The controller of a policy: exactly one key names its kind and carries its configuration. Settings of the platform
 * that are no part of a policy stand beside it (`controllerManager` beside `hpa`).
 */
export const controllerConfig = z
  .strictObject({ ...optionalConfigs, controllerManager: controllerManagerConfig.optional().describe('Only beside `hpa`.') })
  .superRefine((value, context) => {
    const given = controllerKinds.filter((name) => value[name] !== undefined);
    if (given.length !== 1) {
      const found = given.length === 0 ? '' : ` Given: ${given.join(', ')}.`;
      context.addIssue({ code: 'custom', message: `Give exactly one controller: ${controllerKinds.join(', ')}.${found}` });
    }
    if (value.controllerManager !== undefined && value.hpa === undefined) {
      context.addIssue({
        code: 'custom',
        path: ['controllerManager'],
        message: '`controllerManager` belongs beside `hpa`; remove it here.',
      });
    }
  });

export type ControllerConfig = z.output<typeof controllerConfig>;

/** Which kind of controller a configuration describes. */
export function controllerKindOf(config: ControllerConfig): ControllerKindName {
  const kind = controllerKinds.find((name) => config[name] !== undefined);
  if (kind === undefined) throw new Error('A controller configuration without a controller was not parsed.');
  return kind;
}
