import { Tabs } from 'radix-ui';
import { inspectorTabs, type InspectorTab } from '../../stores/view.ts';
import { DecisionCard } from '../decisions/DecisionCard.tsx';
import { focusQuietly } from '../app/focus-quietly.ts';
import { useDocuments, useSession, useView } from '../app/session-context.ts';
import { FormTab } from './FormTab.tsx';
import { YamlTab } from './YamlTab.tsx';
import './inspector.css';

const names: Readonly<Record<InspectorTab, string>> = { form: 'Form', yaml: 'YAML' };

/** The scenario, as a form and as text: two faces of the same file. */
export function Inspector() {
  const { view } = useSession();
  const tab = useView((state) => state.inspectorTab);
  const activeId = useDocuments((state) => state.activeId);
  const errors = useDocuments(({ parsed }) => parsed.issues.filter(({ severity }) => severity === 'error').length);
  return (
    <Tabs.Root className="inspector" value={tab} onValueChange={(value) => view.setInspectorTab(value as InspectorTab)}>
      <Tabs.List className="tab-list tab-list-even" aria-label="Scenario">
        {inspectorTabs.map((name) => (
          <Tabs.Trigger key={name} value={name} onMouseDown={focusQuietly}>
            {names[name]}
            {name === 'yaml' && errors > 0 && (
              <span className="error-count" aria-label={`${errors} errors`}>
                {errors}
              </span>
            )}
          </Tabs.Trigger>
        ))}
      </Tabs.List>
      <Tabs.Content value="form" className="tab-panel" tabIndex={-1}>
        <FormTab key={activeId} />
      </Tabs.Content>
      <Tabs.Content value="yaml" className="tab-panel yaml-panel" tabIndex={-1}>
        <YamlTab key={activeId} />
      </Tabs.Content>
      {tab === 'form' && <DecisionCard />}
    </Tabs.Root>
  );
}
