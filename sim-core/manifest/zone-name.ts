/** A fixed offset as a name that zone tables know: `+02:00` → `Etc/GMT-2`. Offsets between whole hours have none, and stay. */
export function zoneName(given: string): string {
  const [, sign, hours = ''] = /^([+-])(\d\d):00$/.exec(given) ?? [];
  if (sign === undefined) return given;
  return Number(hours) === 0 ? 'UTC' : `Etc/GMT${sign === '+' ? '-' : '+'}${Number(hours)}`;
}

/** Whether a zone is given as an offset, which no zone table has. */
export const isOffset = (zone: string): boolean => /^[+-]/.test(zone);
