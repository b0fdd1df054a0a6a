import type { Issue } from '../../issue.ts';
import type { Controller, ControllerContext, Observation, Stage } from '../contract.ts';
import type { ControllerKind } from '../controller-kind.ts';
import { boundsRule, decide } from '../pipeline.ts';
import type { StageRule } from '../pipeline.ts';
import { secondsInWords } from '../words.ts';
import { createBuckets, recordValue, windowAverage } from './buckets.ts';
import type { Buckets } from './buckets.ts';
import { kpaConfig } from './config.ts';
import type { KpaConfig } from './config.ts';
import { decideScale, initialDecider } from './decider.ts';
import type { DeciderState } from './decider.ts';
import { tick } from './max-window.ts';
import { activeCondition, handleZero, withinBounds } from './scaler.ts';
import type { ActiveStatus, ZeroVerdict } from './scaler.ts';
import { settingsOf } from './settings.ts';
import type { KpaSettings } from './settings.ts';

interface KpaState {
  readonly stable: Buckets;
  readonly panic: Buckets;
  /** null until the first evaluation has counted the pods */
  readonly decider: DeciderState | null;
  readonly status: ActiveStatus;
  /** s: since when it has that status, and since when requests go through the activator (NaN: they do not) */
  readonly statusSince: number;
  readonly proxySince: number;
}

/**
 * Knative Pod Autoscaler, evaluated every two seconds. A sample of the pipeline stands for each second since the
 * evaluation before. Concurrency is what waits or is being worked on: the activator and the pods' proxies hold both.
 */
export const kpaKind = {
  config: kpaConfig,
  create(config: KpaConfig, context: ControllerContext): Controller<KpaState> {
    const settings = settingsOf(config, context);
    return {
      kind: 'kpa',
      interval: tick,
      initialState: {
        stable: createBuckets(settings.stableWindow),
        panic: createBuckets(settings.panicWindow),
        decider: null,
        status: 'active',
        statusSince: 0,
        proxySince: NaN,
      },
      evaluate: (seen, state) => evaluate(settings, seen, state),
    };
  },
  check(
    { annotations, containerConcurrency }: KpaConfig,
    { concurrency, initialReplicas }: ControllerContext,
  ): Issue[] {
    const issues: Issue[] = [];
    const initial = annotations['autoscaling.knative.dev/initial-scale'];
    if (initial !== undefined && initial !== initialReplicas) {
      issues.push({
        code: 'not-supported',
        severity: 'warning',
        path: ['annotations', 'autoscaling.knative.dev/initial-scale'],
        message: `The revision is taken to have started: \`replicas.initial\` (${initialReplicas}) counts, not initial-scale (${initial}).`,
      });
    }
    if (containerConcurrency !== undefined && containerConcurrency > 0 && containerConcurrency !== concurrency) {
      issues.push({
        code: 'not-supported',
        severity: 'warning',
        path: ['containerConcurrency'],
        message: `A simulated replica works on ${concurrency} requests at once whatever containerConcurrency (${containerConcurrency}) says. Set \`concurrency\` of the service to the same.`,
      });
    }
    return issues;
  },
} satisfies ControllerKind<typeof kpaConfig>;

function evaluate(settings: KpaSettings, seen: Observation, before: KpaState) {
  const { time, desiredReplicas: current, readyReplicas: ready, service } = seen;
  const sample = settings.metric === 'rps' ? service.arrivalRate : service.queueLength + service.inService;
  const state = record(before, time, sample);
  const { stable: stableBuckets, panic: panicBuckets } = state;
  const observed = { [settings.metric === 'rps' ? 'arrivalRate' : 'concurrency']: sample };
  if (stableBuckets.last === -Infinity) {
    const detail = 'No sample yet: the count stays';
    const origin: Stage[] = [{ name: 'metric', input: current, output: current, reason: 'NoData', detail }];
    return { decision: decide({ time, current, observed, recommended: NaN, origin }, []), state };
  }
  const stable = windowAverage(stableBuckets, time);
  const panic = windowAverage(panicBuckets, time);
  const decider = before.decider ?? initialDecider(settings.decider, ready, time);
  const desire = decideScale(settings.decider, decider, { ready, stable, panic, now: time });
  const view = {
    status: state.status,
    statusFor: time - state.statusSince,
    proxyMode: !Number.isNaN(state.proxySince),
    proxyFor: Number.isNaN(state.proxySince) ? 0 : time - state.proxySince,
    activatorProbeOk: true,
  };
  const zero = handleZero(settings.scaler, view);
  const { min, max } = settings.bounds;
  const decision = decide(
    {
      time,
      current,
      observed: { ...observed, stableAverage: stable, panicAverage: panic },
      recommended: desire.wish,
      origin: [desire.origin],
    },
    [...desire.rules, boundsRule('bounds', min, max === 0 ? Infinity : max), zeroRule(view.statusFor, zero, current)],
  );
  const bounded = withinBounds(settings.bounds, desire.want);
  const want = bounded === 0 ? zero.want : bounded;
  const status = activeCondition(state.status, want, ready, Math.max(min, 1)) ?? state.status;
  const proxied = want <= 0 || desire.excessBurstCapacity < 0;
  return {
    decision,
    state: {
      ...state,
      decider: desire.state,
      status,
      statusSince: status === state.status ? state.statusSince : time,
      proxySince: !proxied ? NaN : Number.isNaN(state.proxySince) ? time : state.proxySince,
    },
  };
}

/** The same sample for each second of the tick: the pods are asked every second. */
function record(state: KpaState, time: number, sample: number): KpaState {
  if (Number.isNaN(sample)) return state;
  let { stable, panic } = state;
  for (let second = Math.max(time - tick + 1, 0); second <= time; second++) {
    stable = recordValue(stable, second, sample);
    panic = recordValue(panic, second, sample);
  }
  return { ...state, stable, panic };
}

const zeroWords: Readonly<Record<string, string>> = {
  ScaleToZeroDisabled: 'Scale to zero is disabled',
  ActivationTimedOut: 'Gave up activating',
  Activating: 'Still activating',
  BecomesInactive: 'Nothing came for a stable window, marked inactive',
  ActiveTooShort: 'Active for less than a stable window',
  GracePeriodOver: 'Grace period over',
  PodRetained: 'The last pod is retained',
  ActivatorInPath: 'The activator has been in the path for the grace period',
  GracePeriod: 'Grace period',
};

function zeroRule(statusFor: number, zero: ZeroVerdict, current: number): StageRule {
  return {
    name: 'scale-to-zero',
    apply(input) {
      if (input > 0) return { output: input, reason: 'NotZero', detail: `Not zero: ${input}` };
      const output = zero.write ?? current;
      const cause = `${zeroWords[zero.reason] ?? zero.reason} (${secondsInWords(statusFor)} in this condition)`;
      return { output, reason: zero.reason, detail: `${cause}: ${input} → ${output}` };
    },
  };
}
