import { z } from 'zod';

/**
 * What may stand at a place of a file, read off the JSON Schema of what people write: the hints in messages and the
 * completion in editors then come from the same source.
 */

type Path = readonly (string | number)[];

/** The keywords of JSON Schema looked at here. */
interface Shape {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Shape>>;
  readonly type?: string | readonly string[];
  readonly anyOf?: readonly Shape[];
  readonly oneOf?: readonly Shape[];
  readonly allOf?: readonly Shape[];
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly additionalProperties?: Shape | boolean;
  readonly items?: Shape;
  readonly prefixItems?: readonly Shape[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly examples?: readonly unknown[];
}

const known = new WeakMap<z.ZodType, Shape>();

function shapeOf(schema: z.ZodType): Shape {
  let shape = known.get(schema);
  if (shape === undefined) {
    shape = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Shape;
    known.set(schema, shape);
  }
  return shape;
}

/** Everything the schema allows at a path, whichever member of a union it may come from. */
function shapesAt(schema: z.ZodType, path: Path): Shape[] {
  const root = shapeOf(schema);
  let reached = alternatives(root, root);
  for (const step of path)
    reached = reached.flatMap((shape) => below(shape, step).flatMap((next) => alternatives(next, root)));
  return reached;
}

function alternatives(shape: Shape, root: Shape): Shape[] {
  if (shape.$ref !== undefined) {
    const target = shape.$ref === '#' ? root : root.$defs?.[shape.$ref.replace('#/$defs/', '')];
    return target === undefined ? [] : alternatives(target, root);
  }
  const members = [...(shape.anyOf ?? []), ...(shape.oneOf ?? []), ...(shape.allOf ?? [])];
  const own = members.length === 0 || shape.properties !== undefined ? [shape] : [];
  return [...own, ...members.flatMap((member) => alternatives(member, root))];
}

function below(shape: Shape, step: string | number): Shape[] {
  if (typeof step === 'number') return [shape.prefixItems?.[step] ?? shape.items].flatMap((item) => item ?? []);
  if (Object.hasOwn(shape.properties ?? {}, step))
    return [shape.properties?.[step]].flatMap((property) => property ?? []);
  return typeof shape.additionalProperties === 'object' ? [shape.additionalProperties] : [];
}

/** The keys a mapping may have at a path; empty when no mapping with fixed keys may stand there. */
export function knownKeysAt(schema: z.ZodType, path: Path): string[] {
  return [...new Set(shapesAt(schema, path).flatMap((shape) => Object.keys(shape.properties ?? {})))];
}

/** The fixed words allowed at a path. */
export function wordsAt(schema: z.ZodType, path: Path): string[] {
  return shapesAt(schema, path).flatMap(({ enum: words = [], const: word }) =>
    [...words, ...(word === undefined ? [] : [word])].map(String),
  );
}

const scalars = ['integer', 'number', 'string'];
const typeNames: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  integer: 'a whole number',
  number: 'a number',
  string: 'text',
};

/** What to write at a path, in words that follow "Write": `15s, 5m, 1h30m` or `one of fifo, lifo`. */
export function expectationAt(schema: z.ZodType, path: Path): string {
  const reached = shapesAt(schema, path);
  const examples = [...new Set(reached.flatMap((shape) => shape.examples ?? []).map(String))];
  const words = wordsAt(schema, path);
  const phrases = new Set<string>();
  if (examples.length > 0) phrases.add(examples.join(', '));
  if (words.length > 0) phrases.add(words.length === 1 ? `\`${words.join('')}\`` : `one of ${words.join(', ')}`);
  for (const { type = [], enum: fixed, const: word, properties } of reached) {
    for (const each of [type].flat()) {
      if (each === 'object')
        phrases.add(
          properties === undefined ? 'a mapping of names' : `a mapping with ${listed(knownKeysAt(schema, path))}`,
        );
      else if (typeNames[each] !== undefined) {
        const said = scalars.includes(each) && (examples.length > 0 || fixed !== undefined || word !== undefined);
        if (!said) phrases.add(typeNames[each]);
      }
    }
  }
  return phrases.size === 0 ? 'a value' : [...phrases].join(', or ');
}

/** `a`, `b`, `c`; long lists are cut. */
export function listed(words: readonly string[]): string {
  const shown = words.slice(0, 16).map((word) => `\`${word}\``);
  return words.length > shown.length ? `${shown.join(', ')} …` : shown.join(', ');
}
