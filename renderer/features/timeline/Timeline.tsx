import { useEffect, useMemo } from 'react';
import { lanesOf, overviewOf } from '../../../sim-core/index.ts';
import type { LaneModel } from '../../../sim-core/index.ts';
import { TimeLanes } from '../../charts/TimeLanes.tsx';
import { usePreferences, useRuns, useSession, useView } from '../app/session-context.ts';
import { useColours } from '../app/use-colours.ts';
import { useStale } from '../app/use-stale.ts';
import { useTheme } from '../app/use-theme.ts';
import { neededOf } from '../models/theory.ts';
import { RealityWarning } from '../reality/RealityWarning.tsx';
import { moveLane } from '../../stores/lane-arrangement.ts';
import { arrangedLanes } from './arranged-lanes.ts';
import { LaneMenu } from './LaneMenu.tsx';
import { SelectionSummary } from './SelectionSummary.tsx';
import { TimelinePlaceholder } from './TimelinePlaceholder.tsx';
import { openDecisionAt } from '../decisions/step.ts';
import './timeline.css';

/** With fewer replications an interval is so wide that it hides the lines it belongs to. */
const replicationsForBands = 4;

const withoutBands = (lane: LaneModel): LaneModel => ({
  ...lane,
  series: lane.series.map((series) => ({ ...series, band: null })),
});

const laneMenu = (lane: LaneModel) => <LaneMenu lane={lane} />;

/** The lanes of the comparison, all on one time axis. */
export function Timeline() {
  const session = useSession();
  const { view } = session;
  const shown = useRuns((state) => state.shown);
  const colours = useColours();
  const theme = useTheme();
  const hidden = useView((state) => state.hidden);
  const focus = useView((state) => state.policy);
  const window = useView((state) => state.window);
  const crosshair = useView((state) => state.crosshair ?? state.pinned);
  const selection = useView((state) => state.selection);
  const timeMode = usePreferences((state) => state.timeMode);
  const stale = useStale();

  const needed = useMemo(() => {
    const run = shown?.comparison.policies.find(({ policy }) => policy === focus)?.example;
    return shown && run ? neededOf(shown, run) : undefined;
  }, [shown, focus]);
  const everyLane = useMemo(() => {
    if (!shown) return [];
    const { comparison, scenario } = shown;
    const all = lanesOf(comparison, {
      colours,
      hiddenPolicies: hidden,
      focus,
      slo: scenario.slo,
      cost: scenario.cost,
      needed,
    });
    return comparison.replications < replicationsForBands ? all.map(withoutBands) : all;
  }, [shown, colours, hidden, focus, needed]);
  const arrangement = usePreferences((state) => state.lanes);
  useEffect(() => view.setLanes(everyLane.map(({ id, name }) => ({ id, name }))), [view, everyLane]);
  const lanes = useMemo(() => arrangedLanes(everyLane, arrangement), [everyLane, arrangement]);
  const overview = useMemo(() => (shown ? overviewOf(shown.comparison) : null), [shown]);
  useEffect(() => {
    if (!shown?.approximate) return;
    // The lanes below have asked for the same frame before: with it they are drawn.
    const frame = requestAnimationFrame(() => performance.mark('preview drawn', { detail: shown.text }));
    return () => cancelAnimationFrame(frame);
  }, [shown]);
  const extent = useMemo(() => [0, shown?.scenario.horizon ?? 1] as const, [shown?.scenario.horizon]);

  if (!shown) return <TimelinePlaceholder />;
  return (
    <div className="centre-lanes" data-stale={stale || undefined} data-approximate={shown.approximate || undefined}>
      <TimeLanes
        lanes={lanes}
        extent={extent}
        window={window ?? extent}
        onWindow={(start, end) => view.setWindow(start <= extent[0] && end >= extent[1] ? null : [start, end])}
        crosshair={crosshair}
        onCrosshair={view.setCrosshair}
        selection={selection}
        onSelect={view.setSelection}
        startEpoch={shown.scenario.start}
        overview={overview}
        theme={theme}
        timeMode={timeMode}
        onTimeMode={(mode) => view.prefer({ timeMode: mode })}
        pinnedLanes={lanes.filter(({ id }) => arrangement.pinned.includes(id)).length}
        onLaneMove={(id, to) => {
          const ids = everyLane.map((lane) => lane.id);
          view.prefer({ lanes: moveLane(ids, arrangement, id, to) });
        }}
        laneMenu={laneMenu}
        onMarkClick={(policy, time) => openDecisionAt(session, policy, time)}
        emptyText="Every policy is hidden. Show one again with its eye in the library."
      />
      <RealityWarning brief />
      {selection && <SelectionSummary shown={shown} selection={selection} />}
    </div>
  );
}
