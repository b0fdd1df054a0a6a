import type { ShownResult } from '../../stores/runs.ts';
import type { CompareView } from '../../stores/view.ts';
import { Choice } from '../app/Choice.tsx';
import { usePreferences, useSession, useView } from '../app/session-context.ts';
import { precisionText } from '../log/run-facts.ts';
import { metricGroupsOf, nodeGroup } from './metrics.ts';

const viewNames: Readonly<Record<CompareView, string>> = {
  table: 'Table',
  parallel: 'Parallel',
  configuration: 'Configuration',
};

/** How policies are compared, and by which metrics. */
export function CompareBar({ shown }: { shown: ShownResult }) {
  const { view } = useSession();
  const current = useView((state) => state.compareView);
  const open = usePreferences((state) => state.metricGroups);
  const [, ...every] = metricGroupsOf(shown.scenario.cost.currency);
  const groups = every.filter(
    ({ title }) => title !== nodeGroup || shown.scenario.nodes !== undefined || open.includes(title),
  );
  const precision = precisionText(shown);
  return (
    <div className="compare-bar">
      <Choice label="Compare as" names={viewNames} current={current} onChoose={view.setCompareView} />
      {current !== 'configuration' && (
        <div className="chips metric-chips" role="group" aria-label="More metrics">
          {groups.map(({ title }) => (
            <button
              key={title}
              type="button"
              className="chip"
              aria-pressed={open.includes(title)}
              onClick={() =>
                view.prefer({
                  metricGroups: open.includes(title) ? open.filter((name) => name !== title) : [...open, title],
                })
              }
            >
              {title}
            </button>
          ))}
        </div>
      )}
      <span className="spacer" />
      {precision !== '' && <span className="quiet">{precision}</span>}
    </div>
  );
}
