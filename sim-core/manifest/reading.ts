import type { z } from 'zod';
import type { ControllerKindName } from '../autoscaling/registry.ts';
import type { Issue } from '../issue.ts';
import { placedIssue } from '../scenario/placed-issue.ts';
import { validate } from '../scenario/schema-issues.ts';
import type { ManifestItem, ManifestNote, ManifestPolicy, ManifestReading, Mapping, Path } from './contract.ts';
import { Origins } from './origins.ts';
import { isMapping } from './tree.ts';

const longestName = 80;

/** What becomes of one file: policies, what is wrong, what was passed over. */
export class Reading implements ManifestReading {
  readonly policies: ManifestPolicy[] = [];
  readonly issues: Issue[] = [];
  readonly notes: ManifestNote[] = [];

  /** @param path below the item */
  problem(item: ManifestItem, path: Path, code: string, message: string, severity: Issue['severity'] = 'error'): void {
    this.issues.push(placedIssue({ code, severity, message, path: [...item.path, ...path] }, item.locate));
  }

  /** @param path below the item */
  note(item: ManifestItem, path: Path, message: string): void {
    const full = [...item.path, ...path];
    this.notes.push({ path: full, message, ...item.locate(full, 'key') });
  }

  /** Notes keys that say nothing about scaling, those of them that are there. */
  passOver(item: ManifestItem, data: Mapping, keys: readonly string[], why: string, below: Path = []): void {
    for (const key of keys) if (Object.hasOwn(data, key)) this.note(item, [...below, key], `\`${key}\`: ${why}`);
  }

  /**
   * Takes a policy over if its configuration is one of the controller's, and says what is wrong with it otherwise.
   *
   * @param origins from paths of the configuration to paths below the item
   */
  policy(
    item: ManifestItem,
    kind: ControllerKindName,
    given: { name: string | undefined; config: unknown; schema: z.ZodType; origins?: Origins; root?: string },
  ): void {
    const { name = '', config, schema, origins = new Origins([]), root = 'policy' } = given;
    const { issues } = validate(schema, config, root);
    for (const issue of issues) {
      const path = [...item.path, ...origins.of(issue.path)];
      this.issues.push(placedIssue({ ...issue, ...referenceTrouble(config, issue.path), path }, item.locate));
    }
    if (issues.length > 0) return;
    const short = name.slice(0, longestName);
    this.policies.push({ name: short === '' ? kind : short, controller: { [kind]: config } });
  }
}

/** A value that only the program the file is for can know, such as `${var.max}`, where a known one is needed. */
function referenceTrouble(config: unknown, path: Path): { code: string; message: string } | undefined {
  let value: unknown = config;
  for (const step of path) value = isMapping(value) || Array.isArray(value) ? Reflect.get(value, step) : undefined;
  if (typeof value !== 'string' || !/[$%]\{/.test(value)) return undefined;
  const message = `\`${value.length > 60 ? `${value.slice(0, 57)}…` : value}\` is a reference or an expression, which is not worked out here. Write the value in its place.`;
  return { code: 'manifest-reference', message };
}
