import type { SizingRow } from '../sizing/evaluate.ts';
import { jsonValue } from './json-value.ts';
import type { JsonValue } from './json-value.ts';

/** `headroom/sizing/v1`: every result of a sizing model, with its arithmetic. */
export function sizingJson(scenario: string, currency: string, results: readonly SizingRow[]): JsonValue {
  return jsonValue({ schema: 'headroom/sizing/v1', scenario, currency, results });
}
