import type { Formula } from '../../expression/formula.ts';
import type { Observation } from '../contract.ts';
import type { Reading } from '../hpa/spec.ts';
import { compositeMetric } from './composite-metric.ts';
import type { KedaConfig } from './config.ts';
import { triggerInFormula, withFallback } from './fallback.ts';
import type { Health } from './fallback.ts';
import { inMilli, isTriggerActive } from './triggers.ts';
import type { ExternalTrigger, Polled } from './triggers.ts';

/** One look at every trigger, by the operator or for the HPA. */
export interface Poll {
  readonly isActive: boolean;
  readonly isError: boolean;
  /** for the HPA, one each External metric */
  readonly readings: readonly Reading[];
  /** of every trigger, whatever comes of it */
  readonly health: readonly (Health | null)[];
  readonly polled: readonly Polled[];
  /** by label; NaN for a trigger that failed */
  readonly observed: Readonly<Record<string, number>>;
}

/**
 * @param cached answers of the operator's last poll, for triggers with `useCachedMetrics`; undefined when it is the operator
 * who asks
 */
export function pollTriggers(
  config: KedaConfig,
  triggers: readonly ExternalTrigger[],
  formula: Formula | null,
  seen: Observation,
  health: readonly (Health | null)[],
  cached?: readonly Polled[],
): Poll {
  const { fallback = null, advanced } = config;
  const polled = triggers.map((trigger, index) =>
    trigger.useCachedMetrics ? (cached?.[index] ?? trigger.poll(seen)) : trigger.poll(seen),
  );
  const handed = triggers.map(({ target }, index) =>
    withFallback(
      { error: polled[index]?.error ?? null, value: polled[index]?.value ?? null, health: health[index] ?? null },
      fallback,
      {
        type: target.type,
        value: target.value / 1000,
        current: seen.desiredReplicas,
        ready: seen.readyReplicas,
      },
    ),
  );
  const after = handed.map((each) => each.health);
  const isError = polled.some(({ error }) => error !== null);
  const observed = Object.fromEntries(triggers.map(({ label }, index) => [label, polled[index]?.value ?? NaN]));
  const modifiers = advanced.scalingModifiers;
  if (formula === null || modifiers === undefined) {
    const readings = handed.map(({ metric, error }): Reading =>
      metric === null ? { error: error ?? 'no value' } : { values: [inMilli(metric)] },
    );
    // An object with nothing but resources is always active.
    const isActive = triggers.length === 0 || polled.some((each) => each.isActive);
    return { isActive, isError, readings, health: after, polled, observed };
  }
  const values = new Map<string, number | null>();
  for (const [index, { name }] of triggers.entries()) {
    if (name === null) continue;
    const value = polled[index]?.value ?? null;
    values.set(name, fallback === null ? value : triggerInFormula(value, after[index] ?? null, fallback));
  }
  // Once it has failed too often a trigger is nil, which the formula may have an answer to; until then it is an error.
  const unanswered = polled.some(({ error }, index) => {
    const failures = after[index]?.failures ?? 0;
    return error !== null && !(fallback?.behavior === 'scalingModifiers' && failures > fallback.failureThreshold);
  });
  const composite = compositeMetric(
    formula,
    values,
    fallback === null ? undefined : modifiers.target * fallback.replicas,
  );
  const failed = unanswered || 'error' in composite;
  // The substitute of the first trigger that fell back stands for the whole formula.
  const substitute = handed.find(({ fellBack }) => fellBack);
  const reading: Reading = !failed
    ? { values: [inMilli(composite.value)] }
    : substitute !== undefined && fallback !== null
      ? { values: [inMilli(modifiers.target * fallback.replicas)] }
      : { error: 'error' in composite ? composite.error : 'a trigger of the formula failed' };
  return {
    isActive: !failed && isTriggerActive(composite.value, modifiers.activationTarget),
    isError: failed,
    readings: [reading],
    health: after,
    polled,
    observed: { ...observed, composite: 'error' in composite ? NaN : composite.value },
  };
}
