import { parseMoment } from '../../../sim-core/index.ts';
import type { TimeMode } from '../../../sim-core/index.ts';

const clockForm = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/;

/**
 * A time as it stands at the lanes: with clocks shown, `14:05` is the first such time of the scenario; otherwise, and in
 * every other form, it is what the core reads (`1h20m`, `26:00`, an instant).
 *
 * @returns s since the start; undefined when the text is no time
 */
export function momentOf(text: string, startEpoch: number, timeMode: TimeMode): number | undefined {
  const [, hours, minutes, seconds = '0'] = clockForm.exec(text.trim()) ?? [];
  const ofDay = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  if (timeMode !== 'clock' || !(Number(hours) < 24 && Number(minutes) < 60 && Number(seconds) < 60))
    return parseMoment(text, startEpoch);
  const day = 86_400;
  return (((ofDay - startEpoch) % day) + day) % day;
}
