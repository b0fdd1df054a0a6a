import { createStore } from 'zustand/vanilla';
import type { TimeMode, TimeRange } from '../../sim-core/index.ts';
import { usualArrangement, type LaneArrangement } from './lane-arrangement.ts';
import type { ThemeChoice } from '../platform/contract.ts';

export const tabs = ['compare', 'decisions', 'models', 'reality', 'map', 'alerts', 'sizing', 'log'] as const;
export type Tab = (typeof tabs)[number];
export const tabNames: Readonly<Record<Tab, string>> = {
  compare: 'Compare',
  decisions: 'Decisions',
  models: 'Models',
  reality: 'Reality check',
  map: 'Map',
  alerts: 'Alerts',
  sizing: 'Sizing',
  log: 'Log',
};

export const inspectorTabs = ['form', 'yaml'] as const;
export type InspectorTab = (typeof inspectorTabs)[number];

export type CompareView = 'table' | 'parallel' | 'configuration';

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
  /** The policy whose decisions stand beside its own; null when they stand alone. */
  readonly beside: string | null;
  /** How policies are compared: numbers, lines across them, or what they are told. */
  readonly compareView: CompareView;
  /** The lanes there are, as they stand by themselves. */
  readonly lanes: readonly { readonly id: string; readonly name: string }[];
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
  readonly lanes: LaneArrangement;
  /** Groups of metrics that the comparison shows beside the first, by title. */
  readonly metricGroups: readonly string[];
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
  lanes: usualArrangement,
  metricGroups: [],
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
  beside: null,
  compareView: 'table',
  lanes: [],
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
    setBeside: (beside: string | null) => store.setState({ beside }),
    setCompareView: (compareView: CompareView) => store.setState({ compareView }),
    setLanes: (lanes: ViewState['lanes']) => {
      const before = store.getState().lanes;
      const same =
        before.length === lanes.length &&
        before.every(({ id, name }, i) => lanes[i]?.id === id && lanes[i].name === name);
      if (!same) store.setState({ lanes });
    },
    togglePolicy: (name: string) =>
      store.setState(({ hidden }) => {
        const next = new Set(hidden);
        if (!next.delete(name)) next.add(name);
        return { hidden: next };
      }),
    /** Another scenario: its time and its policies are others. */
    forgetScenario: () =>
      store.setState(({ lanes, tab, inspectorTab }) => ({ ...freshView, lanes, tab, inspectorTab })),
    prefer: (changes: Partial<Preferences>) => preferenceStore.setState(changes),
  };
}
