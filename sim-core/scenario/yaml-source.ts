import { Composer, isAlias, isMap, isNode, isScalar, isSeq, LineCounter, Parser, visit } from 'yaml';
import type { CST, Document, Node, Pair } from 'yaml';
import type { Issue } from '../issue.ts';
import { explainYamlError } from './yaml-errors.ts';

/** 1-based. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** A YAML or JSON text as plain data that remembers where everything stood. */
export interface YamlSource {
  /** undefined when the text cannot be read */
  readonly data: unknown;
  readonly issues: readonly Issue[];
  /**
   * Where a path stands: its key, or its value. A path that leads nowhere gives the nearest parent that exists, so that
   * a missing key points at the mapping it is missing from.
   */
  locate(path: readonly (string | number)[], part: 'key' | 'value'): Place;
}

/** Characters; scenarios are written by people. */
export const longestText = 1_000_000;
/** Collections inside collections; deeper texts would exhaust the stack of the parser. */
const deepestNesting = 100;
/** How often aliases may be expanded altogether: guards against a few lines that expand to gigabytes. */
const mostAliases = 100;
/** Names that reach the prototype of an object in JavaScript. */
const reservedKeys = ['__proto__', 'constructor', 'prototype'];

/** After these there is no data worth looking at. */
const fatalCodes = ['yaml-alias', 'reserved-key', 'yaml-syntax'];

/** Reads a single YAML 1.2 document (JSON is one, too). Never throws; every trouble is an issue with its place. */
export function readYaml(text: string): YamlSource {
  const [first, second] = readDocuments(text, 'A scenario begins with `schema: headroom/v1`.');
  if (first === undefined) throw new Error('A text always gives at least one document.');
  if (second === undefined) return first;
  const message =
    'A second document begins here (`---`). A scenario is one document: keep one, or write one file for each.';
  const extra: Issue = {
    code: 'several-documents',
    severity: 'error',
    message,
    path: [],
    ...second.locate([], 'value'),
  };
  return { ...first, issues: [...first.issues, extra] };
}

/**
 * Reads every document of a YAML stream; always at least one.
 *
 * @param expected a sentence that says what the file should hold, for when it holds nothing
 */
export function readDocuments(text: string, expected: string): YamlSource[] {
  const lines = new LineCounter();
  const place = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const refused = (code: string, message: string, at: Place = { line: 1, column: 1 }): YamlSource[] => [
    { data: undefined, issues: [{ code, severity: 'error', message, path: [], ...at }], locate: () => at },
  ];

  if (text.length > longestText) {
    const size = `${(text.length / 1e6).toFixed(1)} million characters`;
    const advice = 'Keep recorded traffic in a file of its own and name it under `trace`.';
    return refused('file-too-large', `The file has ${size}; at most 1 million are read. ${advice}`);
  }
  if (text.includes('\0')) return refused('not-text', `This is not a text file: it contains zero bytes. ${expected}`);
  const tokens = [...new Parser(lines.addNewLine).parse(text)];
  const deep = deeperThan(tokens, deepestNesting);
  if (deep !== undefined) {
    const message = `Lists and mappings are nested more than ${deepestNesting} deep here. About ten levels are ever needed.`;
    return refused('too-deep', message, place(deep));
  }
  const documents = [...new Composer({ prettyErrors: false }).compose(tokens, true, text.length)];
  const [first] = documents;
  if (first === undefined || (documents.length === 1 && first.contents === null && first.errors.length === 0)) {
    return refused('empty-file', `The file is empty. ${expected}`);
  }
  return documents.map((document) => sourceOf(document, text, place));
}

