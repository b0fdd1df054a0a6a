/** Minutes east of UTC of `UTC`, `Z` or `+01:00`; NaN for none. */
export function zoneMinutes(zone: string | undefined): number {
  if (zone === undefined) return NaN;
  const [, sign, hours, minutes] = /^([+-])(\d\d):(\d\d)$/.exec(zone) ?? [];
  if (hours === undefined) return 0;
  const size = Number(hours) * 60 + Number(minutes);
  return sign === '-' ? -size : size;
}

/** `Z`, `+01:00`. */
export function printZone(minutes: number): string {
  if (minutes === 0) return 'Z';
  const two = (value: number): string => String(value).padStart(2, '0');
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}
