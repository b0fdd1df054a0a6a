import type { ScenarioDocument } from './documents.ts';
import { isArrangement } from './lane-arrangement.ts';
import type { PrometheusForm } from './prometheus-form.ts';
import { defaultPreferences, type Preferences } from './view.ts';

/** What localStorage offers, so that tests need no browser. */
export interface TextStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

const workspaceKey = 'headroom/workspace/v1';
const preferencesKey = 'headroom/preferences/v1';
const prometheusKey = 'headroom/prometheus/v1';

export interface SavedWorkspace {
  readonly activeId: string;
  readonly documents: readonly Pick<ScenarioDocument, 'id' | 'fileName' | 'origin' | 'text' | 'savedText'>[];
}

function read(storage: TextStorage, key: string): unknown {
  try {
    const text = storage.getItem(key);
    return text === null ? null : JSON.parse(text);
  } catch {
    return null;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function isSavedDocument(value: unknown): value is SavedWorkspace['documents'][number] {
  return (
    isRecord(value) &&
    ['id', 'fileName', 'text', 'savedText'].every((key) => typeof value[key] === 'string') &&
    (value.origin === 'shipped' || value.origin === 'file' || value.origin === 'new')
  );
}

/** The workspace as it was left; null when there is none or it cannot be read. */
export function readWorkspace(storage: TextStorage): SavedWorkspace | null {
  const value = read(storage, workspaceKey);
  if (!isRecord(value) || typeof value.activeId !== 'string' || !Array.isArray(value.documents)) return null;
  return { activeId: value.activeId, documents: value.documents.filter(isSavedDocument) };
}

/** @returns false when the storage is full or forbidden: the caller says so, nothing is lost on screen */
export function writeWorkspace(storage: TextStorage, workspace: SavedWorkspace): boolean {
  try {
    storage.setItem(workspaceKey, JSON.stringify(workspace));
    return true;
  } catch {
    return false;
  }
}

/** Preferences as they were left; each one that is missing or odd takes its default. */
export function readPreferences(storage: TextStorage): Preferences {
  const value = read(storage, preferencesKey);
  if (!isRecord(value)) return defaultPreferences;
  const kept: Record<string, unknown> = { ...defaultPreferences };
  for (const [key, standard] of Object.entries(defaultPreferences)) {
    if (typeof value[key] === typeof standard && (typeof standard !== 'number' || Number.isFinite(value[key])))
      kept[key] = value[key];
  }
  if (!isArrangement(kept.lanes)) kept.lanes = defaultPreferences.lanes;
  if (!Array.isArray(kept.metricGroups)) kept.metricGroups = defaultPreferences.metricGroups;
  if (!['system', 'light', 'dark'].includes(String(kept.theme))) kept.theme = 'system';
  return kept as unknown as Preferences;
}

export function writePreferences(storage: TextStorage, preferences: Preferences): void {
  try {
    storage.setItem(preferencesKey, JSON.stringify(preferences));
  } catch {
    // Preferences that are not remembered are no loss worth a message.
  }
}

/** What was last asked of a Prometheus, as it was kept; it may be anything. Logins are never in it. */
export const readPrometheus = (storage: TextStorage): unknown => read(storage, prometheusKey);

export function writePrometheus(storage: TextStorage, form: PrometheusForm): void {
  try {
    storage.setItem(prometheusKey, JSON.stringify(form));
  } catch {
    // A form that is not remembered is no loss worth a message.
  }
}
