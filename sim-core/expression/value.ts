import { FormulaError } from './tokens.ts';

/** What a part of a formula can be; null is expr-lang's `nil`. */
export type Value = number | boolean | null | readonly Value[];

/** @param what the part in words, for the message */
export function numberOf(value: Value, what: string): number {
  if (typeof value !== 'number') throw new FormulaError(`${what} is ${inWords(value)}, not a number`);
  return value;
}

export function booleanOf(value: Value, what: string): boolean {
  if (typeof value !== 'boolean') throw new FormulaError(`${what} is ${inWords(value)}, not true or false`);
  return value;
}

function inWords(value: Value): string {
  if (value === null) return 'nil';
  return typeof value === 'object' ? 'an array' : typeof value === 'number' ? 'a number' : String(value);
}
