import { namesIn, parseExpression } from './parse.ts';
import type { Expression } from './parse.ts';
import { FormulaError } from './tokens.ts';

/** A formula that was read. */
export interface Formula {
  readonly expression: Expression;
  /** what it asks for */
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
