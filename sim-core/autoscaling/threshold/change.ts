/** What a rule does to the count when it is due. */
export type Change =
  | { readonly kind: 'replicas'; /** whole, signed, not 0 */ readonly replicas: number }
  | { readonly kind: 'share'; /** signed, not 0; 0.5 adds half */ readonly share: number };

/** `2`, `'+2'`, `'-1'`, `'+50%'`; undefined when it is neither. */
export function parseChange(value: number | string): Change | undefined {
  if (typeof value === 'number') return value === 0 ? undefined : { kind: 'replicas', replicas: value };
  const match = /^\s*([+-]?\d{1,6}(?:\.\d+)?)\s*(%?)\s*$/.exec(value);
  if (match === null) return undefined;
  const amount = Number(match[1]);
  if (amount === 0) return undefined;
  if (match[2] === '%') return amount < -100 ? undefined : { kind: 'share', share: amount / 100 };
  return Number.isInteger(amount) ? { kind: 'replicas', replicas: amount } : undefined;
}

/** `+2`, `−1`, `+50 %` */
export function printChange(change: Change): string {
  const amount = change.kind === 'share' ? Math.round(change.share * 1e6) / 1e4 : change.replicas;
  return `${amount < 0 ? '−' : '+'}${Math.abs(amount)}${change.kind === 'share' ? ' %' : ''}`;
}

/**
 * The count after the change. A share is rounded away from the present count and is at least one replica,
 * so that no rule is ever due without effect. Never below 0.
 */
export function applyChange(current: number, change: Change): number {
  if (change.kind === 'replicas') return Math.max(0, current + change.replicas);
  // A hair is taken off before rounding: 10 × 1.1 is 11.000000000000002 in binary.
  const exact = current * change.share;
  const size = Math.max(1, Math.ceil(Math.abs(exact) - 1e-9));
  return Math.max(0, current + (change.share < 0 ? -size : size));
}
