import type { Session } from '../../session.ts';
import { takeIn } from '../drop/intake.ts';
import { openOverlay } from '../palette/overlays.ts';

/**
 * `prometheus-2026-11-21.json`; a second one of that day gets a number, because scenarios know a trace by its name.
 *
 * @param day Unix time, ms
 * @param taken names in the library
 */
export function recordingName(day: number, taken: ReadonlySet<string>): string {
  const stem = `prometheus-${new Date(day).toISOString().slice(0, 10)}`;
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? `${stem}.json` : `${stem}-${number}.json`;
    if (!taken.has(`traces/${name}`)) return name;
  }
}

/** Fetches what the form says and takes it in like a dropped file; what is wrong stays in the form. */
export async function recordFromPrometheus(session: Session, login: string): Promise<void> {
  const document = await session.prometheus.fetch(login);
  if (document === null) return;
  openOverlay(null);
  const taken = new Set(session.traces.store.getState().traces.map(({ name }) => name));
  await takeIn(session, [{ name: recordingName(Date.now(), taken), bytes: new Blob([document]) }]);
}
