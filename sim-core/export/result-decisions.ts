import { z } from 'zod';
import type { Decision } from '../autoscaling/contract.ts';
import type { Issue } from '../issue.ts';
import type { RealityStatus } from '../scenario/reality-status.ts';
import { realityGrades } from '../scenario/recorded.ts';
import { lazily } from '../units/lazily.ts';

/** JSON has no NaN: what had no value was written as null. */
const number = lazily(() =>
  z
    .number()
    .nullable()
    .transform((value) => value ?? NaN),
);

const decision = lazily(() =>
  z.object({
    time: z.number(),
    current: z.number(),
    observed: z.record(z.string(), number),
    recommended: number,
    stages: z.array(
      z.object({ name: z.string(), input: number, output: number, reason: z.string(), detail: z.string() }),
    ),
    applied: z.number(),
    binding: z.string().nullable(),
    withoutBinding: number,
    reason: z.string(),
  }),
);

const reality = lazily(() =>
  z.object({
    state: z.enum([...realityGrades, 'stale', 'unchecked']),
    replicaError: number,
    warning: z.string().nullable(),
  }),
);

const result = lazily(() =>
  z.object({
    schema: z.literal('headroom/result/v1'),
    reality: reality.optional(),
    policies: z.array(z.object({ policy: z.string(), decisions: z.array(decision).optional() })).min(1),
  }),
);

/** The decision log of one policy. */
export interface DecisionLog {
  readonly policy: string;
  readonly decisions: readonly Decision[];
}

/** Whether a text looks like a saved result rather than a scenario. */
export const isResultJson = (text: string): boolean => /^\s*\{\s*"schema"\s*:\s*"headroom\/result\//.test(text);

/** The decision logs of a result saved by `headroom run --decisions -o json`. */
export function readResultDecisions(text: string): {
  readonly logs?: readonly DecisionLog[];
  /** of the scenario, as the result says */
  readonly reality?: RealityStatus;
  readonly issues: Issue[];
} {
  const issue = (message: string): { issues: Issue[] } => ({
    issues: [{ code: 'result-unreadable', severity: 'error', path: [], message }],
  });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return issue('This is not whole JSON: it was cut, or edited. Save the result again.');
  }
  const parsed = result.safeParse(value);
  if (!parsed.success) {
    return issue(`This is not a result as headroom saves it. ${z.prettifyError(parsed.error).split('\n')[0]}`);
  }
  const logs = parsed.data.policies.flatMap(({ policy, decisions }) =>
    decisions === undefined ? [] : [{ policy, decisions }],
  );
  if (logs.length === 0) {
    return issue('This result was saved without its decisions. Run again with --decisions -o json.');
  }
  return { logs, ...(parsed.data.reality !== undefined && { reality: parsed.data.reality }), issues: [] };
}
