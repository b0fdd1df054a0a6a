import { boundsRule } from '../pipeline.ts';
import type { StageOutcome, StageRule, Words } from '../pipeline.ts';
import { secondsInWords } from '../words.ts';
import type { Behavior } from './behavior.ts';
import { defaultScaleUpLimit, scaleDownLimit, scaleUpLimit } from './limits.ts';
import type { DirectionLimit, ScaleEvents } from './limits.ts';

export interface Bounds {
  readonly min: number;
  readonly max: number;
}

const granted = (input: number, detail: Words): StageOutcome => ({
  output: input,
  reason: 'DesiredWithinRange',
  detail,
});

/**
 * Bounds, then the built-in limit on growth: the last stage of an HPA without behavior. There is no limit on shrinking.
 *
 * @see pkg/controller/podautoscaler/horizontal.go, convertDesiredReplicasWithRules
 */
export function defaultLimitStages(current: number, { min, max }: Bounds): StageRule[] {
  const limit = defaultScaleUpLimit(current);
  return [
    boundsRule('bounds', min, max),
    {
      name: 'rate-limit',
      apply(input, earlier) {
        const raisedToMinimum = earlier.at(-1)?.reason === 'TooFewReplicas';
        const detail = (end: string) => () => `Rate limit to the larger of twice ${current} and 4${end}`;
        if (input <= limit || raisedToMinimum) return granted(input, detail(`: ${input}`));
        return { output: limit, reason: 'ScaleUpLimit', detail: detail(` → ${limit}`) };
      },
    },
  ];
}

/**
 * Bounds, then the policies of `behavior`: the last stage of an HPA with behavior. Each acts in its own direction only.
 *
 * @see pkg/controller/podautoscaler/horizontal.go, convertDesiredReplicasWithBehaviorRate
 */
export function behaviorLimitStages(
  current: number,
  { min, max }: Bounds,
  behavior: Behavior,
  events: ScaleEvents,
  now: number,
): StageRule[] {
  const clamp = boundsRule('bounds', min, max);
  return [
    {
      name: 'bounds',
      apply(input, earlier) {
        if (input === current) return granted(input, () => `No change asked for: ${input}`);
        if (input > current ? input > max : input < min) return clamp.apply(input, earlier);
        return granted(input, () => `Within ${min} to ${max}: ${input}`);
      },
    },
    {
      name: 'rate-limit',
      apply(input) {
        if (input > current) {
          const found = scaleUpLimit(current, behavior.scaleUp, events, now);
          const detail = (end: string) => () => describe('+', found) + end;
          return input > found.limit
            ? { output: found.limit, reason: 'ScaleUpLimit', detail: detail(` → ${found.limit}`) }
            : granted(input, detail(`: ${input}`));
        }
        if (input < current) {
          const found = scaleDownLimit(current, behavior.scaleDown, events, now);
          const detail = (end: string) => () => describe('−', found) + end;
          return input < found.limit
            ? { output: found.limit, reason: 'ScaleDownLimit', detail: detail(` → ${found.limit}`) }
            : granted(input, detail(`: ${input}`));
        }
        return granted(input, () => `No rate limit needed: ${input}`);
      },
    },
  ];
}

/** `Rate limit +8 a minute, 5 used` */
function describe(sign: string, { policy, used }: DirectionLimit): string {
  if (policy === null) return 'Scaling in this direction is disabled';
  const amount = `${sign}${policy.value}${policy.type === 'Percent' ? ' %' : ''}`;
  const period = policy.periodSeconds === 60 ? 'a minute' : `in ${secondsInWords(policy.periodSeconds)}`;
  return `Rate limit ${amount} ${period}${used === 0 ? '' : `, ${used} used`}`;
}
