import type { Decision, Stage } from '../contract.ts';
import { boundsRule, decide, unexplained } from '../pipeline.ts';
import type { StageRule } from '../pipeline.ts';
import { secondsInWords } from '../words.ts';
import { combine } from './combine.ts';
import type { Combined } from './combine.ts';
import { countAlone } from './count-alone.ts';
import { behaviorLimitStages, defaultLimitStages } from './limit-stages.ts';
import { correctionInWords, metricInWords, toleranceInWords } from './metric-words.ts';
import type { MetricError } from './pod.ts';
import type { Proposal } from './proposal.ts';
import { propose, withFallback } from './propose.ts';
import type { ScaleTarget } from './propose.ts';
import { initialRecommendations } from './recommendations.ts';
import type { Recommendation } from './recommendations.ts';
import { mayLiftFromZero } from './scale-to-zero.ts';
import type { HpaSettings, HpaSpec, Reading } from './spec.ts';
import { rememberBehavior, rememberDefault, stabiliseBehavior, stabiliseDefault, windowsOf } from './stabilise.ts';
import { afterEvaluation } from './state.ts';
import type { HpaState } from './state.ts';
import { isWithinTolerance } from './tolerance.ts';

export interface ReconcileInput {
  readonly spec: HpaSpec;
  readonly settings: HpaSettings;
  readonly target: ScaleTarget;
  /** one a metric, in the order of the spec */
  readonly readings: readonly Reading[];
  readonly state: HpaState;
  /** s */
  readonly now: number;
  /** false where nobody reads the decision: it then holds nothing but the count, and the conditions say little */
  readonly explained?: boolean;
}

/** Reasons of the conditions an HPA publishes. */
export interface Conditions {
  readonly ableToScale: string;
  readonly scalingActive: string;
  readonly scalingLimited: string | null;
}

export interface Reconciled {
  readonly decision: Decision;
  readonly state: HpaState;
  /** worked out when asked for: few do */
  conditions(): Conditions;
  /** the evaluation reports an error, though it may still have scaled up */
  readonly metricError: boolean;
}

/**
 * One whole evaluation of an HPA: metrics → maximum → stabilisation → limits. What is remembered of it are raw
 * recommendations; scale events are recorded once the count has really been changed (`rememberRescale`).
 *
 * @see pkg/controller/podautoscaler/horizontal.go, reconcileAutoscaler
 */
export function reconcile(input: ReconcileInput): Reconciled {
  const { spec, settings, target, now } = input;
  const { current } = target;
  const recommendations = initialRecommendations(input.state.recommendations, current, now);
  const { state } = input;
  if (current === 0) {
    const hasWholeMetric = spec.metrics.some(({ type }) => type === 'Object' || type === 'External');
    const zero = {
      gate: settings.scaleToZero,
      scaledToZero: state.scaledToZero,
      minReplicas: spec.minReplicas,
      hasWholeMetric,
    };
    if (!mayLiftFromZero(zero)) {
      const conditions = { ableToScale: 'SucceededGetScale', scalingActive: 'ScalingDisabled', scalingLimited: null };
      return idle(input, recommendations, 'Zero replicas: scaling is disabled', 'ScalingDisabled', [], conditions);
    }
  } else if (current > spec.maxReplicas || current < spec.minReplicas) {
    const scalingLimited = current > spec.maxReplicas ? 'TooManyReplicas' : 'TooFewReplicas';
    const conditions = { ableToScale: 'SucceededRescale', scalingActive: 'ValidMetricFound', scalingLimited };
    const rules = [boundsRule('bounds', spec.minReplicas, spec.maxReplicas)];
    return idle(
      input,
      recommendations,
      'Outside its bounds: metrics are not looked at',
      scalingLimited,
      rules,
      conditions,
    );
  }
  return scale(input, state, recommendations);
}

/** An evaluation that looks at no metric. */
function idle(
  { target: { current }, state, now }: ReconcileInput,
  recommendations: readonly Recommendation[],
  detail: string,
  reason: string,
  rules: readonly StageRule[],
  conditions: Conditions,
): Reconciled {
  const origin = [{ name: 'metric', input: current, output: current, reason, detail }];
  const decision = decide({ time: now, current, observed: {}, recommended: NaN, origin }, rules);
  const after = afterEvaluation(state, recommendations, state.failingSince);
  return { decision, state: after, conditions: () => conditions, metricError: false };
}

