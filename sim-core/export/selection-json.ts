import type { WarmupDecision } from '../experiment/result.ts';
import type { SelectionResult } from '../experiment/select.ts';
import type { Scenario } from '../scenario/schema.ts';
import { jsonValue, type JsonValue } from './json-value.ts';

/** `headroom/selection/v1`: the best policy with a stated probability, and how long the others survived. */
export function selectionJson(result: SelectionResult): JsonValue {
  return jsonValue(result);
}

/** `headroom/warmup/v1`: what MSER-5 would leave out. */
export function warmupJson({ name, seed }: Scenario, decision: WarmupDecision): JsonValue {
  return jsonValue({ schema: 'headroom/warmup/v1', scenario: name, seed, ...decision });
}
