/** A block of HCL as it is written: attributes first, blocks after them. */
export interface HclBlock {
  readonly name: string;
  readonly labels?: readonly string[];
  readonly body: readonly (HclAttribute | HclBlock)[];
}

export interface HclAttribute {
  readonly name: string;
  readonly value: HclValue;
}

export type HclValue = string | number | boolean | HclExpression | readonly HclValue[] | HclMap;
export interface HclMap {
  readonly pairs: Readonly<Record<string, HclValue>>;
}
/** Text that stands as it is: a reference. */
export interface HclExpression {
  readonly expression: string;
}

/** HCL in the layout of `terraform fmt`, but for the alignment of equal signs within groups, which it keeps to one space. */
export function printHcl(blocks: readonly HclBlock[]): string {
  return blocks.map((block) => printBlock(block, '')).join('\n');
}

function printBlock({ name, labels = [], body }: HclBlock, indent: string): string {
  const head = [name, ...labels.map(quoted)].join(' ');
  const inner = `${indent}  `;
  const lines = body.map((part) =>
    'body' in part ? printBlock(part, inner) : `${inner}${part.name} = ${printValue(part.value)}\n`,
  );
  return body.length === 0 ? `${indent}${head} {}\n` : `${indent}${head} {\n${lines.join('')}${indent}}\n`;
}

function printValue(value: HclValue): string {
  if (typeof value === 'string') return reference(value) ?? quoted(value);
  if (typeof value !== 'object') return String(value);
  if ('expression' in value) return value.expression;
  if ('pairs' in value) {
    const entries = Object.entries(value.pairs).map(([key, each]) => `${quoted(key)} = ${printValue(each)}`);
    return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
  }
  return `[${value.map(printValue).join(', ')}]`;
}

/** What a text `${a.b.c}` refers to: the reader has references as such text, and here they become references again. */
function reference(text: string): string | undefined {
  return /^\$\{([A-Za-z_][\w-]*(?:\.[\w-]+|\[(?:\d+|\*)\])+)\}$/.exec(text)?.[1];
}

/** A string literal; templates within it stay templates. */
function quoted(text: string): string {
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t');
  return `"${escaped}"`;
}