function scale(input: ReconcileInput, state: HpaState, recommendations: readonly Recommendation[]): Reconciled {
  const { spec, settings, target, readings, now, explained = true } = input;
  const { current } = target;
  const proposals: (Proposal | MetricError)[] = [];
  const failingSince: number[] = [];
  for (let index = 0; index < spec.metrics.length; index++) {
    const metric = spec.metrics[index]!;
    const proposal = propose(metric, readings[index] ?? { error: 'no reading' }, target, settings, now);
    const since = 'error' in proposal ? (state.failingSince[index] ?? NaN) : NaN;
    const failing = 'error' in proposal && Number.isNaN(since) ? now : since;
    failingSince.push(failing);
    proposals.push(withFallback(metric, proposal, failing, now));
  }
  const combined = combine(proposals, current);
  const observed = explained ? observations(spec, proposals) : {};
  const metricError = combined.errors.length > 0;
  const scalingActive = combined.winner < 0 ? failureReason(spec, combined) : 'ValidMetricFound';

  if (combined.winner < 0) {
    const detail = `No metric is known: ${failures(spec, combined)}`;
    const origin: Stage[] = [{ name: 'metric', input: current, output: current, reason: scalingActive, detail }];
    const decision = decide({ time: now, current, observed, recommended: NaN, origin }, []);
    const conditions = { ableToScale: 'SucceededGetScale', scalingActive, scalingLimited: null };
    const after = afterEvaluation(state, recommendations, failingSince);
    return { decision, state: after, conditions: () => conditions, metricError };
  }

  const wish = combine(proposals, current, ({ plain }) => plain);
  const { behavior } = spec;
  const { downscaleStabilization } = settings;
  const stored: Recommendation[] | undefined = combined.blocked
    ? undefined
    : behavior === null
      ? rememberDefault(recommendations, combined.replicas, downscaleStabilization, now)
      : rememberBehavior(recommendations, combined.replicas, windowsOf(behavior), now);
  const after = afterEvaluation(state, stored ?? recommendations, failingSince);
  if (!explained) {
    const events = { up: state.scaleUpEvents, down: state.scaleDownEvents };
    const count = { spec, settings, current, recommendations, events, now };
    const applied = combined.blocked ? current : countAlone(combined.replicas, count);
    const decision = unexplained(now, current, wish.replicas, applied);
    return { decision, state: after, conditions: () => conditionsOf(decision, scalingActive), metricError };
  }

  const rules: StageRule[] = precautions(spec, proposals, settings, current, combined);
  if (metricError) {
    rules.push(failedMetricsRule(spec, combined, current));
  }
  const later = [
    stabilisationRule(spec, settings, current, recommendations, now),
    ...(behavior === null
      ? defaultLimitStages(current, { min: spec.minReplicas, max: spec.maxReplicas })
      : behaviorLimitStages(
          current,
          { min: spec.minReplicas, max: spec.maxReplicas },
          behavior,
          { up: state.scaleUpEvents, down: state.scaleDownEvents },
          now,
        )),
  ];
  rules.push(...(metricError ? later.map(unlessBlocked) : later));

  const winner = proposals[wish.winner] as Proposal;
  const metric = spec.metrics[wish.winner];
  const corrected = winner.correction === undefined ? ', no pod missing or unready' : '';
  const detail = metric === undefined ? '' : metricInWords(metric, winner, current) + corrected;
  const origin: Stage[] = [
    { name: 'metric', input: current, output: wish.replicas, reason: 'ValidMetricFound', detail },
  ];
  const decision = decide({ time: now, current, observed, recommended: wish.replicas, origin }, rules);

  return { decision, state: after, conditions: () => conditionsOf(decision, scalingActive), metricError };
}

/** Invented values for missing and unready pods, then the dead zone. Both belong to each metric; here their sum is seen. */
function precautions(
  spec: HpaSpec,
  proposals: readonly (Proposal | MetricError)[],
  { tolerance }: HpaSettings,
  current: number,
  count: Combined,
): StageRule[] {
  const rules: StageRule[] = [];
  const anyCorrection = proposals.some((proposal) => !('error' in proposal) && proposal.correction !== undefined);
  if (anyCorrection) {
    const found = combine(proposals, current, ({ withoutTolerance }) => withoutTolerance);
    const winner = proposals[found.winner] as Proposal;
    rules.push({
      name: 'missing-pods',
      apply: () => ({
        output: found.replicas,
        reason: winner.correction === undefined ? 'NoneMissing' : 'MissingOrUnready',
        detail: () => correctionInWords(winner, found.replicas),
      }),
    });
  }
  rules.push({
    name: 'tolerance',
    apply(input, earlier) {
      const correction = !anyCorrection || earlier.some(({ name }) => name === 'missing-pods');
      const { replicas, winner } = correction
        ? count
        : combine(proposals, current, ({ withoutCorrection }) => withoutCorrection);
      const proposal = proposals[winner] as Proposal;
      const ratio = (correction ? proposal.correction?.ratio : undefined) ?? proposal.usage.ratio;
      const held = isWithinTolerance(ratio, tolerance);
      return {
        output: replicas,
        reason: held ? 'WithinTolerance' : 'OutsideTolerance',
        detail: () => {
          const several = spec.metrics.length > 1 ? `${spec.metrics[winner]?.label ?? ''}: ` : '';
          return several + toleranceInWords(ratio, tolerance, held, replicas);
        },
      };
    },
  });
  return rules;
}

