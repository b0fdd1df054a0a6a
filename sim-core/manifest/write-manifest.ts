import type { ControllerKindName } from '../autoscaling/registry.ts';
import type { Issue } from '../issue.ts';
import { readYaml } from '../scenario/yaml-source.ts';
import type { ManifestOptions, ManifestWriting, WritablePolicy } from './contract.ts';
import { notCarried } from './export-issue.ts';
import { manifestFormatNames, manifestFormats } from './registry.ts';
import type { ManifestFormatName } from './registry.ts';
import { isMapping, mappingAt, mappingsAt } from './tree.ts';

/** The format a controller has at home; undefined for controllers that only exist here. */
export function nativeFormat(policy: WritablePolicy): ManifestFormatName | undefined {
  return manifestFormatNames.find((name) =>
    manifestFormats[name].kinds.some((kind) => policy.controller[kind] !== undefined),
  );
}

/**
 * A policy in the format of the platform it is for, ready to be applied once names are filled in.
 *
 * @param policy valid, as written in a scenario
 * @param format default: that of the policy's controller
 * @returns no text, and an issue, for a controller the format has no words for; warnings for what it cannot carry
 */
export function writeManifest(
  policy: WritablePolicy,
  options: ManifestOptions,
  format: ManifestFormatName | undefined = nativeFormat(policy),
): ManifestWriting {
  const kind = Object.keys(policy.controller).find((key) => key !== 'controllerManager') ?? 'none';
  const refused = (message: string): ManifestWriting => ({
    issues: [{ code: 'export-not-possible', severity: 'error', path: [], message }],
  });
  if (format === undefined)
    return refused(
      `The policy \`${policy.name}\` is of kind \`${kind}\`, which exists only here: no platform has a format for it.`,
    );
  const { kinds, title, write } = manifestFormats[format];
  const config = mappingAt(policy.controller, kind);
  if (!(kinds as readonly ControllerKindName[]).includes(kind as ControllerKindName)) {
    const needed = kinds.map((each) => `\`${each}\``).join(', ');
    const article =
      kinds.length === 1 ? `an ${needed} policy`.replace(/^an (?=`[^aeh])/, 'a ') : `a policy of kind ${needed}`;
    return refused(`The policy \`${policy.name}\` is of kind \`${kind}\`; only ${article} can be written as ${title}.`);
  }
  const { text, issues } = write(config, policy, options);
  return { ...(text !== undefined && { text }), issues: [...beside(policy, title), ...issues] };
}

/** What stands beside the configuration and has no place in any manifest. */
function beside({ name, guards = {}, controller }: WritablePolicy, title: string): Issue[] {
  const issues: Issue[] = [];
  const given = Object.keys(guards).filter((key) => guards[key] !== undefined);
  if (given.length > 0) {
    const names = given.map((each) => `\`${each}\``).join(', ');
    const message = `A ${title} has no guards: ${names} of \`${name}\` are not in the manifest, so the platform will behave differently from the simulation.`;
    issues.push(notCarried(message));
  }
  const manager = mappingAt(controller, 'controllerManager');
  if (Object.keys(manager).length > 0) {
    const names = Object.keys(manager)
      .map((each) => `\`${each}\``)
      .join(', ');
    const message = `\`controllerManager\` are flags of the cluster: ${names} of \`${name}\` are not in the manifest; see that the cluster has them.`;
    issues.push(notCarried(message));
  }
  return issues;
}

/**
 * A policy of a scenario as its text has it, to be written as a manifest.
 *
 * @param text of a scenario that is valid
 */
export function policyInText(text: string, name: string): WritablePolicy | undefined {
  const { data } = readYaml(text);
  const found = isMapping(data)
    ? mappingsAt(data, 'policies').find(({ data: policy }) => policy['name'] === name)
    : undefined;
  if (found === undefined) return undefined;
  return { name, controller: mappingAt(found.data, 'controller'), guards: mappingAt(found.data, 'guards') };
}
