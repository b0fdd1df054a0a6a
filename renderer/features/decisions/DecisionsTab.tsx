import { useCallback, useEffect, useId, useMemo, useState } from 'react';
import { differencesOf, formatNumber, isScaling, timeLabel } from '../../../sim-core/index.ts';
import type { Decision } from '../../../sim-core/index.ts';
import { useSize } from '../../charts/use-size.ts';
import { usePreferences, useRuns, useSession, useView } from '../app/session-context.ts';
import { bindingFilters, passes, type BindingFilter } from './binding-filter.ts';
import { CopyDecision } from './CopyDecision.tsx';
import { DecisionArithmetic } from './DecisionArithmetic.tsx';
import { DecisionPair } from './DecisionPair.tsx';
import { DecisionsBar } from './DecisionsBar.tsx';
import { besidePolicy, decisionsOf, watchedPolicy } from './step.ts';
import { rowsInSight, topOf, totalHeight } from './window-rows.ts';
import './decisions.css';

const rowHeight = 27;

/** Every evaluation of one policy's controller, in replication 0, or where two policies differ. */
export function DecisionsTab() {
  const session = useSession();
  const shown = useRuns((state) => state.shown);
  useView((state) => state.policy);
  useView((state) => state.beside);
  const [onlyChanges, setOnlyChanges] = useState(true);
  const [chosenBinding, setBinding] = useState<BindingFilter>('');
  const policy = watchedPolicy(session);
  const beside = besidePolicy(session);
  const all = useMemo(() => decisionsOf(shown, policy), [shown, policy]);
  const bindings = useMemo(() => bindingFilters(all), [all]);
  const binding = bindings.includes(chosenBinding) ? chosenBinding : '';
  const rows = useMemo(
    () => all.filter((decision) => (!onlyChanges || isScaling(decision)) && passes(binding, decision)),
    [all, onlyChanges, binding],
  );
  const differences = useMemo(
    () => (beside === null ? null : [...differencesOf(all, decisionsOf(shown, beside))]),
    [all, shown, beside],
  );

  if (!shown || policy === null) return <p className="tab-empty">Decisions appear with the first result.</p>;
  if (shown.approximate) return <p className="tab-empty">Decisions come with the exact run.</p>;
  return (
    <div className="decisions">
      <DecisionsBar
        {...{ policy, beside, all, differences, onlyChanges, binding, bindings }}
        onOnlyChanges={setOnlyChanges}
        onBinding={setBinding}
      />
      {beside !== null && differences !== null ? (
        <DecisionPair shown={shown} policies={[policy, beside]} differences={differences} />
      ) : rows.length === 0 ? (
        <p className="tab-empty">
          {all.length === 0
            ? `${policy} makes no decisions: its count never changes.`
            : binding === ''
              ? `None of the ${all.length.toLocaleString('en')} evaluations changed the count.`
              : 'No decision is left: take away a filter.'}
        </p>
      ) : (
        <DecisionList
          key={`${policy} ${onlyChanges} ${binding}`}
          policy={policy}
          rows={rows}
          horizon={shown.scenario.horizon}
          startEpoch={shown.scenario.start}
        />
      )}
    </div>
  );
}

