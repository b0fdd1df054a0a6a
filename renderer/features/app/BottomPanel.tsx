import { Tabs } from 'radix-ui';
import { AlertsTab } from '../alerts/AlertsTab.tsx';
import { CompareTab } from '../compare/CompareTab.tsx';
import { DecisionsTab } from '../decisions/DecisionsTab.tsx';
import { LogTab } from '../log/LogTab.tsx';
import { MapTab } from '../map/MapTab.tsx';
import { ModelsTab } from '../models/ModelsTab.tsx';
import { RealityTab } from '../reality/RealityTab.tsx';
import { RealityWarning } from '../reality/RealityWarning.tsx';
import { SizingTab } from '../sizing/SizingTab.tsx';
import { tabNames, tabs, type Tab } from '../../stores/view.ts';
import { focusQuietly } from './focus-quietly.ts';
import { useSession, useView } from './session-context.ts';

const bodies: Readonly<Record<Tab, () => React.ReactNode>> = {
  compare: CompareTab,
  decisions: DecisionsTab,
  models: ModelsTab,
  reality: RealityTab,
  map: MapTab,
  alerts: AlertsTab,
  sizing: SizingTab,
  log: LogTab,
};

/** Nothing in them takes the focus: they do, so that the keys can scroll them. */
const onlyRead: ReadonlySet<Tab> = new Set(['sizing', 'log']);

/** Those that show no result of a simulation, and the one that says it all. */
const withoutWarning: ReadonlySet<Tab> = new Set(['reality', 'log']);

/** What the comparison says, in numbers. */
export function BottomPanel() {
  const { view } = useSession();
  const tab = useView((state) => state.tab);
  return (
    <Tabs.Root className="bottom-tabs" value={tab} onValueChange={(value) => view.setTab(value as Tab)}>
      <Tabs.List className="tab-list" aria-label="Results">
        {tabs.map((name) => (
          <Tabs.Trigger key={name} value={name} onMouseDown={focusQuietly}>
            {tabNames[name]}
          </Tabs.Trigger>
        ))}
      </Tabs.List>
      {!withoutWarning.has(tab) && <RealityWarning />}
      {tabs.map((name) => {
        const Body = bodies[name];
        return (
          <Tabs.Content key={name} value={name} className="tab-panel" tabIndex={onlyRead.has(name) ? 0 : -1}>
            <Body />
          </Tabs.Content>
        );
      })}
    </Tabs.Root>
  );
}
