import { applyTimeKey } from '../../charts/time-keys.ts';
import type { Session } from '../../session.ts';

/** Lets the keys of the lanes work from anywhere in the window. @returns whether the key meant something */
export function moveTime(session: Session, event: KeyboardEvent): boolean {
  const horizon = session.runs.store.getState().shown?.scenario.horizon;
  if (horizon === undefined) return false;
  const { window, selection, crosshair } = session.view.store.getState();
  const extent = [0, horizon] as const;
  const change = applyTimeKey(event, { window: window ?? extent, extent, selection, crosshair });
  if (!change) return false;
  if (change.window) session.view.setWindow(change.window);
  if (change.selection !== undefined) session.view.setSelection(change.selection);
  if (change.crosshair !== undefined) session.view.setCrosshair(change.crosshair);
  return true;
}
