import { FormulaError, tokensOf } from './tokens.ts';
import type { Token } from './tokens.ts';

/** A formula as a tree. */
export type Expression =
  | { readonly kind: 'literal'; readonly value: number | boolean | null }
  | { readonly kind: 'name'; readonly name: string }
  /** `#`: the element a predicate looks at */
  | { readonly kind: 'element' }
  | { readonly kind: 'array'; readonly items: readonly Expression[] }
  | { readonly kind: 'unary'; readonly operator: string; readonly operand: Expression }
  | { readonly kind: 'binary'; readonly operator: string; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'choice'; readonly test: Expression; readonly yes: Expression | null; readonly no: Expression }
  | { readonly kind: 'call'; readonly name: string; readonly operands: readonly Expression[] };

/** How tightly operators bind, as in expr-lang, where `??` binds tightest of all. */
const strength: Readonly<Record<string, number>> = {
  '||': 10,
  or: 10,
  '&&': 15,
  and: 15,
  '==': 20,
  '!=': 20,
  '<': 20,
  '>': 20,
  '<=': 20,
  '>=': 20,
  in: 20,
  '+': 30,
  '-': 30,
  '*': 60,
  '/': 60,
  '%': 60,
  '**': 100,
  '^': 100,
  '??': 500,
};
const unaryStrength: Readonly<Record<string, number>> = { not: 50, '!': 50, '-': 90, '+': 90 };
const same: Readonly<Record<string, string>> = { or: '||', and: '&&', not: '!', '^': '**' };
const words: Readonly<Record<string, number | boolean | null>> = { true: true, false: false, nil: null, null: null };

/** More is a mistake, and would only deepen the recursion. */
const mostTokens = 2000;
const deepest = 100;

/**
 * Reads a formula: the part of expr-lang (the language of KEDA's scaling modifiers) that is arithmetic, comparisons, logic,
 * `?:`, `??`, arrays and predicates (`count([a, b], {# > 1})`).
 *
 * @throws FormulaError for what is no formula
 */
export function parseExpression(text: string): Expression {
  const tokens = tokensOf(text);
  if (tokens.length > mostTokens) throw new FormulaError(`The formula has more than ${mostTokens} parts`);
  return new Parser(tokens).whole();
}

class Parser {
  private position = 0;
  private depth = 0;
  private readonly tokens: readonly Token[];

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  whole(): Expression {
    const expression = this.choice();
    if (this.next.kind !== 'end') throw this.unexpected();
    return expression;
  }

  private get next(): Token {
    const token = this.tokens[this.position];
    if (token === undefined) throw new Error('Read past the end of a formula.');
    return token;
  }

  private unexpected(): FormulaError {
    const { kind, text, at } = this.next;
    return new FormulaError(
      kind === 'end' ? 'The formula ends too early' : `\`${text}\` at character ${at + 1} is not expected there`,
    );
  }

  private takes(text: string): boolean {
    if (this.next.kind === 'end' || this.next.kind === 'number' || this.next.text !== text) return false;
    this.position++;
    return true;
  }

  private expect(text: string): void {
    if (!this.takes(text)) throw this.unexpected();
  }

  private choice(): Expression {
    if (++this.depth > deepest) throw new FormulaError('The formula is nested too deeply');
    const test = this.binary(0);
    let expression = test;
    if (this.takes('?:')) expression = { kind: 'choice', test, yes: null, no: this.choice() };
    else if (this.takes('?')) {
      const yes = this.choice();
      this.expect(':');
      expression = { kind: 'choice', test, yes, no: this.choice() };
    }
    this.depth--;
    return expression;
  }

  private binary(least: number): Expression {
    let left = this.unary();
    for (;;) {
      const { kind, text } = this.next;
      const binds = kind === 'operator' || kind === 'name' ? (Object.hasOwn(strength, text) ? strength[text] : 0) : 0;
      if (binds === undefined || binds === 0 || binds < least) return left;
      this.position++;
      // A power is worked out from the right, everything else from the left.
      const right = this.binary(same[text] === '**' || text === '**' ? binds : binds + 1);
      left = { kind: 'binary', operator: same[text] ?? text, left, right };
    }
  }

  private unary(): Expression {
    const { kind, text } = this.next;
    if (kind !== 'number' && kind !== 'end' && Object.hasOwn(unaryStrength, text)) {
      if (++this.depth > deepest) throw new FormulaError('The formula is nested too deeply');
      this.position++;
      const operand = this.binary(unaryStrength[text] ?? 0);
      this.depth--;
      return { kind: 'unary', operator: same[text] ?? text, operand };
    }
    return this.primary();
  }

  private primary(): Expression {
    const token = this.next;
    if (token.kind === 'number') {
      this.position++;
      return { kind: 'literal', value: Number(token.text.replaceAll('_', '')) };
    }
    if (token.kind === 'name') {
      this.position++;
      if (Object.hasOwn(words, token.text)) return { kind: 'literal', value: words[token.text] ?? null };
      if (this.takes('(')) return { kind: 'call', name: token.text, operands: this.list(')') };
      return { kind: 'name', name: token.text };
    }
    if (this.takes('#')) return { kind: 'element' };
    if (this.takes('[')) return { kind: 'array', items: this.list(']') };
    if (this.takes('(')) return this.enclosed(')');
    if (this.takes('{')) return this.enclosed('}');
    throw this.unexpected();
  }

  private enclosed(close: string): Expression {
    const expression = this.choice();
    this.expect(close);
    return expression;
  }

  private list(close: string): Expression[] {
    const items: Expression[] = [];
    if (this.takes(close)) return items;
    do items.push(this.choice());
    while (this.takes(','));
    this.expect(close);
    return items;
  }
}

/** Names a formula asks for. */
export function namesIn(expression: Expression): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (each: Expression): void => {
    switch (each.kind) {
      case 'name':
        names.add(each.name);
        break;
      case 'array':
        each.items.forEach(visit);
        break;
      case 'call':
        each.operands.forEach(visit);
        break;
      case 'unary':
        visit(each.operand);
        break;
      case 'binary':
        visit(each.left);
        visit(each.right);
        break;
      case 'choice':
        visit(each.test);
        if (each.yes !== null) visit(each.yes);
        visit(each.no);
        break;
      case 'literal':
      case 'element':
        break;
    }
  };
  visit(expression);
  return names;
}
