import type { RealityStatus } from '../scenario/reality-status.ts';
import { jsonValue } from './json-value.ts';
import type { JsonValue } from './json-value.ts';
import type { DecisionLog } from './result-decisions.ts';

/** `headroom/explanation/v1`: the decisions that were asked for, each with its stages. */
export function explanationJson(policies: readonly DecisionLog[], reality?: RealityStatus): JsonValue {
  return jsonValue({ schema: 'headroom/explanation/v1', policies, ...(reality !== undefined && { reality }) });
}
