import type { Issue } from '../../../sim-core/index.ts';
import type { YamlPath } from '../../stores/yaml-edit.ts';

/** A mapping of the file, of which nothing is known. */
export type Data = Readonly<Record<string, unknown>>;

/** What is no mapping counts as an empty one. */
export const record = (value: unknown): Data =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Data) : {};

/** The value at a path of plain data, or undefined. */
export function valueIn(data: unknown, path: YamlPath): unknown {
  let value = data;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<string | number, unknown>)[key];
  }
  return value;
}

/** Whether an issue is about what stands at a path, or about something in it. */
export const concerns = (issue: Issue, path: YamlPath): boolean =>
  issue.path.length >= path.length && path.every((key, index) => issue.path[index] === key);

/** Issues from several sides, each once. */
export const together = (...sides: readonly (readonly Issue[])[]): readonly Issue[] =>
  sides
    .flat()
    .filter(
      ({ message, path }, index, all) =>
        all.findIndex((other) => other.message === message && other.path.join('.') === path.join('.')) === index,
    );
