import type { StageRule } from '../../sim-core/autoscaling/pipeline.ts';
import type * as Pipeline from '../../sim-core/autoscaling/pipeline.ts';

/** Name of the stage that is taken out of every pipeline; empty for none. `met` are the names that passed by. */
export const broken = { stage: '', met: new Set<string>() };

/**
 * The pipeline without the stage that is broken. Every limit between a wish and a count passes through here, whichever
 * controller or guard it belongs to, so a test puts it in the module's place with `vi.mock`.
 */
export function breakable(real: typeof Pipeline): typeof Pipeline {
  const { decide, extend, runStages } = real;
  const left = (rules: readonly StageRule[]) => {
    for (const { name } of rules) broken.met.add(name);
    return rules.filter(({ name }) => name !== broken.stage);
  };
  return {
    ...real,
    runStages: (wish, rules) => runStages(wish, left(rules)),
    decide: (wish, rules) => decide(wish, left(rules)),
    extend: (decision, rules) => extend(decision, left(rules)),
  };
}
