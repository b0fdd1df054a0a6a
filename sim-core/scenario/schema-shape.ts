import type { z } from 'zod';

/**
 * Looks into a zod schema from the outside: what may stand at a place. Works on what people write (the input side), so
 * that one schema gives validation, the JSON Schema and the hints in messages.
 */

type Schema = z.core.$ZodType;
/** The definitions of all kinds at once, as far as they are looked at here. */
interface Definition {
  readonly type: string;
  readonly innerType?: Schema;
  readonly getter?: () => Schema;
  readonly in?: Schema;
  readonly out?: Schema;
  readonly left?: Schema;
  readonly right?: Schema;
  readonly options?: readonly Schema[];
  readonly shape?: Readonly<Record<string, Schema>>;
  readonly element?: Schema;
  readonly items?: readonly Schema[];
  readonly valueType?: Schema;
  readonly values?: readonly unknown[];
  readonly entries?: Readonly<Record<string, unknown>>;
  readonly format?: unknown;
  readonly checks?: readonly z.core.$ZodCheck[];
}

const definitionOf = (schema: Schema): Definition => schema._zod.def as unknown as Definition;

/** The schemas that remain when wrappers (optional, default, transform …) and unions are taken apart. */
function alternatives(schema: Schema): Schema[] {
  const definition = definitionOf(schema);
  switch (definition.type) {
    case 'optional':
    case 'nullable':
    case 'nonoptional':
    case 'default':
    case 'prefault':
    case 'catch':
    case 'readonly':
      return definition.innerType === undefined ? [] : alternatives(definition.innerType);
    case 'lazy':
      return definition.getter === undefined ? [] : alternatives(definition.getter());
    case 'pipe': {
      const before = definition.in === undefined ? [] : alternatives(definition.in);
      const preprocessed = before.every((each) => definitionOf(each).type === 'transform');
      return preprocessed && definition.out !== undefined ? alternatives(definition.out) : before;
    }
    case 'union':
      return (definition.options ?? []).flatMap(alternatives);
    case 'intersection':
      return [definition.left, definition.right].flatMap((each) => (each === undefined ? [] : alternatives(each)));
    default:
      return [schema];
  }
}

/** Everything the schema allows at a path, whichever member of a union it may come from. */
export function schemasAt(root: Schema, path: readonly (string | number)[]): Schema[] {
  let reached = alternatives(root);
  for (const step of path) reached = reached.flatMap((schema) => below(schema, step));
  return reached;
}

function below(schema: Schema, step: string | number): Schema[] {
  const definition = definitionOf(schema);
  const next =
    definition.type === 'object' && typeof step === 'string' && Object.hasOwn(definition.shape ?? {}, step)
      ? definition.shape?.[step]
      : definition.type === 'array'
        ? definition.element
        : definition.type === 'tuple' && typeof step === 'number'
          ? definition.items?.[step]
          : definition.type === 'record'
            ? definition.valueType
            : undefined;
  return next === undefined ? [] : alternatives(next);
}

/** The keys an object may have at a path; empty when no object with fixed keys may stand there. */
export function knownKeysAt(root: Schema, path: readonly (string | number)[]): string[] {
  const keys = schemasAt(root, path).flatMap((schema) => Object.keys(definitionOf(schema).shape ?? {}));
  return [...new Set(keys)];
}

/** What to write at a path, in words that follow "write": `15s, 5m, 1h30m` or `one of fifo, lifo`. */
export function expectationAt(root: Schema, path: readonly (string | number)[]): string {
  const phrases = new Set<string>();
  const examples = new Set<string>();
  const words = new Set<string>();
  const reached = schemasAt(root, path);
  for (const schema of reached) {
    for (const example of examplesOf(schema)) examples.add(example);
    const definition = definitionOf(schema);
    if (definition.type === 'enum')
      for (const value of Object.values(definition.entries ?? {})) words.add(String(value));
    if (definition.type === 'literal') for (const value of definition.values ?? []) words.add(String(value));
  }
  if (examples.size > 0) phrases.add([...examples].join(', '));
  if (words.size > 0) phrases.add(words.size === 1 ? `\`${[...words].join('')}\`` : `one of ${[...words].join(', ')}`);
  for (const schema of reached) {
    const definition = definitionOf(schema);
    if (definition.type === 'number' && examples.size === 0)
      phrases.add(isWhole(schema) ? 'a whole number' : 'a number');
    if (definition.type === 'string' && examples.size === 0) phrases.add('text');
    if (definition.type === 'boolean') phrases.add('true or false');
    if (definition.type === 'array') phrases.add('a list');
    if (definition.type === 'record') phrases.add('a mapping of names');
    if (definition.type === 'object') phrases.add(`a mapping with ${listed(knownKeysAt(root, path))}`);
  }
  return [...phrases].join(', or ');
}

function isWhole(schema: Schema): boolean {
  const { format, checks = [] } = definitionOf(schema);
  return format === 'safeint' || checks.some((check) => (check._zod.def as { format?: unknown }).format === 'safeint');
}

function examplesOf(schema: Schema): string[] {
  const meta = (schema as { meta?: () => { examples?: unknown } | undefined }).meta?.();
  return Array.isArray(meta?.examples) ? meta.examples.map(String) : [];
}

/** `a`, `b`, `c`; long lists are cut. */
export function listed(words: readonly string[]): string {
  const shown = words.slice(0, 12).map((word) => `\`${word}\``);
  return words.length > shown.length ? `${shown.join(', ')} …` : shown.join(', ');
}
