import type { Comparison } from '../experiment/result.ts';
import { jsonValue } from './json-value.ts';
import type { JsonValue } from './json-value.ts';

/** `headroom/alerts/v1`: what each alert rule would have done under each policy. */
export function alertsJson({ scenario, seed, replications, confidence, policies, reality }: Comparison): JsonValue {
  return jsonValue({
    schema: 'headroom/alerts/v1',
    scenario,
    seed,
    replications,
    confidence,
    ...(reality !== undefined && { reality }),
    policies: policies.map(({ policy, alerts, example }) => ({
      policy,
      alerts: alerts.map((alert, index) => ({ ...alert, example: example.alerts[index]?.firings ?? [] })),
    })),
  });
}
