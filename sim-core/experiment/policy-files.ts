import { mostPolicyFile } from '../autoscaling/custom/config.ts';
import type { Issue } from '../issue.ts';
import type { PolicyConfig, Scenario } from '../scenario/schema.ts';

/** What stands in the file of a custom policy. */
export interface PolicyText {
  /** bytes */
  readonly size: number;
  /** null where the file is larger than a policy may be, and was not read */
  readonly text: string | null;
}

/**
 * Reads the file of a custom policy.
 *
 * @param most bytes: a larger file is not to be read
 * @returns undefined when there is no such file
 */
export type ReadPolicy = (file: string, most: number) => Promise<PolicyText | undefined>;

/** The files in which custom policies of a scenario stand, each once. */
export function policyFilesOf({ policies }: Scenario): string[] {
  return [...new Set(policies.flatMap(({ controller }) => controller.custom?.file ?? []))];
}

/** What stands in them, by their names; those that do not exist are left out. */
export async function readPolicyFiles(scenario: Scenario, read: ReadPolicy): Promise<ReadonlyMap<string, PolicyText>> {
  const texts = new Map<string, PolicyText>();
  for (const file of policyFilesOf(scenario)) {
    const text = await read(file, mostPolicyFile);
    if (text !== undefined) texts.set(file, text);
  }
  return texts;
}

/**
 * The scenario with the sources of its custom policies in it, wherever they stand. From here on they are part of what is
 * sent to workers, of the key under which results are kept, and of what a reality check speaks of.
 */
export function withPolicyFiles(
  scenario: Scenario,
  texts: ReadonlyMap<string, PolicyText>,
): { readonly scenario: Scenario; readonly issues: readonly Issue[] } {
  if (policyFilesOf(scenario).length === 0) return { scenario, issues: [] };
  const issues: Issue[] = [];
  const policies = scenario.policies.map((policy, index): PolicyConfig => {
    const { custom } = policy.controller;
    if (custom?.file === undefined) return policy;
    const { file } = custom;
    const found = texts.get(file);
    const path = ['policies', index, 'controller', 'custom', 'file'];
    if (found === undefined) {
      const message = `The policy file ${file} is not at hand. Drop it onto the window, or correct the name; the command line looks for it beside the scenario.`;
      issues.push({ code: 'policy-missing', severity: 'error', path, message });
      return policy;
    }
    if (found.text === null || found.size > mostPolicyFile) {
      const message = `${file} has ${found.size} bytes; a policy may have ${mostPolicyFile}. Name the policy alone, without what it was bundled with.`;
      issues.push({ code: 'policy-too-large', severity: 'error', path, message });
      return policy;
    }
    return { ...policy, controller: { ...policy.controller, custom: { ...custom, source: found.text } } };
  });
  return { scenario: { ...scenario, policies }, issues };
}

/** The scenario with the sources that another reading of it was given. */
export function withPoliciesOf(loaded: Scenario, scenario: Scenario): Scenario {
  const texts = loaded.policies.flatMap(({ controller }) => {
    const { file, source } = controller.custom ?? {};
    return file === undefined || source === undefined ? [] : [[file, { size: 0, text: source }] as const];
  });
  return withPolicyFiles(scenario, new Map(texts)).scenario;
}
