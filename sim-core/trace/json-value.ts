import type { JsonValue } from './json-text.ts';

/** The members of an object; undefined for anything else. */
export function asMap(value: JsonValue | undefined): Map<string, JsonValue> | undefined {
  return value instanceof Map ? value : undefined;
}

/** What stands at a path of keys; undefined where it leads nowhere. */
export function valueAt(value: JsonValue | undefined, ...path: readonly string[]): JsonValue | undefined {
  return path.reduce<JsonValue | undefined>((here, key) => asMap(here)?.get(key), value);
}

/** The members of an object that are text, numbers or booleans, as text: labels. */
export function labelsOf(value: JsonValue | undefined): Record<string, string> {
  const pairs = [...(asMap(value) ?? [])].flatMap(([key, one]): [string, string][] =>
    typeof one === 'string' || typeof one === 'number' || typeof one === 'boolean' ? [[key, String(one)]] : [],
  );
  return Object.fromEntries(pairs);
}

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** A number, or text that is one (`"NaN"`, `"+Inf"` too); NaN for null and what is empty, undefined for anything else. */
export function numberOf(value: JsonValue | undefined): number | undefined {
  if (typeof value === 'number') return value;
  if (value === null || value === undefined) return NaN;
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  if (text === '' || /^nan$/i.test(text)) return NaN;
  if (decimal.test(text)) return Number(text);
  const infinity = /^([+-]?)inf(inity)?$/i.exec(text);
  return infinity === null ? undefined : infinity[1] === '-' ? -Infinity : Infinity;
}
