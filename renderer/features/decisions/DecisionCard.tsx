import { useMemo } from 'react';
import { decisionAt, timeLabel } from '../../../sim-core/index.ts';
import { useRuns, usePreferences, useSession, useView } from '../app/session-context.ts';
import { slotColour, useColours } from '../app/use-colours.ts';
import { DecisionArithmetic } from './DecisionArithmetic.tsx';
import { stepThroughScalings, watchedPolicy } from './step.ts';

/** The decision under the crosshair, in the inspector: why the watched policy asked for what it did. */
export function DecisionCard() {
  const session = useSession();
  const shown = useRuns((state) => state.shown);
  const crosshair = useView((state) => state.crosshair ?? state.pinned);
  useView((state) => state.policy);
  const timeMode = usePreferences((state) => state.timeMode);
  const colours = useColours();
  const policy = watchedPolicy(session);
  const decisions = useMemo(
    () => shown?.comparison.policies.find((result) => result.policy === policy)?.example.decisions ?? [],
    [shown, policy],
  );
  if (!shown || policy === null) return null;
  const decision = crosshair === null ? undefined : decisionAt(decisions, crosshair);
  return (
    <section className="decision-card" aria-label="Decision at the crosshair">
      {decision ? (
        <>
          <h3>
            At {timeLabel(decision.time, [0, shown.scenario.horizon], shown.scenario.start, timeMode)}{' '}
            <span className="quiet">
              <span className="swatch" style={{ background: slotColour(colours.get(policy)) }} /> {policy}
            </span>
          </h3>
          <DecisionArithmetic decision={decision} compact />
        </>
      ) : (
        <p className="quiet">
          {shown.approximate ? (
            'Decisions come with the exact run.'
          ) : decisions.length === 0 ? (
            `${policy} makes no decisions.`
          ) : (
            <>
              Point at the lanes to see why {policy} asked for what it did, or step through its scaling events with{' '}
              <button
                type="button"
                className="link"
                onClick={() => stepThroughScalings(session, -1)}
                aria-label="Previous scaling event"
              >
                <kbd>,</kbd>
              </button>{' '}
              <button
                type="button"
                className="link"
                onClick={() => stepThroughScalings(session, 1)}
                aria-label="Next scaling event"
              >
                <kbd>.</kbd>
              </button>
            </>
          )}
        </p>
      )}
    </section>
  );
}
