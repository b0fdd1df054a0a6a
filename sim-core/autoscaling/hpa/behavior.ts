/** autoscaling/v2 `behavior`, every field filled in. */
export interface Behavior {
  readonly scaleUp: ScalingRules;
  readonly scaleDown: ScalingRules;
}

export interface ScalingRules {
  /** s */
  readonly stabilizationWindowSeconds: number;
  readonly selectPolicy: 'Max' | 'Min' | 'Disabled';
  readonly policies: readonly ScalingPolicy[];
}

export interface ScalingPolicy {
  readonly type: 'Pods' | 'Percent';
  /** integer > 0 */
  readonly value: number;
  /** s */
  readonly periodSeconds: number;
}

type Partially<T> = { readonly [Key in keyof T]?: T[Key] | undefined };

export interface BehaviorInput {
  readonly scaleUp?: Partially<ScalingRules> | undefined;
  readonly scaleDown?: Partially<ScalingRules> | undefined;
}

/**
 * Fills in both directions, field by field. A list of policies that is given replaces the default list.
 * Absent behavior stays absent: the rules without behavior differ from the defaults of behavior.
 *
 * @param downscaleStabilization the controller manager's setting, s
 */
export function fillBehavior(behavior: BehaviorInput, downscaleStabilization: number): Behavior {
  const { scaleUp, scaleDown } = behavior;
  return {
    scaleUp: {
      stabilizationWindowSeconds: scaleUp?.stabilizationWindowSeconds ?? 0,
      selectPolicy: scaleUp?.selectPolicy ?? 'Max',
      policies: scaleUp?.policies ?? [
        { type: 'Pods', value: 4, periodSeconds: 15 },
        { type: 'Percent', value: 100, periodSeconds: 15 },
      ],
    },
    scaleDown: {
      stabilizationWindowSeconds: scaleDown?.stabilizationWindowSeconds ?? downscaleStabilization,
      selectPolicy: scaleDown?.selectPolicy ?? 'Max',
      policies: scaleDown?.policies ?? [{ type: 'Percent', value: 100, periodSeconds: 15 }],
    },
  };
}
