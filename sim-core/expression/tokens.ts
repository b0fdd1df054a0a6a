/** One piece of a formula, and where it starts. */
export interface Token {
  readonly kind: 'number' | 'name' | 'operator' | 'end';
  readonly text: string;
  readonly at: number;
}

/** What a formula gets wrong, in words for whoever wrote it. */
export class FormulaError extends Error {}

/** Longest first: `>=` is not `>` and `=`. */
const operators = ['**', '??', '?:', '==', '!=', '<=', '>=', '&&', '||', ...'+-*/%^<>!?:()[]{},#'.split('')];
const number = /(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
const name = /[A-Za-z_$][\w$]*/y;
const space = /\s+/y;

/** @throws FormulaError at a character that belongs to nothing */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0];
  };
  while (at < text.length) {
    const blank = take(space);
    if (blank !== undefined) {
      at += blank.length;
      continue;
    }
    const found = take(number);
    const word = found === undefined ? take(name) : undefined;
    const operator = operators.find((each) => text.startsWith(each, at));
    const token = found ?? word ?? operator;
    if (token === undefined) {
      throw new FormulaError(`\`${text.slice(at, at + 1)}\` at character ${at + 1} is not part of a formula`);
    }
    tokens.push({
      kind: found !== undefined ? 'number' : word !== undefined ? 'name' : 'operator',
      text: token,
      at,
    });
    at += token.length;
  }
  return [...tokens, { kind: 'end', text: 'the end', at }];
}
