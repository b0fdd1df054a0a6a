import type { Decision, Stage } from './contract.ts';

/** A detail in words, or what puts it into words, which happens only where somebody reads them. */
export type Words = string | (() => string);

export const wordsOf = (words: Words): string => (typeof words === 'string' ? words : words());

/** What a rule made of the count it was given. */
export interface StageOutcome {
  readonly output: number;
  readonly reason: string;
  readonly detail: Words;
}

/**
 * One limit between the wish and what is done. Pure: run again with another input it tells what would have been.
 *
 * `earlier` are the stages of the same pass, for a rule that depends on why its input is what it is.
 */
export interface StageRule {
  readonly name: string;
  apply(input: number, earlier: readonly Stage[]): StageOutcome;
}

/** Runs the rules in order, each on the output of the one before. @param explained false: details stay empty */
export function runStages(wish: number, rules: readonly StageRule[], explained = true): Stage[] {
  const stages: Stage[] = [];
  let count = wish;
  for (const rule of rules) {
    const { output, reason, detail } = rule.apply(count, stages);
    stages.push({ name: rule.name, input: count, output, reason, detail: explained ? wordsOf(detail) : '' });
    count = output;
  }
  return stages;
}

const outputOf = (wish: number, stages: readonly Stage[]): number => stages.at(-1)?.output ?? wish;

const lastChange = (stages: readonly Stage[]): number => stages.findLastIndex((stage) => stage.output !== stage.input);

/** What a controller has worked out before any limit is applied. */
export interface Wish {
  readonly time: number;
  readonly current: number;
  readonly observed: Readonly<Record<string, number>>;
  /** NaN when it could not be computed; the stages then start from `current` */
  readonly recommended: number;
  /** How the wish came about; these never count as binding. */
  readonly origin: readonly Stage[];
}

/**
 * Applies the rules to a wish and names what bound it: the last stage that changed the count. What would have been
 * applied without that stage is found by running the others again.
 *
 * @param explained false where nobody reads it: nothing is put into words, the stages are those of the rules alone, and
 *   `withoutBinding` stays NaN
 */
export function decide(wish: Wish, rules: readonly StageRule[], explained = true): Decision {
  const start = Number.isNaN(wish.recommended) ? wish.current : wish.recommended;
  const stages = runStages(start, rules, explained);
  const applied = outputOf(start, stages);
  const bound = lastChange(stages);
  const decision = {
    time: wish.time,
    current: wish.current,
    observed: wish.observed,
    recommended: wish.recommended,
    stages: explained ? [...wish.origin, ...stages] : stages,
    applied,
    binding: stages[bound]?.name ?? null,
    withoutBinding: bound < 0 || !explained ? NaN : outputWithout(start, rules, bound),
    reason: '',
  };
  return explained ? { ...decision, reason: sentence(decision) } : decision;
}

/** The decision of a controller that works its count out without stages where nobody reads them. */
export function unexplained(time: number, current: number, recommended: number, applied: number): Decision {
  return {
    time,
    current,
    observed: {},
    recommended,
    stages: [],
    applied,
    binding: null,
    withoutBinding: NaN,
    reason: '',
  };
}

/**
 * Further rules after a decision that was already made: guards around a controller, the limit of the simulation.
 *
 * @param explained as in `decide`
 */
export function extend(decision: Decision, rules: readonly StageRule[], explained = true): Decision {
  if (rules.length === 0) return decision;
  const added = runStages(decision.applied, rules, explained);
  const bound = lastChange(added);
  let { binding, withoutBinding } = decision;
  if (bound >= 0) {
    binding = added[bound]?.name ?? null;
    withoutBinding = explained ? outputWithout(decision.applied, rules, bound) : NaN;
  } else if (explained && binding !== null) {
    withoutBinding = outputOf(withoutBinding, runStages(withoutBinding, rules, false));
  }
  const extended = {
    ...decision,
    stages: [...decision.stages, ...added],
    applied: outputOf(decision.applied, added),
    binding,
    withoutBinding,
  };
  return explained ? { ...extended, reason: sentence(extended) } : extended;
}

function outputWithout(wish: number, rules: readonly StageRule[], left: number): number {
  const others = rules.filter((_, index) => index !== left);
  return outputOf(wish, runStages(wish, others, false));
}

/** `18 → 21: Rate limit …`; the words are those of the binding stage, or of the wish when nothing bound it. */
function sentence(decision: Omit<Decision, 'reason'>): string {
  const { stages, binding, current, applied } = decision;
  const cause = binding === null ? stages[0] : stages.findLast((stage) => stage.name === binding);
  const movement = applied === current ? `Stays at ${current}` : `${current} → ${applied}`;
  return cause === undefined ? movement : `${movement}: ${cause.detail}`;
}

/** Clamps between two bounds, with the reasons the HPA uses for them. */
export function boundsRule(name: string, min: number, max: number): StageRule {
  return {
    name,
    apply(input) {
      if (input > max)
        return { output: max, reason: 'TooManyReplicas', detail: () => `At most ${max}: ${input} → ${max}` };
      if (input < min)
        return { output: min, reason: 'TooFewReplicas', detail: () => `At least ${min}: ${input} → ${min}` };
      return { output: input, reason: 'DesiredWithinRange', detail: () => `Within ${min} to ${max}: ${input}` };
    },
  };
}
