import { parseDuration } from './duration.ts';
import { parseInstant } from './instant.ts';

const clockForm = /^(?:(\d+) ?d ?)?(\d{1,4}):(\d{2})(?::(\d{2}(?:\.\d+)?))?$/;

/**
 * A moment of a run, s since its start. Accepts time since the start on a clock (`01:02:03`, `26:00`, `2d 01:02:03`) or as
 * a duration (`1h2m3s`, also as charts label it, `t+1h02m3s`), and an instant (`2026-11-27T01:02:03Z`).
 *
 * @param startEpoch Unix time of t = 0, s; NaN where it is not known: instants are then not understood
 * @returns undefined when the text is none of these
 */
export function parseMoment(text: string, startEpoch: number): number | undefined {
  const trimmed = text.trim().replace(/^t?\+/, '');
  const clock = clockForm.exec(trimmed);
  if (clock !== null) {
    const [days, hours, minutes, seconds] = [1, 2, 3, 4].map((index) => Number(clock[index] ?? '0'));
    if (minutes! > 59 || seconds! >= 60) return undefined;
    return days! * 86_400 + hours! * 3600 + minutes! * 60 + seconds!;
  }
  const instant = parseInstant(trimmed);
  if (instant !== undefined) return Number.isNaN(startEpoch) ? undefined : instant - startEpoch;
  return parseDuration(trimmed);
}
