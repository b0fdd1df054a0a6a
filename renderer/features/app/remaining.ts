/** `40 s left`, `3 min left`: coarse, because it is a guess. Empty when there is nothing worth saying. */
export function printRemaining(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (!(seconds >= 5)) return '';
  if (seconds < 55) return `${Math.ceil(seconds / 5) * 5} s left`;
  if (seconds < 5400) return `${Math.ceil(seconds / 60)} min left`;
  return `${Math.ceil(seconds / 3600)} h left`;
}
