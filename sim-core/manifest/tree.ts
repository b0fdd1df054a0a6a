import type { Mapping, Path } from './contract.ts';

/** Plain data of a file, looked at with suspicion: everything in it was written by somebody. */
export function isMapping(value: unknown): value is Mapping {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** The mapping under a key; an empty one where there is none. */
export function mappingAt(data: Mapping, ...keys: readonly string[]): Mapping {
  let found = data;
  for (const key of keys) {
    const next = Object.hasOwn(found, key) ? found[key] : undefined;
    if (!isMapping(next)) return {};
    found = next;
  }
  return found;
}

/** The text under a key, if there is one and it says something. */
export function textAt(data: Mapping, key: string): string | undefined {
  const value = Object.hasOwn(data, key) ? data[key] : undefined;
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Mappings under a key that may hold one, or a list of them, each with its path below `data`. */
export function mappingsAt(data: Mapping, key: string): { data: Mapping; path: Path }[] {
  const value = Object.hasOwn(data, key) ? data[key] : undefined;
  if (isMapping(value)) return [{ data: value, path: [key] }];
  if (!Array.isArray(value)) return [];
  return value.flatMap((each: unknown, index) => (isMapping(each) ? [{ data: each, path: [key, index] }] : []));
}

/** The mapping without some of its keys. */
export function without(data: Mapping, keys: readonly string[]): Mapping {
  return Object.fromEntries(Object.entries(data).filter(([key]) => !keys.includes(key)));
}

/** The data without keys that hold null, as the tools of some platforms print what is not set. */
export function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isMapping(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, each]) => (each === null ? [] : [[key, withoutNulls(each)]])),
  );
}
