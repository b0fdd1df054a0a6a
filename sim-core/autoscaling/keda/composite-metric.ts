import { evaluateFormula } from '../../expression/evaluate.ts';
import type { NamedValues } from '../../expression/evaluate.ts';
import type { Formula } from '../../expression/formula.ts';
import { FormulaError } from '../../expression/tokens.ts';

/**
 * The composite metric of scaling modifiers.
 *
 * @param triggers by name; null for one that has failed too often
 * @param atFallback what is handed on for a formula that comes to nil: target × fallback.replicas; undefined without a
 * fallback, which makes it an error
 * @see kedacore/keda pkg/scaling/modifiers
 */
export function compositeMetric(
  { expression }: Formula,
  triggers: NamedValues,
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