function sourceOf(document: Document, text: string, place: (offset: number) => Place): YamlSource {
  const issues: Issue[] = [];
  const report = (code: string, message: string, offset: number): void => {
    issues.push({ code, severity: 'error', message, path: [], ...place(offset) });
  };
  // One slip makes the reader stumble several times at the same place; the first time says it.
  const told = new Set<number>();
  for (const error of [...document.errors, ...document.warnings]) {
    const [code, message, offset] = explainYamlError(error, text);
    if (!told.has(offset)) report(code, message, offset);
    told.add(offset);
  }
  const readable = document.errors.every((error) => error.code === 'DUPLICATE_KEY');
  if (readable) checkNodes(document, report);
  const fatal = !readable || issues.some((issue) => fatalCodes.includes(issue.code));
  let data: unknown;
  if (!fatal) {
    try {
      data = document.toJS({ maxAliasCount: mostAliases });
    } catch (error) {
      if (!(error instanceof ReferenceError)) throw error;
      report('yaml-alias', 'Aliases (`*name`) in this file expand to too much data. Write the values out.', 0);
    }
  }
  return { data, issues, locate: (path, part) => locate(document, path, part, place) };
}

/** Offset of the first token nested deeper than the limit. Iterative, because the texts it guards against are deep. */
function deeperThan(tokens: readonly CST.Token[], limit: number): number | undefined {
  const stack: { token: CST.Token; depth: number }[] = tokens.map((token) => ({ token, depth: 0 }));
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    const { token, depth } = top;
    if (depth > limit) return token.offset;
    if ('value' in token && token.value !== undefined && typeof token.value === 'object')
      stack.push({ token: token.value, depth: depth + 1 });
    if (!('items' in token)) continue;
    for (const item of token.items) {
      if (item.key) stack.push({ token: item.key, depth: depth + 1 });
      if (item.value) stack.push({ token: item.value, depth: depth + 1 });
    }
  }
  return undefined;
}

/** What the parser lets pass but a scenario must not contain. */
function checkNodes(document: Document, report: (code: string, message: string, offset: number) => void): void {
  const offsetOf = (node: unknown): number => (isNode(node) ? (node.range?.[0] ?? 0) : 0);
  visit(document, {
    Alias(_, alias, ancestors) {
      const target = alias.resolve(document);
      if (target === undefined) {
        report(
          'yaml-alias',
          `The alias \`*${alias.source}\` has no anchor before it. Write \`&${alias.source}\` at the value it repeats.`,
          offsetOf(alias),
        );
      } else if (ancestors.includes(target as Node)) {
        report(
          'yaml-alias',
          `The alias \`*${alias.source}\` lies inside the value it repeats. Write the value out.`,
          offsetOf(alias),
        );
      }
    },
    Pair(_, pair) {
      if (!isScalar(pair.key)) {
        if (!isAlias(pair.key))
          report('yaml-syntax', 'A key must be a plain word, not a list or a mapping.', offsetOf(pair.key));
        return;
      }
      const key = String(pair.key.value);
      if (reservedKeys.includes(key))
        report('reserved-key', `\`${key}\` cannot be used as a key. Choose another name.`, offsetOf(pair.key));
    },
  });
}

function locate(
  document: Document,
  path: readonly (string | number)[],
  part: 'key' | 'value',
  place: (offset: number) => Place,
): Place {
  const resolved = (node: unknown): unknown => (isAlias(node) ? node.resolve(document) : node);
  let offset = isNode(document.contents) ? (document.contents.range?.[0] ?? 0) : 0;
  let node: unknown = document.contents;
  for (const [depth, step] of path.entries()) {
    const container = resolved(node);
    const wantsKey = part === 'key' || depth < path.length - 1;
    if (isMap(container)) {
      const pair = container.items.find((item: Pair) => isScalar(item.key) && String(item.key.value) === String(step));
      if (pair === undefined) break;
      const key = isNode(pair.key) ? pair.key.range?.[0] : undefined;
      const value = isNode(pair.value) && !isEmptyScalar(pair.value) ? pair.value.range?.[0] : undefined;
      offset = (wantsKey ? (key ?? value) : (value ?? key)) ?? offset;
      node = pair.value;
    } else if (isSeq(container) && typeof step === 'number') {
      const item = container.items[step];
      if (!isNode(item)) break;
      offset = item.range?.[0] ?? offset;
      node = item;
    } else break;
  }
  return place(offset);
}

/** `key:` with nothing after it: the value has a position on a later line, which would mislead. */
function isEmptyScalar(node: Node): boolean {
  return isScalar(node) && node.value === null && (node.range?.[0] ?? 0) === (node.range?.[1] ?? 0);
}
