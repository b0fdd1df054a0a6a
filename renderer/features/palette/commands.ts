import { shippedScenarios } from '../library/shipped.ts';
import type { Session } from '../../session.ts';
import { tabNames, tabs } from '../../stores/view.ts';
import { exportItems } from '../export/export-items.ts';
import { chooseFiles } from '../drop/intake.ts';
import { moveLane, toggleLane, togglePin, usualArrangement } from '../../stores/lane-arrangement.ts';
import { setBeside, stepThroughDifferences, stepThroughScalings, watchedPolicy } from '../decisions/step.ts';
import { setBaseline } from '../inspector/policy-edits.ts';
import { openOverlay } from './overlays.ts';

/** One thing a person can ask for: found in the palette, bound to a key, named in the list of keys. */
export interface Command {
  readonly id: string;
  readonly group: 'Run' | 'File' | 'Edit' | 'View' | 'Lanes' | 'Policies' | 'Scenarios' | 'Export' | 'Help';
  readonly title: string;
  /** As printed; `Mod` is Ctrl, or ⌘ on a Mac. Matched by keyOf. */
  readonly keys?: readonly string[];
  /** False when it would do nothing now. */
  readonly enabled: boolean;
  run(): void;
}

/** Everything that can be asked for now. */
export function commandsOf(session: Session): Command[] {
  const { documents, runs, view } = session;
  const document = documents.active();
  const { activity, shown } = runs.store.getState();
  const { scenario } = documents.store.getState().lastValid ?? {};
  const { hidden, selection, tab, inspectorTab, lanes } = view.store.getState();
  const preferences = view.preferences.getState();
  const extent = shown?.scenario.horizon ?? scenario?.horizon ?? 0;

  const commands: Command[] = [
    {
      id: 'run',
      group: 'Run',
      title: 'Run the comparison',
      keys: ['Mod+Enter'],
      enabled: Boolean(scenario),
      run: session.run,
    },
    {
      id: 'cancel',
      group: 'Run',
      title: 'Cancel the run',
      keys: ['Esc'],
      enabled: activity !== null,
      run: runs.cancel,
    },

    { id: 'new', group: 'File', title: 'New scenario', enabled: true, run: session.openNew },
    {
      id: 'open',
      group: 'File',
      title: 'Open scenario, trace or autoscaler…',
      keys: ['Mod+O'],
      enabled: true,
      run: () => void chooseFiles(session),
    },
    {
      id: 'from-prometheus',
      group: 'File',
      title: 'Trace from Prometheus…',
      enabled: true,
      run: () => openOverlay('prometheus'),
    },
    {
      id: 'save',
      group: 'File',
      title: 'Save scenario',
      keys: ['Mod+S'],
      enabled: Boolean(document),
      run: () => void session.save(false),
    },
    {
      id: 'save-as',
      group: 'File',
      title: 'Save scenario as…',
      keys: ['Mod+Shift+S'],
      enabled: Boolean(document),
      run: () => void session.save(true),
    },
    {
      id: 'revert',
      group: 'File',
      title: 'Back to the saved scenario',
      enabled: Boolean(document && document.text !== document.savedText),
      run: documents.revert,
    },

    {
      id: 'undo',
      group: 'Edit',
      title: 'Undo',
      keys: ['Mod+Z'],
      enabled: Boolean(document?.past.length),
      run: () => void documents.undo(),
    },
    {
      id: 'redo',
      group: 'Edit',
      title: 'Redo',
      keys: ['Mod+Shift+Z', 'Mod+Y'],
      enabled: Boolean(document?.future.length),
      run: () => void documents.redo(),
    },

    ...tabs.map((name, index): Command => ({
      id: `tab-${name}`,
      group: 'View',
      title: `Show ${tabNames[name]}`,
      keys: [String(index + 1)],
      enabled: tab !== name,
      run: () => view.setTab(name),
    })),
    {
      id: 'next-scaling',
      group: 'View',
      title: 'Next scaling event',
      keys: ['.'],
      enabled: Boolean(shown),
      run: () => stepThroughScalings(session, 1),
    },
    {
      id: 'previous-scaling',
      group: 'View',
      title: 'Previous scaling event',
      keys: [','],
      enabled: Boolean(shown),
      run: () => stepThroughScalings(session, -1),
    },
    {
      id: 'next-difference',
      group: 'View',
      title: 'Next difference of two policies',
      keys: ['>'],
      enabled: Boolean(shown),
      run: () => stepThroughDifferences(session, 1),
    },
    {
      id: 'previous-difference',
      group: 'View',
      title: 'Previous difference of two policies',
      keys: ['<'],
      enabled: Boolean(shown),
      run: () => stepThroughDifferences(session, -1),
    },
    {
      id: 'fit-all',
      group: 'View',
      title: 'Show the whole time',
      enabled: extent > 0,
      run: () => view.setWindow(null),
    },
    {
      id: 'fit-selection',
      group: 'View',
      title: 'Zoom to the selection',
      enabled: selection !== null,
      run: () => view.setWindow(selection),
    },
    {
      id: 'inspector-tab',
      group: 'View',
      title: inspectorTab === 'form' ? 'Edit as YAML' : 'Edit as form',
      keys: ['Y'],
      enabled: true,
      run: () => {
        view.prefer({ inspectorOpen: true });
        view.setInspectorTab(inspectorTab === 'form' ? 'yaml' : 'form');
      },
    },
    {
      id: 'toggle-library',
      group: 'View',
      title: preferences.libraryOpen ? 'Hide the library' : 'Show the library',
      keys: ['['],
      enabled: true,
      run: () => view.prefer({ libraryOpen: !preferences.libraryOpen }),
    },
    {
      id: 'toggle-inspector',
      group: 'View',
      title: preferences.inspectorOpen ? 'Hide the inspector' : 'Show the inspector',
      keys: [']'],
      enabled: true,
      run: () => view.prefer({ inspectorOpen: !preferences.inspectorOpen }),
    },
    ...(['system', 'light', 'dark'] as const).map((theme): Command => ({
      id: `theme-${theme}`,
      group: 'View',
      title: { system: 'Colours of the system', light: 'Light colours', dark: 'Dark colours' }[theme],
      enabled: preferences.theme !== theme,
      run: () => view.prefer({ theme }),
    })),

    ...(scenario?.policies ?? []).flatMap(({ name }): Command[] => [
      {
        id: `policy-${name}`,
        group: 'Policies',
        title: `Edit ${name}`,
        enabled: true,
        run: () => {
          view.setPolicy(name);
          view.setInspectorTab('form');
          view.prefer({ inspectorOpen: true });
        },
      },
      {
        id: `hide-${name}`,
        group: 'Policies',
        title: `${hidden.has(name) ? 'Draw' : 'Hide'} ${name}`,
        enabled: true,
        run: () => view.togglePolicy(name),
      },
      {
        id: `beside-${name}`,
        group: 'Policies',
        title: `Set decisions beside those of ${name}`,
        enabled: Boolean(shown) && watchedPolicy(session) !== name,
        run: () => {
          view.setTab('decisions');
          setBeside(session, name);
        },
      },
      {
        id: `baseline-${name}`,
        group: 'Policies',
        title: `Compare with ${name}`,
        enabled: shown?.comparison.baseline !== name,
        run: () => setBaseline(session, name),
      },
    ]),

    ...lanes.flatMap(({ id, name }): Command[] => [
      {
        id: `lane-${id}`,
        group: 'Lanes',
        title: `${preferences.lanes.hidden.includes(id) ? 'Draw' : 'Hide'} the lane ${name}`,
        enabled: true,
        run: () => view.prefer({ lanes: toggleLane(preferences.lanes, id) }),
      },
      {
        id: `pin-${id}`,
        group: 'Lanes',
        title: `${preferences.lanes.pinned.includes(id) ? 'Unpin' : 'Pin'} the lane ${name}`,
        enabled: true,
        run: () => view.prefer({ lanes: togglePin(preferences.lanes, id) }),
      },
      {
        id: `top-${id}`,
        group: 'Lanes',
        title: `Move the lane ${name} to the top`,
        enabled: true,
        run: () =>
          view.prefer({
            lanes: moveLane(
              lanes.map((lane) => lane.id),
              preferences.lanes,
              id,
              0,
            ),
          }),
      },
    ]),
    {
      id: 'usual-lanes',
      group: 'Lanes',
      title: 'All lanes as usual',
      enabled: preferences.lanes !== usualArrangement,
      run: () => view.prefer({ lanes: usualArrangement }),
    },

    ...shippedScenarios.map(({ id, title }): Command => ({
      id: `scenario-${id}`,
      group: 'Scenarios',
      title: `Open ${title}`,
      enabled: true,
      run: () => void session.openShipped(id),
    })),

    ...exportItems(session).map(({ id, title, note, available, run }): Command => ({
      id: `export-${id}`,
      group: 'Export',
      title: `Export ${title.toLowerCase().replace('hpa', 'HPA')} (${note})`,
      enabled: available,
      run,
    })),

    {
      id: 'palette',
      group: 'Help',
      title: 'Find an action',
      keys: ['Mod+K'],
      enabled: true,
      run: () => openOverlay('palette'),
    },
    {
      id: 'calculator',
      group: 'View',
      title: 'Queueing calculator',
      enabled: true,
      run: () => openOverlay('calculator'),
    },
    { id: 'keys', group: 'Help', title: 'All keys', keys: ['?'], enabled: true, run: () => openOverlay('keys') },
  ];
  return commands;
}
