/** Data as JSON can hold it. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/**
 * Plain data for JSON: typed arrays become lists, and numbers without a value (NaN, ±Infinity) become null, because JSON
 * has no word for them. Keys without a value are left out.
 */
export function jsonValue(value: unknown): JsonValue {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value;
  if (value instanceof Float64Array) return Array.from(value, (each) => (Number.isFinite(each) ? each : null));
  if (Array.isArray(value)) return value.map(jsonValue);
  if (value instanceof Map) return jsonValue(Object.fromEntries(value));
  if (typeof value === 'object') {
    const entries = Object.entries(value).filter(([, each]) => each !== undefined);
    return Object.fromEntries(entries.map(([key, each]) => [key, jsonValue(each)]));
  }
  return null;
}
