import type { z } from 'zod';
import type { Issue } from '../issue.ts';
import type { Controller, ControllerContext } from './contract.ts';

/**
 * What a controller's folder hands to the registry. `Siblings` are settings that stand beside the configuration
 * because they belong to the platform and not to the policy (`controllerManager` of the HPA).
 */
export interface ControllerKind<Schema extends z.ZodType, Siblings = unknown> {
  readonly config: Schema;
  /** Builds the controller. What `check` reports as an error makes it throw. */
  create(config: z.output<Schema>, context: ControllerContext, siblings: Siblings): Controller;
  /** What can only be judged with the rest of the scenario at hand: a missing objective, say. Paths start at the configuration. */
  check?(config: z.output<Schema>, context: ControllerContext, siblings: Siblings): Issue[];
}
