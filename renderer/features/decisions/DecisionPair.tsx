import { useEffect, useId, useMemo, useState } from 'react';
import { decisionAt, formatNumber, timeLabel } from '../../../sim-core/index.ts';
import type { Decision, DecisionDifference } from '../../../sim-core/index.ts';
import { useSize } from '../../charts/use-size.ts';
import type { ShownResult } from '../../stores/runs.ts';
import { usePreferences, useSession, useView } from '../app/session-context.ts';
import { slotColour, useColours } from '../app/use-colours.ts';
import { CopyDecision } from './CopyDecision.tsx';
import { DecisionArithmetic } from './DecisionArithmetic.tsx';
import { decisionsOf, pinAt } from './step.ts';
import { rowsInSight } from './window-rows.ts';

const rowHeight = 24;

interface PairProps {
  readonly shown: ShownResult;
  readonly policies: readonly [own: string, other: string];
  readonly differences: readonly DecisionDifference[];
}

/** Two policies at one time: the decisions in force side by side, and every time at which they come to stand apart. */
export function DecisionPair({ shown, policies, differences }: PairProps) {
  const [own, other] = policies;
  const pinned = useView((state) => state.pinned);
  const logs = useMemo(() => [decisionsOf(shown, own), decisionsOf(shown, other)] as const, [shown, own, other]);
  const time = pinned ?? differences[0]?.time ?? 0;
  const [left, right] = [decisionAt(logs[0], time), decisionAt(logs[1], time)];
  return (
    <div className="decision-pair">
      <DifferenceList shown={shown} policies={policies} differences={differences} time={time} />
      <Side shown={shown} policy={own} decision={left} beside={right} decides={logs[0].length > 0} />
      <Side shown={shown} policy={other} decision={right} beside={left} decides={logs[1].length > 0} />
    </div>
  );
}

function Side(props: {
  readonly shown: ShownResult;
  readonly policy: string;
  readonly decision: Decision | undefined;
  readonly beside: Decision | undefined;
  readonly decides: boolean;
}) {
  const { shown, policy, decision, beside, decides } = props;
  const colours = useColours();
  const timeMode = usePreferences((state) => state.timeMode);
  return (
    <section className="decision-side" aria-label={`Decision of ${policy}`}>
      <h3>
        <span className="swatch" style={{ background: slotColour(colours.get(policy)) }} />
        <span className="name">{policy}</span>
        {decision && (
          <span className="quiet">
            {timeLabel(decision.time, [0, shown.scenario.horizon], shown.scenario.start, timeMode)}
          </span>
        )}
        {decision && <CopyDecision policy={policy} decision={decision} />}
      </h3>
      {decision ? (
        <DecisionArithmetic decision={decision} beside={beside} />
      ) : (
        <p className="quiet">
          {decides ? 'It has not decided by then.' : 'It makes no decisions: its count never changes.'}
        </p>
      )}
    </section>
  );
}

function DifferenceList({ shown, policies, differences, time }: PairProps & { readonly time: number }) {
  const session = useSession();
  const colours = useColours();
  const timeMode = usePreferences((state) => state.timeMode);
  const id = useId();
  const [listRef, size] = useSize<HTMLDivElement>();
  const [scrollTop, setScrollTop] = useState(0);
  const active = differences.findIndex((difference) => Math.abs(difference.time - time) < 1e-6);
  const [first, end] = rowsInSight(
    { rowHeight, count: differences.length, open: -1, openHeight: 0 },
    scrollTop,
    size.height,
  );
  useEffect(() => {
    const element = listRef.current;
    if (!element || active < 0) return;
    const top = active * rowHeight;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + rowHeight > element.scrollTop + element.clientHeight)
      element.scrollTop = top + rowHeight - element.clientHeight;
  }, [active, listRef, size.height]);
  const go = (index: number): void => {
    const difference = differences[Math.max(0, Math.min(differences.length - 1, index))];
    if (difference) pinAt(session, difference.time);
  };
  if (differences.length === 0) return <p className="tab-empty">The two ask for the same counts all the time.</p>;
  const counts = ({ left, right }: DecisionDifference): (string | number)[] =>
    [left, right].map((decision, side) =>
      formatNumber(decision?.applied ?? decisionsOf(shown, policies[side as 0 | 1])[0]?.current ?? NaN),
    );
  return (
    <div
      ref={listRef}
      className="difference-list"
      role="listbox"
      tabIndex={0}
      aria-label={`Differences of ${policies.join(' and ')}`}
      aria-activedescendant={active >= first && active < end ? `${id}-${active}` : undefined}
      onClick={(event) => {
        const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-index]') : null;
        if (row) go(Number(row.dataset.index));
      }}
      onScroll={(event) => setScrollTop(event.currentTarget.scrollTop)}
      onKeyDown={(event) => {
        const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 }[event.key];
        if (steps !== undefined) go(active < 0 ? 0 : active + steps);
        else if (event.key === 'Home') go(0);
        else if (event.key === 'End') go(differences.length - 1);
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      <div role="presentation" style={{ height: differences.length * rowHeight, position: 'relative' }}>
        {differences.slice(first, end).map((difference, offset) => {
          const index = first + offset;
          const [own, other] = counts(difference);
          return (
            <div
              key={difference.time}
              id={`${id}-${index}`}
              className="difference-row"
              role="option"
              aria-selected={index === active}
              style={{ top: index * rowHeight }}
              tabIndex={-1}
              data-index={index}
            >
              <span>{timeLabel(difference.time, [0, shown.scenario.horizon], shown.scenario.start, timeMode)}</span>
              <b style={{ color: slotColour(colours.get(policies[0])) }}>{own}</b>
              <span className="quiet">≠</span>
              <b style={{ color: slotColour(colours.get(policies[1])) }}>{other}</b>
            </div>
          );
        })}
      </div>
    </div>
  );
}
