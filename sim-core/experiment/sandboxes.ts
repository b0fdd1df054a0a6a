import type { Sandbox } from '../autoscaling/custom/contract.ts';
import { loadSandbox } from '../autoscaling/custom/load-sandbox.ts';
import type { Scenario } from '../scenario/schema.ts';
import type { LoadedScenario } from './load.ts';

/** A loaded scenario with what its custom policies run in. Unlike that one it cannot be sent to a worker. */
export interface RunnableScenario extends LoadedScenario {
  readonly sandboxes?: ReadonlyMap<string, Sandbox>;
}

/**
 * A new sandbox for each custom policy, by its name. Nothing is fetched or made when there is none.
 *
 * @param policies names; default: every policy of the scenario
 */
export async function prepareSandboxes(
  { policies: all }: Scenario,
  policies: readonly string[] = all.map(({ name }) => name),
): Promise<ReadonlyMap<string, Sandbox>> {
  const custom = all.filter(({ name, controller }) => controller.custom !== undefined && policies.includes(name));
  return new Map(await Promise.all(custom.map(async ({ name }) => [name, await loadSandbox()] as const)));
}
