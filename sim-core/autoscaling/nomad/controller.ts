import type { Controller, Observation } from '../contract.ts';
import type { ControllerKind } from '../controller-kind.ts';
import { boundsRule, decide } from '../pipeline.ts';
import type { StageRule } from '../pipeline.ts';
import { platformMetric } from '../platform-metrics.ts';
import { secondsInWords } from '../words.ts';
import { capCount, cooldownAfter, pickWinner, scalingNeeded } from './action.ts';
import type { Action, Cooldowns } from './action.ts';
import { cpuQueries, nomadConfig } from './config.ts';
import type { NomadCheck, NomadConfig } from './config.ts';
import { runStrategy, strategyInWords } from './run-strategy.ts';

interface Point {
  readonly time: number;
  readonly value: number;
}

interface NomadState {
  /** of each check's query, oldest first */
  readonly points: readonly (readonly Point[])[];
  /** s: when the policy last scaled, and how long it rests after that */
  readonly scaledAt: number;
  readonly rest: number;
}

/** What a check wants, within the bounds of the policy, and what it said before. */
interface Vote extends Action {
  readonly wished: number;
  readonly words: string;
}

/** The Nomad Autoscaler. A query has one data point an evaluation. */
export const nomadKind = {
  config: nomadConfig,
  create(config: NomadConfig): Controller<NomadState> {
    const { min, max, policy } = config;
    const checks = Object.entries(policy.check);
    const cooldowns: Cooldowns = {
      cooldown: policy.cooldown,
      onScaleUp: policy.cooldown_on_scale_up ?? policy.cooldown,
    };
    return {
      kind: 'nomad',
      interval: policy.evaluation_interval,
      initialState: { points: checks.map(() => []), scaledAt: -Infinity, rest: 0 },
      evaluate(seen, state) {
        const { time, desiredReplicas: current } = seen;
        const points = checks.map(([, check], index) => collect(check, state.points[index] ?? [], seen));
        const groups = new Map<string, (Vote | null)[]>();
        for (const [index, [name, check]] of checks.entries()) {
          const values = (points[index] ?? []).map(({ value }) => value);
          const votes = groups.get(check.group) ?? [];
          groups.set(check.group, [...votes, vote(name, check, values, current, min, max)]);
        }
        const outside = current < min || current > max;
        const winner = outside ? null : pickWinner(groups);
        const needed = winner !== null && scalingNeeded(winner, current);
        const recommended = needed ? winner.wished : current;
        const reason = outside ? 'OutsideLimits' : winner === null ? 'NoMetrics' : needed ? 'CheckWon' : 'NoAction';
        const detail = outside
          ? `${current} lies outside ${min} to ${max}`
          : (winner?.words ?? 'No check has data: the count stays');
        const origin = [{ name: 'strategy', input: current, output: recommended, reason, detail }];
        const observed: Record<string, number> = {};
        for (const [index, [, { query }]] of checks.entries()) {
          if (query !== undefined) observed[query] = points[index]?.at(-1)?.value ?? NaN;
        }
        const rules = [boundsRule('bounds', min, max)];
        if (!outside) rules.push(cooldownRule(current, time - state.scaledAt, state.rest));
        return {
          decision: decide({ time, current, observed, recommended, origin }, rules),
          state: { ...state, points },
        };
      },
      afterApply(state, seen, applied) {
        const { desiredReplicas: before, time } = seen;
        if (applied === before) return state;
        return { ...state, scaledAt: time, rest: cooldownAfter(applied > before ? 'up' : 'down', cooldowns) };
      },
    };
  },
} satisfies ControllerKind<typeof nomadConfig>;

function collect({ query, query_window }: NomadCheck, points: readonly Point[], seen: Observation): Point[] {
  const kept = points.filter(({ time }) => time > seen.time - query_window);
  const value = query === undefined ? NaN : (platformMetric(query, cpuQueries)?.read(seen) ?? NaN);
  return Number.isNaN(value) ? kept : [...kept, { time: seen.time, value }];
}

function vote(
  name: string,
  { strategy }: NomadCheck,
  values: readonly number[],
  current: number,
  min: number,
  max: number,
): Vote | null {
  const action = runStrategy(strategy, current, values);
  if (action === null) return null;
  const words = `${name}: ${strategyInWords(strategy, current, values, action)}`;
  return { direction: action.direction, count: capCount(action.count, min, max), wished: action.count, words };
}

/** While the policy rests its actions are dropped, evaluation goes on. */
function cooldownRule(current: number, since: number, rest: number): StageRule {
  return {
    name: 'cooldown',
    apply(input) {
      if (input === current) return { output: input, reason: 'NoChange', detail: `No change asked for: ${input}` };
      if (since > rest) return { output: input, reason: 'CooledDown', detail: `Not in cool-down: ${input}` };
      const detail = `Cool-down ${secondsInWords(rest)}, ${secondsInWords(since)} since the last action: ${input} → ${current}`;
      return { output: current, reason: 'CoolingDown', detail };
    },
  };
}
