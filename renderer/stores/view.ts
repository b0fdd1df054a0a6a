import { createStore } from 'zustand/vanilla';
import type { TimeMode, TimeRange } from '../../sim-core/index.ts';
import type { ThemeChoice } from '../platform/contract.ts';

export const tabs = ['compare', 'decisions', 'models'] as const;
export type Tab = (typeof tabs)[number];
export const tabNames: Readonly<Record<Tab, string>> = { compare: 'Compare', decisions: 'Decisions', models: 'Models' };

export const inspectorTabs = ['form', 'yaml'] as const;
export type InspectorTab = (typeof inspectorTabs)[number];

export interface ViewState {
  /** What the lanes show; null shows the whole horizon. */
  readonly window: TimeRange | null;
  /** s, the crosshair over all lanes; null when it is nowhere */
  readonly crosshair: number | null;
  /** A crosshair that stays when the pointer leaves (a decision stepped to). */
  readonly pinned: number | null;
  readonly selection: TimeRange | null;
  readonly tab: Tab;
  readonly inspectorTab: InspectorTab;
  /** Policies not drawn, by name. */
  readonly hidden: ReadonlySet<string>;
  /** The policy whose numbers and decisions are looked at; null takes the first that is not the baseline. */
  readonly policy: string | null;
}

/** What stays from one session to the next. */
export interface Preferences {
  readonly theme: ThemeChoice;
  readonly libraryOpen: boolean;
  /** The same in a narrow window, where it is closed unless asked for. */
  readonly libraryOpenNarrow: boolean;
  readonly inspectorOpen: boolean;
  /** px */
  readonly libraryWidth: number;
  readonly inspectorWidth: number;
  /** share of the window's height that the panel below the lanes takes */
  readonly bottomShare: number;
  /** Whether charts show the clock of the scenario or the time since its start. */
  readonly timeMode: TimeMode;
}

export const defaultPreferences: Preferences = {
  theme: 'system',
  libraryOpen: true,
  libraryOpenNarrow: false,
  inspectorOpen: true,
  libraryWidth: 212,
  inspectorWidth: 316,
  bottomShare: 0.325,
  timeMode: 'clock',
};

const freshView: ViewState = {
  window: null,
  crosshair: null,
  pinned: null,
  selection: null,
  tab: 'compare',
  inspectorTab: 'form',
  hidden: new Set(),
  policy: null,
};

/** How the workbench is looked at. Nothing here changes a result. */
export function createView(preferences: Preferences = defaultPreferences) {
  const store = createStore<ViewState>(() => freshView);
  const preferenceStore = createStore<Preferences>(() => preferences);
  return {
    store,
    preferences: preferenceStore,
    setWindow: (window: TimeRange | null) => store.setState({ window }),
    setCrosshair: (crosshair: number | null) => {
      if (store.getState().crosshair !== crosshair) store.setState({ crosshair });
    },
    setPinned: (pinned: number | null) => store.setState({ pinned }),
    setSelection: (selection: TimeRange | null) => store.setState({ selection }),
    setTab: (tab: Tab) => store.setState({ tab }),
    setInspectorTab: (inspectorTab: InspectorTab) => store.setState({ inspectorTab }),
    setPolicy: (policy: string | null) => store.setState({ policy }),
    togglePolicy: (name: string) =>
      store.setState(({ hidden }) => {
        const next = new Set(hidden);
        if (!next.delete(name)) next.add(name);
        return { hidden: next };
      }),
    /** Another scenario: its time and its policies are others. */
    forgetScenario: () =>
      store.setState({ window: null, crosshair: null, pinned: null, selection: null, hidden: new Set(), policy: null }),
    prefer: (changes: Partial<Preferences>) => preferenceStore.setState(changes),
  };
}
