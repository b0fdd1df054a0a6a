import type { Controller } from '../contract.ts';
import type { ControllerKind } from '../controller-kind.ts';
import { boundsRule, decide } from '../pipeline.ts';
import type { StageRule } from '../pipeline.ts';
import { secondsInWords } from '../words.ts';
import { cooldownConflict, largestCapacity } from './adjustment.ts';
import { awsConfig } from './config.ts';
import type { AwsConfig } from './config.ts';
import { lookBack, metricOf, voteOf } from './policies.ts';
import type { PolicyVote } from './policies.ts';
import { combineVotes } from './target-tracking.ts';

interface AwsState {
  /** of each policy, a data point a minute, oldest first; NaN for a missing one */
  readonly series: readonly (readonly number[])[];
  /** additions, and how long each counts as on its way, s */
  readonly additions: readonly { readonly time: number; readonly size: number; readonly until: number }[];
  readonly last: { readonly activity: 'scaleIn' | 'scaleOut'; readonly until: number; readonly simpleUntil: number };
  /** cool-down of the policy that won, s, for when its wish is done */
  readonly cooldown: number;
}

/** s: the period of a data point */
const interval = 60;

/** Target tracking, step and simple scaling policies of AWS, looked at once a minute. */
export const awsKind = {
  config: awsConfig,
  create({ MinCapacity, MaxCapacity, Policies }: AwsConfig): Controller<AwsState> {
    return {
      kind: 'aws',
      interval,
      initialState: {
        series: Policies.map(() => []),
        additions: [],
        last: { activity: 'scaleOut', until: -Infinity, simpleUntil: -Infinity },
        cooldown: 0,
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
        const observed = Object.fromEntries(metrics.map(({ name }, index) => [name, series[index]?.at(-1) ?? NaN]));
        const origin = [
          { name: 'policies', input: current, output: wish.capacity, reason: wish.reason, detail: wish.detail },
        ];
        const decision = decide({ time, current, observed, recommended: wish.capacity, origin }, [
          cooldownRule(current, state.last, time),
          boundsRule('bounds', MinCapacity, MaxCapacity),
        ]);
        return { decision, state: { ...state, series, additions, cooldown: wish.cooldown } };
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
    detail: (moved ? winner : votes[0])?.words ?? 'Every simple policy waits for its cool-down',
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
