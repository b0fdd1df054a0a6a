/** How numbers stand in the sentences of a decision: short, the same in every language setting. */

/** At most `digits` decimals, without trailing zeros: 1.3125 → `1.31`. */
export function inWords(value: number, digits = 2): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'unknown' : value > 0 ? '∞' : '−∞';
  const text = value.toFixed(digits);
  const short = text.includes('.') ? text.replace(/\.?0+$/, '') : text;
  return short === '-0' ? '0' : short.replace('-', '−');
}

/** 0.79 → `79 %` */
export function percentInWords(fraction: number, digits = 1): string {
  return `${inWords(fraction * 100, digits)} %`;
}

/** `15 s`, `10 min`, `2 h`: the largest unit that gives a whole number. */
export function secondsInWords(seconds: number): string {
  if (seconds !== 0 && seconds % 3600 === 0) return `${seconds / 3600} h`;
  if (seconds !== 0 && seconds % 60 === 0) return `${seconds / 60} min`;
  return `${inWords(seconds, 3)} s`;
}
