import { useState } from 'react';
import { isScaling } from '../../../sim-core/index.ts';
import type { Decision, DecisionDifference } from '../../../sim-core/index.ts';
import { Hint } from '../app/Hint.tsx';
import { PolicyChips } from '../app/PolicyChips.tsx';
import { usePreferences, useRuns, useSession } from '../app/session-context.ts';
import { bindingWords, type BindingFilter } from './binding-filter.ts';
import { momentOf } from './moment.ts';
import { pinAt, setBeside, stepThroughDifferences, stepThroughScalings } from './step.ts';

interface BarProps {
  readonly policy: string;
  readonly beside: string | null;
  readonly all: readonly Decision[];
  readonly differences: readonly DecisionDifference[] | null;
  readonly onlyChanges: boolean;
  readonly onOnlyChanges: (only: boolean) => void;
  readonly binding: BindingFilter;
  readonly bindings: readonly BindingFilter[];
  readonly onBinding: (binding: BindingFilter) => void;
}

/** What is looked at: whose decisions, beside whose, which of them, and when. */
export function DecisionsBar(props: BarProps) {
  const { policy, beside, all, differences } = props;
  const session = useSession();
  const policies = useRuns(({ shown }) => shown?.comparison.policies);
  const others = (policies ?? []).map((result) => result.policy).filter((name) => name !== policy);
  const step = (direction: 1 | -1): void =>
    differences === null ? stepThroughScalings(session, direction) : stepThroughDifferences(session, direction);
  const what = differences === null ? 'scaling event' : 'difference';
  const keys = differences === null ? [',', '.'] : ['<', '>'];
  return (
    <div className="decisions-bar">
      <PolicyChips current={policy} />
      {others.length > 0 && (
        <label className="beside">
          <span className="quiet">beside</span>
          <select value={beside ?? ''} onChange={(event) => setBeside(session, event.target.value || null)}>
            <option value="">no other</option>
            {others.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
      )}
      <span className="spacer" />
      {differences === null && (
        <>
          <select
            className="binding-filter"
            aria-label="Bound by"
            value={props.binding}
            onChange={(event) => props.onBinding(event.target.value)}
          >
            {props.bindings.map((binding) => (
              <option key={binding} value={binding}>
                {bindingWords(binding)}
              </option>
            ))}
          </select>
          <label className="check">
            <input
              type="checkbox"
              checked={props.onlyChanges}
              onChange={(event) => props.onOnlyChanges(event.target.checked)}
            />{' '}
            Only changes
          </label>
        </>
      )}
      <span className="quiet">
        {differences === null
          ? `${all.filter(isScaling).length.toLocaleString('en')} of ${all.length.toLocaleString('en')}`
          : `${differences.length.toLocaleString('en')} differences`}
      </span>
      <GoTo />
      <span className="step-buttons">
        {([-1, 1] as const).map((direction) => (
          <Hint key={direction} text={`${direction < 0 ? 'Previous' : 'Next'} ${what}`} side="top">
            <button
              type="button"
              className="button button-small"
              onClick={() => step(direction)}
              aria-label={`${direction < 0 ? 'Previous' : 'Next'} ${what}`}
            >
              <kbd>{direction < 0 ? keys[0] : keys[1]}</kbd>
            </button>
          </Hint>
        ))}
      </span>
    </div>
  );
}

/** Moves the crosshair to a time that is typed. */
function GoTo() {
  const session = useSession();
  const scenario = useRuns(({ shown }) => shown?.scenario);
  const timeMode = usePreferences((state) => state.timeMode);
  const [wrong, setWrong] = useState(false);
  return (
    <input
      className="go-to"
      aria-label="Go to a time"
      placeholder="Go to 14:05"
      aria-invalid={wrong || undefined}
      title={wrong ? 'Write a time as at the lanes (14:05), or since the start (1h20m)' : undefined}
      spellCheck={false}
      autoComplete="off"
      onChange={() => setWrong(false)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !scenario) return;
        const time = momentOf(event.currentTarget.value, scenario.start, timeMode);
        const inside = time !== undefined && time >= 0 && time <= scenario.horizon;
        setWrong(!inside);
        if (inside) pinAt(session, time);
      }}
    />
  );
}
