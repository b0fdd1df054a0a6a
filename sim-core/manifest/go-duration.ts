import { parseDuration } from '../units/duration.ts';

/** A duration as Go reads it (`1h30m0s`, here `1h30m`), from what a scenario accepts: text, or a bare number of seconds. */
export function goDuration(given: unknown): string {
  const seconds = typeof given === 'number' ? given : parseDuration(String(given));
  if (seconds === undefined) throw new Error('A valid configuration holds only durations that can be read.');
  if (!Number.isInteger(seconds)) return `${seconds}s`;
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const rest = seconds % 60;
  const parts = [hours > 0 ? `${hours}h` : '', minutes > 0 ? `${minutes}m` : '', rest > 0 ? `${rest}s` : ''];
  return parts.join('') || '0s';
}
