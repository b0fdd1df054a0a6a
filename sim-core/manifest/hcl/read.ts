import { longestText } from '../../scenario/yaml-source.ts';
import type { Place, YamlSource } from '../../scenario/yaml-source.ts';
import { dataOf, offsetOf } from './node.ts';
import type { HclEntry, HclNode } from './node.ts';

const deepestNesting = 50;
const reservedKeys = ['__proto__', 'constructor', 'prototype'];

class HclTrouble extends Error {
  readonly offset: number;
  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

/** Whether a text looks like HCL: blocks with a name, perhaps labels, and braces; and not like JSON. */
export function looksLikeHcl(text: string): boolean {
  if (/^\s*[[{]/.test(text)) return false;
  return /^[ \t]*[A-Za-z_][\w-]*(?:[ \t]+(?:"[^"\n]*"|[A-Za-z_][\w-]*))*[ \t]*\{[ \t]*(?:[#/}]|$)/m.test(text);
}

/**
 * Reads the part of HCL that configuration of autoscalers is written in: attributes, nested blocks with labels, strings,
 * heredocs, numbers, lists, maps, comments. Labels become keys, and blocks of one name a list, as the JSON syntax of
 * Terraform has it; any other expression (references, calls, operators) becomes the text `${…}`, also as there, for
 * whoever needs its value to complain about.
 */
export function readHcl(text: string): YamlSource {
  const place = (offset: number): Place => {
    const before = text.slice(0, offset);
    const line = before.split('\n').length;
    return { line, column: offset - before.lastIndexOf('\n') };
  };
  const refused = (code: string, message: string, at: Place): YamlSource => ({
    data: undefined,
    issues: [{ code, severity: 'error', message, path: [], ...at }],
    locate: () => at,
  });
  if (text.length > longestText)
    return refused('file-too-large', 'The file has more than a million characters.', { line: 1, column: 1 });
  try {
    const root = new HclParser(text).file();
    return { data: dataOf(root), issues: [], locate: (path, part) => place(offsetOf(root, path, part)) };
  } catch (error) {
    if (!(error instanceof HclTrouble)) throw error;
    return refused('hcl-syntax', error.message, place(error.offset));
  }
}

class HclParser {
  readonly #text: string;
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  file(): HclNode {
    const entries = this.#body('');
    return { kind: 'map', offset: 0, entries };
  }

  #trouble(message: string, offset = this.#at): never {
    throw new HclTrouble(message, offset);
  }

  /** Runs a sticky pattern here, and steps over what it matched. */
  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  #blank(): void {
    this.#take(/(?:\s|#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y);
  }

  #space(): void {
    this.#take(/(?:[ \t\r]|\/\*[\s\S]*?\*\/)*/y);
  }

  #deeper<Result>(read: () => Result): Result {
    if (++this.#depth > deepestNesting) this.#trouble(`Blocks are nested more than ${deepestNesting} deep here.`);
    const result = read();
    this.#depth--;
    return result;
  }

  #body(end: '' | '}'): Map<string, HclEntry> {
    const entries = new Map<string, HclEntry>();
    for (;;) {
      this.#blank();
      if (this.#at >= this.#text.length) {
        if (end !== '') this.#trouble('The file ends within a block: a `}` is missing.');
        return entries;
      }
      if (end !== '' && this.#text[this.#at] === end) {
        this.#at++;
        return entries;
      }
      this.#statement(entries);
    }
  }

  #statement(entries: Map<string, HclEntry>): void {
    const offset = this.#at;
    const key = this.#take(/[A-Za-z_][\w-]*/y) ?? this.#quotedKey();
    if (key === undefined) this.#trouble('Here an attribute (`name = value`) or a block (`name { … }`) was expected.');
    this.#space();
    if (this.#take(/=(?!=)/y) !== undefined) {
      this.#space();
      this.#add(entries, key, { offset, node: this.#expression(), block: false });
      this.#space();
      this.#take(/,/y);
      return;
    }
    const labels: { readonly name: string; readonly offset: number }[] = [{ name: key, offset }];
    for (;;) {
      this.#space();
      const at = this.#at;
      const label = this.#take(/[A-Za-z_][\w-]*/y) ?? this.#quotedKey();
      if (label === undefined) break;
      labels.push({ name: label, offset: at });
    }
    const open = this.#at;
    if (this.#take(/\{/y) === undefined)
      this.#trouble(`After \`${key}\` comes \`=\` and a value, or \`{\` and a block.`);
    const body = this.#deeper(() => this.#body('}'));
    this.#addBlock(entries, labels, { kind: 'map', offset: open, entries: body });
  }

