import type { Controller, Decision, Observation } from '../contract.ts';
import type { ControllerKind } from '../controller-kind.ts';
import { namedMetric } from '../hpa/metric-names.ts';
import { boundsRule, decide } from '../pipeline.ts';
import type { StageRule } from '../pipeline.ts';
import { inWords, secondsInWords } from '../words.ts';
import { watermarkConfig } from './config.ts';
import type { WatermarkConfig } from './config.ts';
import { limitsRule, watermarkReplicas } from './rules.ts';
import type { WatermarkProposal } from './rules.ts';

interface WatermarkState {
  /** s: last change; −Infinity before the first */
  readonly scaledAt: number;
}

/** Datadog's Watermark Pod Autoscaler: two watermarks, and nothing happens in between. */
export const watermarkKind = {
  config: watermarkConfig,
  create(config: WatermarkConfig): Controller<WatermarkState> {
    const { minReplicas: min, maxReplicas: max } = config;
    return {
      kind: 'watermark',
      interval: config.syncPeriod,
      initialState: { scaledAt: -Infinity },
      evaluate(seen, state) {
        const { time, desiredReplicas: current, readyReplicas: ready } = seen;
        const proposals = config.metrics.map((metric) => ({
          ...metric,
          usage: usageOf(metric.name, seen),
        }));
        const observed = Object.fromEntries(
          proposals.map(({ name, usage }) => [name === 'cpu' ? 'cpu' : name, usage / 1000]),
        );
        const share = (100 * ready) / Math.max(1, seen.currentReplicas);
        const idle = (reason: string, detail: string, rules: readonly StageRule[]): Decision => {
          const origin = [{ name: 'watermarks', input: current, output: current, reason, detail }];
          return decide({ time, current, observed, recommended: current, origin }, rules);
        };
        if (current === 0)
          return { decision: idle('ScalingDisabled', 'Zero replicas: scaling is disabled', []), state };
        if (current < min || current > max) {
          const detail = 'Outside its bounds: metrics are not looked at';
          return { decision: idle('OutOfBounds', detail, [boundsRule('bounds', min, max)]), state };
        }
        if (ready === 0 || share < config.minAvailableReplicaPercentage) {
          return { decision: idle('TooFewReady', `${ready} replicas ready: no decision`, []), state };
        }
        const known = proposals.filter(({ usage }) => !Number.isNaN(usage));
        if (known.length === 0) return { decision: idle('NoMetric', 'No metric is known', []), state };
        // Of several metrics the one that wants most.
        const [best] = known
          .map((each) => ({ ...each, proposal: propose(config, each, current, ready) }))
          .toSorted((a, b) => b.proposal.replicas - a.proposal.replicas);
        if (best === undefined) throw new Error('A metric was known and then was not.');
        const { replicas, position } = best.proposal;
        const value = config.algorithm === 'average' ? best.usage / ready : best.usage;
        const detail = `${best.name} ${inWords(value / 1000)}, watermarks ${inWords(best.low / 1000)} and ${inWords(best.high / 1000)}, ${ready} ready: ${position}, ${replicas}`;
        const reason = { above: 'AboveHighWatermark', below: 'BelowLowWatermark', within: 'BetweenWatermarks' }[
          position
        ];
        const origin = [{ name: 'watermarks', input: current, output: replicas, reason, detail }];
        const limits = {
          min,
          max,
          ready,
          scaleUpPercent: config.scaleUpLimitFactor,
          scaleDownPercent: config.scaleDownLimitFactor,
        };
        const decision = decide({ time, current, observed, recommended: replicas, origin }, [
          limitsRule(current, limits),
          forbiddenWindowRule(config, current, time - state.scaledAt),
        ]);
        return { decision, state };
      },
      afterApply: (state, seen, applied) => (applied === seen.desiredReplicas ? state : { scaledAt: seen.time }),
    };
  },
} satisfies ControllerKind<typeof watermarkConfig>;

/** Thousandths: of the whole service, or the CPU of its ready pods together; NaN when unknown. */
function usageOf(name: string, { service, pods }: Observation): number {
  if (name !== 'cpu') return Math.ceil((namedMetric(name)?.read(service) ?? NaN) * 1000);
  const measured = pods.filter(({ ready, terminating, cpuMilli }) => ready && !terminating && !Number.isNaN(cpuMilli));
  return measured.length === 0 ? NaN : measured.reduce((sum, { cpuMilli }) => sum + Math.ceil(cpuMilli), 0);
}

function propose(
  config: WatermarkConfig,
  { usage, low, high }: { readonly usage: number; readonly low: number; readonly high: number },
  current: number,
  ready: number,
): WatermarkProposal {
  return watermarkReplicas({
    current,
    ready,
    usage: config.algorithm === 'average' ? usage / ready : usage,
    low,
    high,
    tolerance: config.tolerance,
    modulo: config.replicaScalingAbsoluteModulo,
    tolerateZero: config.tolerateZero,
    converge: config.convergeTowardsWatermark ?? null,
    min: config.minReplicas,
    max: config.maxReplicas,
  });
}

/** @param since s since the last change, in whichever direction */
function forbiddenWindowRule(config: WatermarkConfig, current: number, since: number): StageRule {
  return {
    name: 'forbidden-window',
    apply(input) {
      const up = input > current;
      const window = up ? config.upscaleForbiddenWindowSeconds : config.downscaleForbiddenWindowSeconds;
      if (input === current) return { output: input, reason: 'NoChange', detail: `No change asked for: ${input}` };
      if (since > window) return { output: input, reason: 'Allowed', detail: `No forbidden window: ${input}` };
      const words = `${up ? 'No growth' : 'No shrinking'} for another ${secondsInWords(window - since)}`;
      return { output: current, reason: 'ForbiddenWindow', detail: `${words}: ${input} → ${current}` };
    },
  };
}
