import { useRuns, useSession, useView } from './session-context.ts';
import { slotColour, useColours } from './use-colours.ts';

/** Chooses the policy a tab is about. */
export function PolicyChips({ current }: { current: string }) {
  const { view } = useSession();
  const policies = useRuns((state) => state.shown?.comparison.policies);
  const hidden = useView((state) => state.hidden);
  const colours = useColours();
  return (
    <div className="chips" role="radiogroup" aria-label="Policy">
      {(policies ?? [])
        .filter(({ policy }) => !hidden.has(policy) || policy === current)
        .map(({ policy }) => (
          <button
            key={policy}
            type="button"
            role="radio"
            className="chip"
            title={policy}
            aria-checked={policy === current}
            onClick={() => view.setPolicy(policy)}
          >
            <span className="swatch" style={{ background: slotColour(colours.get(policy)) }} />
            <span className="name">{policy}</span>
          </button>
        ))}
    </div>
  );
}
