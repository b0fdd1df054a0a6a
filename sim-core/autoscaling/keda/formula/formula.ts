import { evaluateFormula } from './evaluate.ts';
import type { TriggerValues } from './evaluate.ts';
import { namesIn, parseExpression } from './parse.ts';
import type { Expression } from './parse.ts';
import { FormulaError } from './tokens.ts';

/** A formula that was read. */
export interface Formula {
  readonly expression: Expression;
  /** triggers it asks for */
  readonly names: ReadonlySet<string>;
}

/** @returns `problem` in words for what is no formula */
export function parseFormula(text: string): { readonly formula: Formula } | { readonly problem: string } {
  try {
    const expression = parseExpression(text);
    return { formula: { expression, names: namesIn(expression) } };
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error;
    return { problem: error.message };
  }
}

/**
 * The composite metric of scaling modifiers.
 *
 * @param atFallback what is handed on for a formula that comes to nil: target × fallback.replicas; undefined without a
 * fallback, which makes it an error
 * @see kedacore/keda pkg/scaling/modifiers
 */
export function compositeMetric(
  { expression }: Formula,
  triggers: TriggerValues,
  atFallback?: number,
): { readonly value: number } | { readonly error: string } {
  try {
    const value = evaluateFormula(expression, triggers) ?? atFallback;
    return value === undefined ? { error: 'The formula comes to nil, and there is no fallback' } : { value };
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error;
    return { error: error.message };
  }
}
