import { evaluateFormula } from '../expression/evaluate.ts';
import { FormulaError, tokensOf } from '../expression/tokens.ts';
import { parseExpression, namesIn } from '../expression/parse.ts';
import { formatAmount } from './amount.ts';
import type { Amount } from './amount.ts';
import type { GivenAmounts } from './given.ts';
import { evaluationOrder } from './order.ts';
import type { SizingModel } from './schema.ts';

/** One result, explained. */
export interface SizingRow extends Amount {
  readonly name: string;
  readonly formula: string;
  /** the formula with the numbers put in: `ceil(2500/s / 50/s * (1 + 20%))` */
  readonly arithmetic: string;
  readonly note: string | null;
  /** why there is no number; `value` is then NaN */
  readonly problem: string | null;
}

/**
 * Works a sizing model out, in the order the results stand in the file. A result that rests on one without a number has
 * none either, and says which.
 *
 * @param model as parsed: its formulas are read and free of circles
 * @param currency for money
 */
export function evaluateSizing(model: SizingModel, given: GivenAmounts, currency: string): SizingRow[] {
  const amounts = new Map<string, Amount>([...Object.entries(given), ...Object.entries(model.inputs)]);
  const expressions = new Map(
    Object.entries(model.results).map(([name, { formula }]) => [name, parseExpression(formula)]),
  );
  const { order } = evaluationOrder(
    new Map([...expressions].map(([name, expression]) => [name, namesIn(expression)])),
  ) as { order: readonly string[] };
  const rows = new Map<string, SizingRow>();
  for (const name of order) {
    const { formula, unit, note } = model.results[name]!;
    const { value, problem } = valueOf(() => evaluateFormula(expressions.get(name)!, valuesOf(amounts)));
    const arithmetic = withNumbers(formula, amounts, currency);
    rows.set(name, { name, formula, arithmetic, value, unit, note: note ?? null, problem });
    if (problem === null) amounts.set(name, { value, unit });
  }
  return Object.keys(model.results).map((name) => rows.get(name)!);
}

const valuesOf = (amounts: ReadonlyMap<string, Amount>): ReadonlyMap<string, number> =>
  new Map([...amounts].map(([name, { value }]) => [name, value]));

function valueOf(evaluate: () => number | null): { readonly value: number; readonly problem: string | null } {
  try {
    const value = evaluate() ?? NaN;
    if (Number.isFinite(value)) return { value, problem: null };
    return { value: NaN, problem: 'The formula comes to no finite number: is something divided by zero?' };
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error;
    return { value: NaN, problem: error.message };
  }
}

/** The formula with every name that stands for an amount replaced by it. */
function withNumbers(formula: string, amounts: ReadonlyMap<string, Amount>, currency: string): string {
  let text = '';
  let end = 0;
  for (const token of tokensOf(formula)) {
    const amount = token.kind === 'name' ? amounts.get(token.text) : undefined;
    if (amount === undefined) continue;
    text += formula.slice(end, token.at) + formatAmount(amount, currency);
    end = token.at + token.text.length;
  }
  return text + formula.slice(end);
}
