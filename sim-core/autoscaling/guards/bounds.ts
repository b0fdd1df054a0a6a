import { boundsRule } from '../pipeline.ts';
import type { StageRule } from '../pipeline.ts';
import type { GuardsConfig } from './config.ts';

/** A floor and a ceiling of the policy's own, whatever the controller's are. */
export function boundsGuardRule({ min = 0, max = Infinity }: NonNullable<GuardsConfig['bounds']>): StageRule {
  return boundsRule('guard-bounds', min, max);
}
