import type { Controller, Observation, Stage } from '../contract.ts';
import type { ControllerKind } from '../controller-kind.ts';
import { boundsRule, decide } from '../pipeline.ts';
import { secondsInWords } from '../words.ts';
import { applyChange, printChange } from './change.ts';
import { thresholdConfig } from './config.ts';
import type { ThresholdConfig, ThresholdRule } from './config.ts';
import { thresholdMetrics } from './metrics.ts';

/** s: since when each rule's condition has held at every evaluation; NaN for one that does not hold. */
export type ThresholdState = readonly number[];

interface Due {
  readonly rule: ThresholdRule;
  readonly replicas: number;
}

/** NaN is neither above nor below: a missing measurement ends the wait of a rule. */
function holds({ above, below }: ThresholdRule, value: number): boolean {
  return above !== undefined ? value > above : value < (below ?? NaN);
}

function ruleInWords(rule: ThresholdRule, value: number): string {
  const metric = thresholdMetrics[rule.metric];
  const sign = rule.above !== undefined ? '>' : '<';
  const limit = metric.inWords(rule.above ?? rule.below ?? NaN);
  const wait = rule.for > 0 ? ` for ${secondsInWords(rule.for)}` : '';
  return `${rule.metric} ${metric.inWords(value)} ${sign} ${limit}${wait}`;
}

/**
 * Rules of a runbook. `for` counts as in Prometheus alerts: a rule is due once its condition has held at every
 * evaluation for that long, from the first that found it true. Growth goes before shrinking; of several rules due at
 * once the one with the larger count wins.
 *
 * After the count has changed every rule starts to wait anew from that instant; a change that a guard or a bound stopped
 * restarts nothing, so the rule stays due.
 */
export const thresholdKind = {
  config: thresholdConfig,
  create(config: ThresholdConfig): Controller<ThresholdState> {
    const bounds = [boundsRule('bounds', config.min, config.max)];
    return {
      kind: 'threshold',
      interval: config.interval,
      initialState: config.rules.map(() => NaN),
      evaluate(seen, state) {
        const values = config.rules.map(({ metric }) => thresholdMetrics[metric].read(seen));
        const since = config.rules.map((rule, index) => {
          if (!holds(rule, values[index] ?? NaN)) return NaN;
          const before = state[index] ?? NaN;
          return Number.isNaN(before) ? seen.time : before;
        });
        const { recommended, origin } = wish(config, seen, values, since);
        const observed = Object.fromEntries(
          config.rules.map(({ metric }, index) => [thresholdMetrics[metric].name, values[index] ?? NaN]),
        );
        const decision = decide(
          { time: seen.time, current: seen.desiredReplicas, observed, recommended, origin: [origin] },
          bounds,
        );
        return { decision, state: since };
      },
      afterApply(state, seen, applied) {
        return applied === seen.desiredReplicas ? state : state.map((since) => (Number.isNaN(since) ? NaN : seen.time));
      },
    };
  },
} satisfies ControllerKind<typeof thresholdConfig>;

function wish(
  { rules }: ThresholdConfig,
  { time, desiredReplicas: current }: Observation,
  values: readonly number[],
  since: readonly number[],
): { recommended: number; origin: Stage } {
  let best: (Due & { value: number }) | undefined;
  let waiting: string | undefined;
  for (const [index, rule] of rules.entries()) {
    const value = values[index] ?? NaN;
    const held = time - (since[index] ?? NaN);
    if (Number.isNaN(held)) continue;
    if (held < rule.for) {
      waiting ??= `${ruleInWords(rule, value)}: held for ${secondsInWords(held)} so far`;
      continue;
    }
    const replicas = applyChange(current, rule.change);
    if (best === undefined || replicas > best.replicas) best = { rule, replicas, value };
  }
  const stage = (output: number, reason: string, detail: string): Stage => ({
    name: 'rule',
    input: current,
    output,
    reason,
    detail,
  });
  if (best !== undefined) {
    const detail = `${ruleInWords(best.rule, best.value)}: ${printChange(best.rule.change)} → ${best.replicas}`;
    return { recommended: best.replicas, origin: stage(best.replicas, 'RuleDue', detail) };
  }
  const detail = waiting ?? 'No rule holds';
  return { recommended: current, origin: stage(current, waiting === undefined ? 'NoRule' : 'RulePending', detail) };
}
