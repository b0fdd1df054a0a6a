import type { Comparison, PolicyResult } from '../../experiment/result.ts';
import type { BandName } from '../../experiment/result.ts';
import type { Prices } from './row-cost.ts';

/** What the lanes need to know beside the results. */
export interface LaneOptions {
  /** slots by policy name, see assignColours */
  readonly colours: ReadonlyMap<string, number>;
  readonly hiddenPolicies?: ReadonlySet<string> | undefined;
  /** drawn first and quieter; default: the comparison's own */
  readonly baseline?: string | undefined;
  /** the policy shown with all its detail: desired beside ready, p50 and p99 beside p95, used beside seen CPU */
  readonly focus?: string | null | undefined;
  /** objectives of the scenario, s */
  readonly slo?:
    | {
        readonly p50?: number | undefined;
        readonly p95?: number | undefined;
        readonly p99?: number | undefined;
        readonly mean?: number | undefined;
        readonly maxBacklog?: number | undefined;
      }
    | undefined;
  readonly cost?: (Prices & { readonly currency: string }) | undefined;
  /** replicas theory asks for, by policy, one value a row */
  readonly needed?: ReadonlyMap<string, Float64Array> | undefined;
  /** whether lines show replication 0, the one whose decisions can be read, or the mean of all; default `example` */
  readonly lines?: 'example' | 'mean' | undefined;
}

/** One visible policy with all the lane builders ask of it. */
export interface VisiblePolicy {
  readonly name: string;
  readonly slot: number;
  readonly baseline: boolean;
  readonly result: PolicyResult;
  /** few enough policies, or this one focused: the second lines are drawn too */
  readonly detailed: boolean;
  /** the only one visible, or focused: third lines too */
  readonly focused: boolean;
}

export interface LaneContext {
  readonly comparison: Comparison;
  readonly policies: readonly VisiblePolicy[];
  readonly options: LaneOptions;
}

/** The visible policies, the baseline first so that it is drawn beneath. */
export function laneContext(comparison: Comparison, options: LaneOptions): LaneContext {
  const baseline = options.baseline ?? comparison.baseline;
  const shown = comparison.policies.filter((result) => !options.hiddenPolicies?.has(result.policy));
  const policies = shown.map((result) => {
    const focused = shown.length === 1 || options.focus === result.policy;
    return {
      name: result.policy,
      slot: options.colours.get(result.policy) ?? 0,
      baseline: result.policy === baseline,
      result,
      detailed: focused || (shown.length <= 2 && !options.focus),
      focused,
    };
  });
  policies.sort((a, b) => Number(b.baseline) - Number(a.baseline));
  return { comparison, policies, options };
}

/** The confidence band of a column over replications, or null when there was one replication. */
export function bandOf(
  result: PolicyResult,
  name: BandName,
  factor = 1,
): { readonly lower: Float64Array; readonly upper: Float64Array } | null {
  const band = result.bands[name];
  if (!band.halfWidth.some((value) => value >= 0)) return null;
  const lower = new Float64Array(band.mean.length);
  const upper = new Float64Array(band.mean.length);
  for (let i = 0; i < lower.length; i++) {
    // Counts, times and shares are never negative, whatever a symmetric interval says.
    lower[i] = Math.max(0, band.mean[i]! - band.halfWidth[i]!) * factor;
    upper[i] = (band.mean[i]! + band.halfWidth[i]!) * factor;
  }
  return { lower, upper };
}

/** Line width of a policy's main line: the baseline is quieter. */
export function mainWidth(policy: VisiblePolicy): number {
  return policy.baseline ? 1.3 : 1.6;
}

/** A policy whose colour already stands for another is dashed. */
export function mainLine(policy: VisiblePolicy, distinct: number): 'solid' | 'dashed' {
  return policy.slot > distinct ? 'dashed' : 'solid';
}
