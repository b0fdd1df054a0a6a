import { useMemo } from 'react';
import { lanesOf, overviewOf } from '../../../sim-core/index.ts';
import { TimeLanes } from '../../charts/TimeLanes.tsx';
import { usePreferences, useRuns, useSession, useView } from '../app/session-context.ts';
import { useColours } from '../app/use-colours.ts';
import { useStale } from '../app/use-stale.ts';
import { useTheme } from '../app/use-theme.ts';
import { SelectionSummary } from './SelectionSummary.tsx';
import { TimelinePlaceholder } from './TimelinePlaceholder.tsx';
import { openDecisionAt } from '../decisions/step.ts';

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

  const lanes = useMemo(
    () =>
      shown
        ? lanesOf(shown.comparison, {
            colours,
            hiddenPolicies: hidden,
            focus,
            slo: shown.scenario.slo,
            cost: shown.scenario.cost,
          })
        : [],
    [shown, colours, hidden, focus],
  );
  const overview = useMemo(() => (shown ? overviewOf(shown.comparison) : null), [shown]);
  const extent = useMemo(() => [0, shown?.scenario.horizon ?? 1] as const, [shown?.scenario.horizon]);

  if (!shown) return <TimelinePlaceholder />;
  return (
    <div className="centre-lanes" data-stale={stale || undefined}>
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
        onMarkClick={(policy, time) => openDecisionAt(session, policy, time)}
        emptyText="Every policy is hidden. Show one again with its eye in the library."
      />
      {selection && <SelectionSummary shown={shown} selection={selection} />}
    </div>
  );
}