  #quotedKey(): string | undefined {
    const quoted = this.#take(/"(?:[^"\\\n]|\\.)*"/y);
    return quoted === undefined ? undefined : unquoted(quoted);
  }

  /** Each label is one step further down; the last holds the body, or the list of bodies. */
  #addBlock(
    entries: Map<string, HclEntry>,
    [first, ...rest]: readonly { readonly name: string; readonly offset: number }[],
    body: HclNode,
  ): void {
    if (first === undefined) return;
    const known = entries.get(first.name);
    if (rest.length === 0) {
      if (known?.block === true) {
        const before = known.node.kind === 'list' ? known.node.items : [known.node];
        known.node = { kind: 'list', offset: known.node.offset, items: [...before, body] };
      } else this.#add(entries, first.name, { offset: first.offset, node: body, block: true });
      return;
    }
    let inner = known?.node;
    if (inner === undefined) {
      inner = { kind: 'map', offset: first.offset, entries: new Map() };
      this.#add(entries, first.name, { offset: first.offset, node: inner, block: true });
    }
    if (inner.kind !== 'map')
      this.#trouble(`\`${first.name}\` stands here both with and without a label.`, first.offset);
    this.#addBlock(inner.entries, rest, body);
  }

  #add(entries: Map<string, HclEntry>, key: string, entry: HclEntry): void {
    if (reservedKeys.includes(key)) this.#trouble(`\`${key}\` cannot be used as a name.`, entry.offset);
    if (entries.has(key)) this.#trouble(`\`${key}\` stands twice here. Keep one.`, entry.offset);
    entries.set(key, entry);
  }

  #expression(): HclNode {
    const offset = this.#at;
    const literal = this.#literal(offset);
    this.#space();
    // What goes on is an expression; a literal was only its beginning.
    if (literal !== undefined && /[\n,\]}#)]|\/\/|$/y.test(this.#rest(2))) return literal;
    this.#at = offset;
    return { kind: 'leaf', offset, value: `\${${this.#raw()}}` };
  }

  #rest(length: number): string {
    return this.#text.slice(this.#at, this.#at + length);
  }

  #literal(offset: number): HclNode | undefined {
    const leaf = (value: string | number | boolean | null): HclNode => ({ kind: 'leaf', offset, value });
    const quoted = this.#take(/"(?:[^"\\\n$%]|\\.|[$%](?!\{)|[$%]\{[^}\n]*\})*"/y);
    if (quoted !== undefined) return leaf(unquoted(quoted));
    const number = this.#take(/-?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?(?![\w.])/y);
    if (number !== undefined) return leaf(Number(number));
    const word = this.#take(/(?:true|false|null)(?![\w.[(-])/y);
    if (word !== undefined) return leaf(word === 'null' ? null : word === 'true');
    const heredoc = this.#heredoc();
    if (heredoc !== undefined) return leaf(heredoc);
    if (this.#take(/\[(?!\s*for\b)/y) !== undefined) return this.#deeper(() => this.#list(offset));
    if (this.#take(/\{(?!\s*for\b)/y) !== undefined) {
      return { kind: 'map', offset, entries: this.#deeper(() => this.#mapBody()) };
    }
    return undefined;
  }

  #list(offset: number): HclNode {
    const items: HclNode[] = [];
    for (;;) {
      this.#blank();
      if (this.#take(/\]/y) !== undefined) return { kind: 'list', offset, items };
      if (this.#at >= this.#text.length) this.#trouble('The file ends within a list: a `]` is missing.');
      items.push(this.#expression());
      this.#blank();
      if (this.#take(/,/y) === undefined && this.#text[this.#at] !== ']')
        this.#trouble('Between two entries of a list stands a comma.');
    }
  }

  /** Like a body, but keys may be set with a colon, too. */
  #mapBody(): Map<string, HclEntry> {
    const entries = new Map<string, HclEntry>();
    for (;;) {
      this.#blank();
      if (this.#take(/\}/y) !== undefined) return entries;
      const offset = this.#at;
      const key = this.#take(/[A-Za-z_][\w.-]*/y) ?? this.#quotedKey() ?? this.#take(/\([^)\n]*\)/y);
      this.#space();
      if (key === undefined || this.#take(/=(?!=)|:/y) === undefined)
        this.#trouble('Here an entry of a map (`name = value`) was expected.');
      this.#space();
      this.#add(entries, key, { offset, node: this.#expression(), block: false });
      this.#space();
      this.#take(/,/y);
    }
  }

  #heredoc(): string | undefined {
    const found = /<<(-?)([A-Za-z_]\w*)[ \t]*\r?\n/y;
    found.lastIndex = this.#at;
    const [whole, indented, word] = found.exec(this.#text) ?? [];
    if (whole === undefined || word === undefined) return undefined;
    const start = this.#at + whole.length;
    const end = new RegExp(`^[ \\t]*${word}[ \\t]*\\r?$`, 'm').exec(this.#text.slice(start));
    if (end === null) this.#trouble(`The text after \`<<${word}\` never ends: a line with \`${word}\` is missing.`);
    this.#at = start + end.index + end[0].length;
    const content = this.#text.slice(start, start + end.index);
    return indented === '-' ? content.replace(/^[ \t]+/gm, '') : content;
  }

  /** The text of an expression that is none of the literals: to the end of the line, or of the entry it stands in. */
  #raw(): string {
    const start = this.#at;
    const open: string[] = [];
    for (;;) {
      if (this.#at >= this.#text.length) break;
      if (this.#take(/"(?:[^"\\\n]|\\.)*"/y) !== undefined) continue;
      const character = this.#text.charAt(this.#at);
      if (open.length === 0 && /[\n,\]})#]/.test(character)) break;
      if (/[([{]/.test(character)) open.push(character);
      if (/[)\]}]/.test(character)) open.pop();
      this.#at++;
    }
    const raw = this.#text.slice(start, this.#at).trim();
    if (raw === '') this.#trouble('A value is missing here.', start);
    return raw;
  }
}

function unquoted(text: string): string {
  const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };
  return text
    .slice(1, -1)
    .replace(/\\u([0-9a-fA-F]{4})|\\(.)/g, (_, code: string | undefined, plain: string | undefined) =>
      code === undefined ? (escapes[plain ?? ''] ?? plain ?? '') : String.fromCharCode(Number.parseInt(code, 16)),
    );
}
