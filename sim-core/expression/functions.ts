import { FormulaError } from './tokens.ts';
import { numberOf } from './value.ts';
import type { Value } from './value.ts';

type Predicate = (item: Value) => Value;

/** A builtin of expr-lang that a number can come of. */
type BuiltIn =
  | { readonly predicate: false; apply(operands: readonly Value[]): Value }
  | { readonly predicate: true; apply(items: readonly Value[], predicate?: Predicate): Value };

/** Numbers of the operands, arrays among them spread out. */
function numbersOf(name: string, operands: readonly Value[]): number[] {
  return operands.flatMap((each) =>
    each !== null && typeof each === 'object' ? numbersOf(name, each) : [numberOf(each, `An operand of \`${name}\``)],
  );
}

const ofNumbers = (name: string, apply: (numbers: readonly number[]) => number): BuiltIn => ({
  predicate: false,
  apply: (operands) => apply(numbersOf(name, operands)),
});

const ofOne = (name: string, apply: (value: number) => number): BuiltIn => ({
  predicate: false,
  apply: ([operand, ...others]) => {
    if (operand === undefined || others.length > 0) throw new FormulaError(`\`${name}\` takes one operand`);
    return apply(numberOf(operand, `The operand of \`${name}\``));
  },
});

const least = (name: string, numbers: readonly number[]): readonly number[] => {
  if (numbers.length === 0) throw new FormulaError(`\`${name}\` of nothing`);
  return numbers;
};

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, each) => sum + each, 0);

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}

/** Half away from zero, as Go rounds. */
const roundHalfAway = (value: number): number => Math.sign(value) * Math.floor(Math.abs(value) + 0.5);

const holds = (predicate: Predicate | undefined, item: Value): boolean =>
  (predicate === undefined ? item : predicate(item)) === true;

const ofArray = (apply: (items: readonly Value[], predicate?: Predicate) => Value): BuiltIn => ({
  predicate: true,
  apply,
});

export const functions: Readonly<Record<string, BuiltIn>> = {
  max: ofNumbers('max', (numbers) => Math.max(...least('max', numbers))),
  min: ofNumbers('min', (numbers) => Math.min(...least('min', numbers))),
  mean: ofNumbers('mean', (numbers) => (numbers.length === 0 ? 0 : sumOf(numbers) / numbers.length)),
  median: ofNumbers('median', (numbers) => (numbers.length === 0 ? 0 : median(numbers))),
  abs: ofOne('abs', Math.abs),
  ceil: ofOne('ceil', Math.ceil),
  floor: ofOne('floor', Math.floor),
  round: ofOne('round', roundHalfAway),
  int: ofOne('int', Math.trunc),
  float: ofOne('float', (value) => value),
  len: ofArray((items) => items.length),
  sum: ofArray((items, predicate) => sumOf(numbersOf('sum', predicate === undefined ? items : items.map(predicate)))),
  count: ofArray((items, predicate) => items.filter((item) => holds(predicate, item)).length),
  all: ofArray((items, predicate) => items.every((item) => holds(predicate, item))),
  any: ofArray((items, predicate) => items.some((item) => holds(predicate, item))),
  none: ofArray((items, predicate) => !items.some((item) => holds(predicate, item))),
  one: ofArray((items, predicate) => items.filter((item) => holds(predicate, item)).length === 1),
  filter: ofArray((items, predicate) => items.filter((item) => holds(predicate, item))),
  map: ofArray((items, predicate) => (predicate === undefined ? items : items.map(predicate))),
};