function DecisionList({
  policy,
  rows,
  horizon,
  startEpoch,
}: {
  policy: string;
  rows: readonly Decision[];
  horizon: number;
  startEpoch: number;
}) {
  const { view } = useSession();
  const pinned = useView((state) => state.pinned);
  const timeMode = usePreferences((state) => state.timeMode);
  const id = useId();
  const [listRef, size] = useSize<HTMLDivElement>();
  const [scrollTop, setScrollTop] = useState(0);
  const [expanded, setExpanded] = useState(true);
  const [openHeight, setOpenHeight] = useState(120);
  /** The open row is as tall as its arithmetic. */
  const measureDetail = useCallback((element: HTMLDivElement) => {
    const observer = new ResizeObserver(() => setOpenHeight(element.offsetHeight));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const active = useMemo(
    () => (pinned === null ? -1 : rows.findLastIndex(({ time }) => time <= pinned + 1e-6)),
    [rows, pinned],
  );
  const rowWindow = { rowHeight, count: rows.length, open: expanded ? active : -1, openHeight };
  const [first, end] = rowsInSight(rowWindow, scrollTop, size.height);

  useEffect(() => {
    const list = listRef.current;
    if (!list || active < 0) return;
    const top = active * rowHeight;
    const bottom = top + rowHeight + (expanded ? openHeight : 0);
    if (top < list.scrollTop) list.scrollTop = top;
    else if (bottom > list.scrollTop + list.clientHeight) list.scrollTop = Math.min(top, bottom - list.clientHeight);
  }, [active, expanded, openHeight, listRef, size.height]);

  const go = (index: number): void => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, index))];
    if (row) view.setPinned(row.time);
  };
  return (
    <div className="decision-table">
      <div className="decision-row decision-head" aria-hidden="true">
        <span>Time</span>
        <span>Replicas</span>
        <span>Wished</span>
        <span>Bound by</span>
        <span>Why</span>
      </div>
      <div
        ref={listRef}
        className="decision-list"
        role="treegrid"
        tabIndex={0}
        aria-label="Decisions: time, replicas, wished, bound by, why"
        aria-rowcount={rows.length}
        aria-activedescendant={active >= first && active < end ? `${id}-${active}` : undefined}
        onScroll={(event) => setScrollTop(event.currentTarget.scrollTop)}
        onClick={(event) => {
          const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-index]') : null;
          if (!row) return;
          const index = Number(row.dataset.index);
          if (index === active) setExpanded(!expanded);
          else {
            setExpanded(true);
            go(index);
          }
        }}
        onKeyDown={(event) => {
          const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 }[event.key];
          if (steps !== undefined) go(active < 0 ? 0 : active + steps);
          else if (event.key === 'Home') go(0);
          else if (event.key === 'End') go(rows.length - 1);
          else if (event.key === 'Enter' || event.key === ' ') setExpanded((open) => !open);
          else return;
          event.preventDefault();
        }}
      >
        <div style={{ height: totalHeight(rowWindow), position: 'relative' }}>
          {rows.slice(first, end).map((decision, offset) => {
            const index = first + offset;
            const isActive = index === active;
            return (
              <div key={decision.time} className="decision-slot" style={{ top: topOf(rowWindow, index) }}>
                <div
                  className="decision-row"
                  role="row"
                  id={`${id}-${index}`}
                  data-index={index}
                  aria-rowindex={index + 1}
                  aria-selected={isActive}
                  aria-expanded={isActive && expanded}
                >
                  <span role="gridcell">{timeLabel(decision.time, [0, horizon], startEpoch, timeMode)}</span>
                  <span role="gridcell" data-direction={Math.sign(decision.applied - decision.current)}>
                    {decision.applied === decision.current
                      ? formatNumber(decision.applied)
                      : `${formatNumber(decision.current)} → ${formatNumber(decision.applied)}`}
                    {decision.applied > decision.current ? ' ▲' : decision.applied < decision.current ? ' ▼' : ''}
                  </span>
                  <span role="gridcell">{formatNumber(decision.recommended)}</span>
                  <span role="gridcell" className={decision.binding === null ? 'quiet' : 'binding'}>
                    {decision.binding?.replace(/-/g, ' ') ?? '–'}
                  </span>
                  <span role="gridcell" className="why" title={decision.reason}>
                    {decision.reason}
                  </span>
                </div>
                {isActive && expanded && (
                  <div ref={measureDetail} className="decision-detail" role="row">
                    <div role="gridcell">
                      <DecisionArithmetic decision={decision} />
                      <CopyDecision policy={policy} decision={decision} />
                    </div>
                  </div>
                )}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}
