import type { TimeRange } from '../../sim-core/index.ts';
import { clampWindow, fitWindow, orderedRange, panWindow, zoomWindow } from './time-window.ts';

/** For the list of keys: what people press, and what it does. */
export const timeKeys: readonly { readonly keys: readonly string[]; readonly does: string }[] = [
  { keys: ['Wheel', 'Pinch', 'W', 'S'], does: 'Zoom in and out' },
  { keys: ['Drag', 'Shift + wheel', 'A', 'D', '←', '→'], does: 'Pan' },
  { keys: ['Shift + drag', 'Drag on the time axis', 'Shift + ←', 'Shift + →'], does: 'Select an interval' },
  { keys: ['F'], does: 'Fit the selection' },
  { keys: ['0', 'Double click'], does: 'Fit the whole horizon' },
  { keys: ['Alt + ←', 'Alt + →'], does: 'Move the crosshair' },
  { keys: ['Esc', 'Click'], does: 'Clear the selection' },
];

export interface TimeView {
  readonly window: TimeRange;
  readonly extent: TimeRange;
  readonly selection: TimeRange | null;
  readonly crosshair: number | null;
}

/** What a key changed; absent parts stay as they are. */
export interface TimeViewChange {
  readonly window?: TimeRange;
  readonly selection?: TimeRange | null;
  readonly crosshair?: number;
}

interface Key {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
}

/** The effect of a key on the view, or null when the key means nothing here. */
export function applyTimeKey(key: Key, view: TimeView): TimeViewChange | null {
  if (key.ctrlKey || key.metaKey) return null;
  const { window, extent, selection } = view;
  const span = window[1] - window[0];
  const sideways = { ArrowLeft: -1, ArrowRight: 1 }[key.key];
  const pointed = view.crosshair !== null && view.crosshair >= window[0] && view.crosshair <= window[1];
  const about = pointed ? view.crosshair! : (window[0] + window[1]) / 2;
  if (sideways !== undefined && key.altKey) {
    return { crosshair: Math.min(window[1], Math.max(window[0], about + (sideways * span) / 100)) };
  }
  if (key.altKey) return null;
  if (sideways !== undefined && key.shiftKey) {
    // Grows the selection at its right end, or shrinks it there.
    const [from, to] = selection ?? [about, about];
    return { selection: orderedRange(from, to + (sideways * span) / 50, extent) };
  }
  if (sideways !== undefined) return { window: panWindow(window, (sideways * span) / 8, extent) };
  switch (key.key.toLowerCase()) {
    case 'a':
      return { window: panWindow(window, -span / 8, extent) };
    case 'd':
      return { window: panWindow(window, span / 8, extent) };
    case 'w':
    case 'arrowup':
      return { window: zoomWindow(window, 0.75, about, extent) };
    case 's':
    case 'arrowdown':
      return { window: zoomWindow(window, 1 / 0.75, about, extent) };
    case 'f':
      return selection === null ? null : { window: fitWindow(selection, extent) };
    case '0':
      return { window: clampWindow(extent, extent) };
    case 'escape':
      return selection === null ? null : { selection: null };
    default:
      return null;
  }
}
