import { useMemo } from 'react';
import { assignColours } from '../../../sim-core/index.ts';
import { useDocuments, useRuns } from './session-context.ts';

/**
 * Slots of the policies, one colour everywhere. Those of the text on the desk come first, so that a colour does not
 * jump while a run is under way; policies of an older result follow.
 */
export function useColours(): ReadonlyMap<string, number> {
  const scenario = useDocuments(({ lastValid }) => lastValid?.scenario);
  const comparison = useRuns(({ shown }) => shown?.comparison);
  return useMemo(() => {
    const names = scenario?.policies.map(({ name }) => name) ?? [];
    const older = comparison?.policies.map(({ policy }) => policy).filter((name) => !names.includes(name)) ?? [];
    const baseline = scenario?.compare.baseline ?? names[0] ?? comparison?.baseline ?? '';
    return assignColours([...names, ...older], baseline);
  }, [scenario, comparison]);
}

/** The CSS colour of a slot; the variables hang on the root element. */
export const slotColour = (slot: number | undefined): string =>
  slot === undefined ? 'var(--ink-quiet)' : `var(--policy-${slot === 0 ? 0 : ((slot - 1) % 8) + 1})`;
