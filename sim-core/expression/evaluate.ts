import { pow } from '../units/math.ts';
import { functions } from './functions.ts';
import type { Expression } from './parse.ts';
import { FormulaError } from './tokens.ts';
import { booleanOf, numberOf } from './value.ts';
import type { Value } from './value.ts';

/** What the names in a formula stand for; null for what has no value. */
export type NamedValues = ReadonlyMap<string, number | null>;

/**
 * The value of a formula.
 *
 * @returns null for `nil`
 * @throws FormulaError where an operator meets what it cannot work on, and for a result that is no number
 */
export function evaluateFormula(expression: Expression, values: NamedValues): number | null {
  const value = evaluate(expression, values, undefined);
  if (value === null) return null;
  return numberOf(value, 'The result of the formula');
}

/** @param element what `#` stands for; undefined outside a predicate */
function evaluate(expression: Expression, values: NamedValues, element: Value | undefined): Value {
  const within = (each: Expression): Value => evaluate(each, values, element);
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'element':
      if (element === undefined) throw new FormulaError('`#` stands outside a predicate');
      return element;
    case 'name': {
      const value = values.get(expression.name);
      if (value === undefined) throw new FormulaError(`There is no \`${expression.name}\``);
      return value;
    }
    case 'array':
      return expression.items.map(within);
    case 'unary': {
      const operand = within(expression.operand);
      const what = `The operand of \`${expression.operator}\``;
      if (expression.operator === '!') return !booleanOf(operand, what);
      const sign = expression.operator === '-' ? -1 : 1;
      return sign * numberOf(operand, what);
    }
    case 'choice': {
      const test = within(expression.test);
      if (expression.yes === null) return test === null || test === false || test === 0 ? within(expression.no) : test;
      return booleanOf(test, 'The condition before `?`') ? within(expression.yes) : within(expression.no);
    }
    case 'call': {
      const found = Object.hasOwn(functions, expression.name) ? functions[expression.name] : undefined;
      if (found === undefined) throw new FormulaError(`There is no function \`${expression.name}\``);
      if (!found.predicate) return found.apply(expression.operands.map(within));
      const [list, predicate] = expression.operands;
      if (list === undefined) throw new FormulaError(`\`${expression.name}\` needs an array`);
      const items = within(list);
      if (items === null || typeof items !== 'object') {
        throw new FormulaError(`\`${expression.name}\` needs an array`);
      }
      return found.apply(
        items,
        predicate === undefined ? undefined : (item: Value) => evaluate(predicate, values, item),
      );
    }
    case 'binary':
      return binary(expression.operator, within(expression.left), () => within(expression.right));
  }
}

function binary(operator: string, left: Value, later: () => Value): Value {
  const leftWords = `What stands left of \`${operator}\``;
  const rightWords = `What stands right of \`${operator}\``;
  switch (operator) {
    case '??':
      return left ?? later();
    case '||':
      return booleanOf(left, leftWords) || booleanOf(later(), rightWords);
    case '&&':
      return booleanOf(left, leftWords) && booleanOf(later(), rightWords);
    case '==':
      return equal(left, later());
    case '!=':
      return !equal(left, later());
    case 'in': {
      const list = later();
      if (list === null || typeof list !== 'object') throw new FormulaError(`${rightWords} is no array`);
      return list.some((each) => equal(each, left));
    }
    default:
      return arithmetic(operator, numberOf(left, leftWords), numberOf(later(), rightWords));
  }
}

function arithmetic(operator: string, a: number, b: number): number | boolean {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return a / b;
    case '%':
      if (!Number.isInteger(a) || !Number.isInteger(b)) throw new FormulaError('`%` works on whole numbers only');
      return a % b;
    case '**':
      return power(a, b);
    case '<':
      return a < b;
    case '>':
      return a > b;
    case '<=':
      return a <= b;
    case '>=':
      return a >= b;
    default:
      throw new FormulaError(`There is no operator \`${operator}\``);
  }
}

/** Whole powers by multiplication, so that they are exact wherever doubles are. */
function power(base: number, exponent: number): number {
  if (!Number.isInteger(exponent) || Math.abs(exponent) > 1024) return pow(base, exponent);
  let result = 1;
  for (let step = 0; step < Math.abs(exponent); step++) result *= base;
  return exponent < 0 ? 1 / result : result;
}

function equal(a: Value, b: Value): boolean {
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return a === b;
  return a.length === b.length && a.every((each, index) => equal(each, b[index] ?? null));
}
