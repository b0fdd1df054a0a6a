import { isAlias, isMap, isNode, isScalar, isSeq, parseDocument, stringify } from 'yaml';
import type { Document } from 'yaml';

export type YamlPath = readonly (string | number)[];

/** Thrown when the text cannot be edited by path because it is not YAML at all. */
export class UnparsableYaml extends Error {}

function parse(text: string): Document {
  const document = parseDocument(text, { keepSourceTokens: false });
  if (document.errors.length > 0) throw new UnparsableYaml(document.errors[0]?.message ?? 'not YAML');
  return document as unknown as Document;
}

/** Prints a whole document in the style the text already has. */
function print(document: Document, text: string): string {
  return document.toString({ lineWidth: 0, flowCollectionPadding: /\{ \S/.test(text) });
}

/** A scalar as it may stand inside a flow collection, and therefore anywhere. */
function printScalar(value: string | number | boolean | null): string {
  return stringify([value], { collectionStyle: 'flow', lineWidth: 0, flowCollectionPadding: false })
    .trim()
    .slice(1, -1);
}

/** Where a path leads through an alias, what it stands for is written out: from here on it differs from the others. */
function withoutAliases(document: Document, path: YamlPath): void {
  for (let length = 1; length <= path.length; length += 1) {
    const at = path.slice(0, length);
    const node = document.getIn(at, true);
    if (isAlias(node)) document.setIn(at, document.createNode(node.toJS(document)));
  }
}

/**
 * Sets one value. An existing plain value is replaced in place and every other byte stays as it was, so comments,
 * spacing and quoting survive; what is missing is added through the document tree, which keeps comments.
 *
 * @throws UnparsableYaml when the text is not YAML
 */
export function setInYaml(text: string, path: YamlPath, value: unknown): string {
  const document = parse(text);
  const node = document.getIn(path, true);
  const plain = value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  if (plain && isScalar(node) && node.range && !node.anchor) {
    const [start, end] = node.range;
    const edited = text.slice(0, start) + printScalar(value) + text.slice(end);
    const check = parseDocument(edited);
    if (check.errors.length === 0 && check.getIn(path) === value) return edited;
  }
  withoutAliases(document, path);
  document.setIn(path, plain ? value : document.createNode(value));
  return print(document, text);
}

/** Removes a key or an item; nothing happens when it is not there. */
export function deleteInYaml(text: string, path: YamlPath): string {
  const document = parse(text);
  withoutAliases(document, path.slice(0, -1));
  if (!document.hasIn(path)) return text;
  document.deleteIn(path);
  return print(document, text);
}

/** Adds an item to a list, which is made when it is missing. */
export function appendInYaml(text: string, path: YamlPath, value: unknown): string {
  const document = parse(text);
  withoutAliases(document, path);
  const list = document.getIn(path, true);
  if (isSeq(list)) document.addIn(path, document.createNode(value));
  else document.setIn(path, document.createNode([value]));
  return print(document, text);
}

/** Moves an item of a list to another place in it, with the comments before it; nothing happens when there is no such place. */
export function moveInYaml(text: string, path: YamlPath, from: number, to: number): string {
  const document = parse(text);
  withoutAliases(document, path);
  const list = document.getIn(path, true);
  if (!isSeq(list) || from === to || !(from in list.items) || !(to in list.items)) return text;
  const [first] = list.items;
  if (isNode(first) && list.commentBefore) {
    // What stands before the first item is read as the list's own.
    first.commentBefore = list.commentBefore;
    list.commentBefore = null;
  }
  list.items.splice(to, 0, ...list.items.splice(from, 1));
  return print(document, text);
}

/** The value as written, or undefined. Never throws. */
export function readInYaml(text: string, path: YamlPath): unknown {
  try {
    const node = parse(text).getIn(path, true);
    if (node === undefined || node === null) return undefined;
    if (isScalar(node)) return node.value;
    if (isMap(node) || isSeq(node)) return node.toJSON();
    return undefined;
  } catch {
    return undefined;
  }
}

/** The whole document as plain data, or null when it is not YAML. */
export function dataOfYaml(text: string): unknown {
  try {
    return parse(text).toJS({ maxAliasCount: 100 });
  } catch {
    return null;
  }
}
