import type { UsageRatio } from './usage-ratio.ts';

/** The count one metric proposes, and what it would propose without each of the precautions. */
export interface Proposal {
  /** what goes into the choice among metrics */
  readonly replicas: number;
  /** as `replicas`, had the dead zone no width */
  readonly withoutTolerance: number;
  /** as `replicas`, had missing and unready pods been left out */
  readonly withoutCorrection: number;
  /** without both */
  readonly plain: number;
  readonly usage: UsageRatio;
  /** what `usage.ratio` is multiplied by; NaN where the count is absolute */
  readonly multiplier: number;
  /** after inventing values for missing and unready pods; undefined when none were needed */
  readonly correction:
    | {
        readonly ratio: number;
        readonly pods: number;
        readonly missing: number;
        readonly unready: number;
      }
    | undefined;
}

/**
 * A proposal that needed no value invented.
 *
 * @param plain the count, had the dead zone no width
 */
export function proposalOf(replicas: number, plain: number, usage: UsageRatio, multiplier: number): Proposal {
  return {
    replicas,
    withoutTolerance: plain,
    withoutCorrection: replicas,
    plain,
    usage,
    multiplier,
    correction: undefined,
  };
}

/** Counts are 32-bit integers in the API. */
const mostInt32 = 2_147_483_647;

/** ⌈count⌉, at most 2³¹−1. */
export function roundUp(count: number): number {
  return Math.min(Math.ceil(count), mostInt32);
}
