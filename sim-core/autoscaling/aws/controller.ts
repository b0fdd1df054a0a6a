import type { Controller, ControllerContext } from '../contract.ts';
import type { ControllerKind } from '../controller-kind.ts';
import { boundsRule, decide } from '../pipeline.ts';
import type { StageRule } from '../pipeline.ts';
import { secondsInWords } from '../words.ts';
import { cooldownConflict, largestCapacity } from './adjustment.ts';
import { awsConfig } from './config.ts';
import type { AwsConfig, AwsPolicy } from './config.ts';
import type { ForecastState } from './load-forecast.ts';
import { lookBack, metricOf, voteOf } from './policies.ts';
import type { PolicyVote } from './policies.ts';
import { predictionRule, predictorOf } from './prediction.ts';
import { scheduledCapacity } from './predictive.ts';
import { scheduleOf } from './scheduled-actions.ts';
import type { ScheduledRange } from './scheduled-actions.ts';
import { combineVotes } from './target-tracking.ts';

interface AwsState {
  /** of each policy, a data point a minute, oldest first; NaN for a missing one */
  readonly series: readonly (readonly number[])[];
  /** additions, and how long each counts as on its way, s */
  readonly additions: readonly { readonly time: number; readonly size: number; readonly until: number }[];
  readonly last: { readonly activity: 'scaleIn' | 'scaleOut'; readonly until: number; readonly simpleUntil: number };
  /** cool-down of the policy that won, s, for when its wish is done */
  readonly cooldown: number;
  /** null without a predictive policy */
  readonly forecast: ForecastState | null;
  /** s: the last evaluation, before which nothing is due any more */
  readonly evaluatedAt: number;
}

/** s: the period of a data point */
const interval = 60;

/** Scaling policies of AWS, those with alarms, the predictive one and scheduled actions, looked at once a minute. */
export const awsKind = {
  config: awsConfig,
  create(config: AwsConfig, { startEpoch }: ControllerContext): Controller<AwsState> {
    const Policies = config.Policies.filter((policy): policy is AwsPolicy => policy.PolicyType !== 'PredictiveScaling');
    const predictive = config.Policies.find((policy) => policy.PolicyType === 'PredictiveScaling');
    const predictor = predictive === undefined ? null : predictorOf(predictive, startEpoch);
    const schedule = scheduleOf(config.ScheduledActions, { min: config.MinCapacity, max: config.MaxCapacity });
    return {
      kind: 'aws',
      interval,
      initialState: {
        series: Policies.map(() => []),
        additions: [],
        last: { activity: 'scaleOut', until: -Infinity, simpleUntil: -Infinity },
        cooldown: 0,
        forecast: predictor?.initialState ?? null,
        evaluatedAt: 0,
      },
      evaluate(seen, state) {
        const { time, desiredReplicas: current } = seen;
        const metrics = Policies.map(metricOf);
        const series = Policies.map((policy, index) =>
          [...(state.series[index] ?? []), metrics[index]?.read(seen) ?? NaN].slice(-lookBack(policy)),
        );
        const additions = state.additions.filter(({ until }) => until > time);
        const warm = Math.max(0, current - additions.reduce((sum, { size }) => sum + size, 0));
        const votes = Policies.map((policy, index) => voteOf(policy, series[index] ?? [], current, warm));
        const wish = wishOf(current, votes, time < state.last.simpleUntil);
        const observed: Record<string, number> = Object.fromEntries(
          metrics.map(({ name }, index) => [name, series[index]?.at(-1) ?? NaN]),
        );
        const origin = [
          { name: 'policies', input: current, output: wish.capacity, reason: wish.reason, detail: wish.detail },
        ];
        const range = schedule(startEpoch + time, startEpoch + state.evaluatedAt);
        const rules: StageRule[] = [cooldownRule(current, state.last, time)];
        if (range.action !== null) rules.push(scheduleRule(range));
        let { max } = range;
        let forecast = state.forecast;
        if (predictor !== null && forecast !== null) {
          forecast = predictor.learn(forecast, seen);
          const prediction = predictor.predict(forecast, time, range.max);
          rules.push(predictionRule(prediction, predictor.acts));
          if (predictor.acts) max = prediction.max;
          observed['forecastLoad'] = prediction.load;
          observed['forecastCapacity'] = prediction.capacity;
        }
        rules.push(boundsRule('bounds', range.min, max));
        const decision = decide({ time, current, observed, recommended: wish.capacity, origin }, rules);
        const next = { ...state, series, additions, cooldown: wish.cooldown, forecast, evaluatedAt: time };
        return { decision, state: next };
      },
      afterApply(state, { desiredReplicas: before, time }, applied) {
        if (applied === before) return state;
        const until = time + state.cooldown;
        if (applied < before) return { ...state, last: { activity: 'scaleIn', until, simpleUntil: until } };
        return {
          ...state,
          additions: [...state.additions, { time, size: applied - before, until }],
          last: { activity: 'scaleOut', until: -Infinity, simpleUntil: until },
        };
      },
    };
  },
} satisfies ControllerKind<typeof awsConfig>;

/** Target tracking agrees among itself; a step or simple policy is not held back by it. */
function wishOf(current: number, votes: readonly PolicyVote[], simpleRests: boolean) {
  const acting = votes.filter(({ simple }) => !(simple && simpleRests));
  const tracked = combineVotes(
    current,
    acting.filter(({ tracking }) => tracking),
  );
  const others = acting.filter(({ tracking, wants }) => !tracking && wants !== 'none').map(({ capacity }) => capacity);
  const candidates = [...(tracked === current ? [] : [tracked]), ...others];
  const capacity = candidates.length === 0 ? current : largestCapacity(candidates);
  const winner = acting.find(
    (vote) => vote.wants !== 'none' && vote.wants !== 'disabled' && vote.capacity === capacity,
  );
  const moved = capacity !== current;
  return {
    capacity,
    cooldown: winner?.cooldown ?? 0,
    reason: moved ? (capacity > current ? 'ScaleOut' : 'ScaleIn') : 'NoAlarm',
    detail:
      (moved ? winner : votes[0])?.words ??
      (simpleRests ? 'Every simple policy waits for its cool-down' : 'No policy with an alarm'),
  };
}

function cooldownRule(current: number, last: AwsState['last'], now: number): StageRule {
  return {
    name: 'cooldown',
    apply(input) {
      if (input === current) return { output: input, reason: 'NoChange', detail: `No change asked for: ${input}` };
      const remaining = last.until - now;
      const { allowed } = cooldownConflict(last.activity, remaining, input > current ? 'scaleOut' : 'scaleIn');
      if (allowed) return { output: input, reason: 'CooledDown', detail: `No cool-down holds it: ${input}` };
      const detail = `Scale-in cool-down for another ${secondsInWords(remaining)}: ${input} → ${current}`;
      return { output: current, reason: 'CoolingDown', detail };
    },
  };
}

/** A scheduled action that has just become due moves the capacity, whatever cools down; after that its bounds hold. */
function scheduleRule(range: ScheduledRange): StageRule {
  return {
    name: 'schedule',
    apply(input) {
      const output = scheduledCapacity(input, { ...range, desired: range.desired ?? undefined });
      const words = `${range.action ?? ''}: ${range.min} to ${range.max}`;
      const change = output === input ? `${words}: ${input}` : `${words}: ${input} → ${output}`;
      return { output, reason: output === input ? 'WithinSchedule' : 'Scheduled', detail: change };
    },
  };
}