function failedMetricsRule(spec: HpaSpec, combined: Combined, current: number): StageRule {
  const reason = failureReason(spec, combined);
  return {
    name: 'failed-metrics',
    apply(input) {
      const text = `${combined.errors.length} of ${spec.metrics.length} metrics failed (${failures(spec, combined)})`;
      return input < current
        ? { output: current, reason, detail: `${text}: no scale-down` }
        : { output: input, reason: 'ValidMetricFound', detail: `${text}, which does not hold back growth: ${input}` };
    },
  };
}

/** After a failed metric has stopped the evaluation nothing further happens to the count. */
function unlessBlocked(rule: StageRule): StageRule {
  return {
    name: rule.name,
    apply(input, earlier) {
      const blocked = earlier.some(({ name, reason }) => name === 'failed-metrics' && reason !== 'ValidMetricFound');
      return blocked
        ? { output: input, reason: 'Skipped', detail: 'Skipped after the failed metric' }
        : rule.apply(input, earlier);
    },
  };
}

function stabilisationRule(
  { behavior }: HpaSpec,
  { downscaleStabilization }: HpaSettings,
  current: number,
  recommendations: readonly Recommendation[],
  now: number,
): StageRule {
  return {
    name: 'stabilisation',
    apply(input) {
      const { replicas, reason } =
        behavior === null
          ? stabiliseDefault(input, recommendations, downscaleStabilization, now)
          : stabiliseBehavior(current, input, recommendations, windowsOf(behavior), now);
      const window =
        behavior === null
          ? downscaleStabilization
          : input >= current
            ? behavior.scaleUp.stabilizationWindowSeconds
            : behavior.scaleDown.stabilizationWindowSeconds;
      return {
        output: replicas,
        reason: replicas === input ? 'ReadyForNewScale' : reason,
        detail: () =>
          `Stabilised over ${secondsInWords(window)}: ${replicas === input ? input : `${input} → ${replicas}`}`,
      };
    },
  };
}

function observations(spec: HpaSpec, proposals: readonly (Proposal | MetricError)[]): Record<string, number> {
  const observed: Record<string, number> = {};
  for (const [index, metric] of spec.metrics.entries()) {
    const proposal = proposals[index];
    const name = metric.label === 'CPU' ? 'cpuUtilisation' : metric.label;
    if (proposal === undefined || 'error' in proposal) observed[name] = NaN;
    else {
      const { utilization, average } = proposal.usage;
      if (utilization !== undefined) observed[name] = utilization / 100;
      else observed[metric.label === 'CPU' ? 'cpu' : name] = Number(average) / 1000;
    }
  }
  return observed;
}

function failures(spec: HpaSpec, { errors }: Combined): string {
  return errors.map(({ index, error }) => `${spec.metrics[index]?.label ?? index}: ${error}`).join('; ');
}

/** Reason of the condition ScalingActive when a metric failed; the first failure counts. */
function failureReason(spec: HpaSpec, { errors }: Combined): string {
  const type = spec.metrics[errors[0]?.index ?? 0]?.type;
  return type === undefined || type === 'Unknown' ? 'InvalidMetricSourceType' : `FailedGet${type}Metric`;
}

function conditionsOf({ stages, applied, current }: Decision, scalingActive: string): Conditions {
  const stabilised = stages.find(({ name }) => name === 'stabilisation');
  const rate = stages.find(({ name }) => name === 'rate-limit');
  const bounds = stages.find(({ name }) => name === 'bounds');
  const scalingLimited = rate !== undefined && rate.output !== rate.input ? rate.reason : (bounds?.reason ?? null);
  const ableToScale = applied !== current ? 'SucceededRescale' : (stabilised?.reason ?? 'SucceededGetScale');
  return { ableToScale, scalingActive, scalingLimited };
}
