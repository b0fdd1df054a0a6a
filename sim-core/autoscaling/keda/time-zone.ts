/**
 * Seconds to add to UTC, for names of zones that never change it. Names with daylight saving are not known: their rules
 * change by decree, and the core has no table of them.
 *
 * @returns undefined for any other name
 */
export function zoneOffset(name: string): number | undefined {
  if (/^(?:UTC|Z|GMT|Etc\/(?:UTC|GMT|Universal|Zulu))$/.test(name)) return 0;
  const fixed = /^([+-])(0\d|1[0-4]):([0-5]\d)$/.exec(name);
  if (fixed !== null) return (fixed[1] === '-' ? -1 : 1) * (Number(fixed[2]) * 3600 + Number(fixed[3]) * 60);
  // The sign of these names is that of POSIX: Etc/GMT-2 is two hours ahead of UTC.
  const posix = /^Etc\/GMT([+-])(\d|1[0-4])$/.exec(name);
  return posix === null ? undefined : (posix[1] === '-' ? 1 : -1) * Number(posix[2]) * 3600;
}
