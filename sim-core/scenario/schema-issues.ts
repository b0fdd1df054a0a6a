import type { z } from 'zod';
import { formatPath } from '../issue.ts';
import type { Issue } from '../issue.ts';
import { nearestKey } from '../nearest-key.ts';
import { expectationAt, knownKeysAt, listed, wordsAt } from './schema-shape.ts';

type Path = readonly (string | number)[];
type ZodIssue = z.core.$ZodIssue;

/** Stands for "no message of the schema's own" while zod runs, so that such issues get their words here. */
const noMessage = '\u0000';
/** What zod itself says in schemas that run others on their own. */
const zodWording = /^(Invalid (input|option|discriminator|key)|Unrecognized key|Too (small|big))/;

/**
 * Runs a schema over data and turns everything it minds into issues, without places in a file.
 *
 * @param root what the data is, for messages about the whole of it
 */
export function validate<Schema extends z.ZodType>(
  schema: Schema,
  data: unknown,
  root = 'scenario',
): { value?: z.output<Schema>; issues: Issue[] } {
  const result = schema.safeParse(data, { reportInput: true, error: () => noMessage });
  if (result.success) return { value: result.data, issues: [] };
  const issues = result.error.issues.flatMap((issue) => describe(issue, [], { schema, data, root }));
  return { issues: withoutEchoes(issues) };
}

interface Context {
  readonly schema: z.ZodType;
  readonly data: unknown;
  readonly root: string;
}

function describe(issue: ZodIssue, prefix: Path, context: Context): Issue[] {
  const path = [...prefix, ...issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part))];
  const name = nameOf(path, context);
  const given = valueAt(context.data, path);
  const error = (code: string, message: string, at: Path = path): Issue => ({
    code,
    severity: 'error',
    message: sentence(message),
    path: at,
  });

  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(key, path, context));
  const unwritten = issue.code !== 'custom' || issue.params?.['code'] === 'bad-unit';
  if (given === undefined && path.length > 0 && unwritten) return [missingKey(path, context)];
  if (given === null && unwritten) {
    return [
      error(
        'missing-value',
        `Nothing stands after ${name}. Write ${expectationAt(context.schema, path)}, or remove the key.`,
      ),
    ];
  }
  const own = issue.message === noMessage || zodWording.test(issue.message) ? undefined : issue.message;
  if (issue.code === 'custom') {
    const code = typeof issue.params?.['code'] === 'string' ? issue.params['code'] : 'bad-value';
    return [error(code, own === undefined ? `${name} cannot be ${shown(given)} here` : named(name, own))];
  }
  if (issue.code === 'invalid_union') {
    if (own !== undefined) return [error('bad-unit', named(name, own))];
    const branch = bestBranch(issue, given);
    if (branch !== undefined) return branch.flatMap((inner) => describe(inner, path, context));
    return [wrongValue(path, given, context)];
  }
  const code = issue.code === 'too_small' || issue.code === 'too_big' ? 'out-of-range' : 'bad-value';
  if (own !== undefined) return [error(code, named(name, own))];
  switch (issue.code) {
    case 'invalid_type':
    case 'invalid_value':
      return [wrongValue(path, given, context)];
    case 'too_small':
    case 'too_big':
      return [error(code, `${name} is ${shown(given)}, but ${limit(issue)}`)];
    case 'invalid_key':
      return [
        error(
          'bad-value',
          `${name} cannot be used as a name: ${issue.issues.map((inner) => (inner.message === noMessage ? 'it is empty or too long' : inner.message)).join('; ')}`,
        ),
      ];
    case 'not_multiple_of':
      return [error('out-of-range', `${name} is ${shown(given)}, but must be a multiple of ${String(issue.divisor)}`)];
    default:
      return [error('bad-value', `${name} cannot be ${shown(given)}. Write ${expectationAt(context.schema, path)}`)];
  }
}

function nameOf(path: Path, { root }: Context): string {
  return path.length === 0 ? `The ${root}` : `\`${formatPath(path.slice(-1))}\``;
}

function unknownKey(key: string, parent: Path, context: Context): Issue {
  const known = knownKeysAt(context.schema, parent);
  const nearest = nearestKey(key, known);
  const where = parent.length === 0 ? `at the top of the ${context.root}` : `in \`${formatPath(parent)}\``;
  const hint =
    key === '<<'
      ? 'Merge keys are not read: write the keys out'
      : nearest !== undefined
        ? `Did you mean \`${nearest}\`?`
        : known.length === 0
          ? 'Remove it'
          : (oneLevelDeeper(key, parent, known, context) ?? `Known there: ${listed(known)}`);
  return {
    code: 'unknown-key',
    severity: 'error',
    message: sentence(`There is no key \`${key}\` ${where}. ${hint}`),
    path: [...parent, key],
  };
}

/** Where a key would be known that was written one level too high: inside a mapping, or in the entries of a list. */
function oneLevelDeeper(key: string, parent: Path, known: readonly string[], { schema }: Context): string | undefined {
  for (const inner of known) {
    if (knownKeysAt(schema, [...parent, inner]).includes(key)) return `It stands within \`${inner}: {${key}: …}\``;
    if (knownKeysAt(schema, [...parent, inner, 0]).includes(key)) return `It stands within \`${inner}: [{${key}: …}]\``;
  }
  return undefined;
}

function missingKey(path: Path, context: Context): Issue {
  const where = path.length === 1 ? '' : ` in \`${formatPath(path.slice(0, -1))}\``;
  const message = `\`${formatPath(path.slice(-1))}\` is missing${where}. Write ${expectationAt(context.schema, path)}.`;
  return { code: 'missing-key', severity: 'error', message, path };
}

function wrongValue(path: Path, given: unknown, context: Context): Issue {
  const name = nameOf(path, context);
  const write = expectationAt(context.schema, path);
  const nearest = typeof given === 'string' ? nearestKey(given, wordsAt(context.schema, path)) : undefined;
  const meant = nearest === undefined ? '' : `Did you mean \`${nearest}\`? `;
  const sameKind = typeof given === 'string' && /^(one of|`)/.test(write);
  return {
    code: sameKind ? 'bad-value' : 'wrong-type',
    severity: 'error',
    message: sentence(`${name} is ${shown(given)}. ${meant}Write ${write}`),
    path,
  };
}

/**
 * The member of a union a person was writing: for a mapping the one that knows most of its keys, otherwise the only one
 * that got past the type of the value. Undefined when nothing singles one out.
 */
function bestBranch(issue: z.core.$ZodIssueInvalidUnion, given: unknown): readonly ZodIssue[] | undefined {
  const fits = issue.errors.filter((branch) => !branch.some(isOfAnotherType));
  if (fits.length <= 1 || !isMapping(given)) return fits[0];
  const unknownIn = (branch: readonly ZodIssue[]): number =>
    branch.reduce(
      (sum, inner) => sum + (inner.code === 'unrecognized_keys' && inner.path.length === 0 ? inner.keys.length : 0),
      0,
    );
  const fewest = Math.min(...fits.map(unknownIn));
  if (fewest === Object.keys(given).length) {
    // Not one key is known to any member: one issue a key, against the keys of all members.
    return fits[0]?.filter((inner) => inner.code === 'unrecognized_keys' && inner.path.length === 0);
  }
  return fits.filter((branch) => unknownIn(branch) === fewest).sort((a, b) => a.length - b.length)[0];
}

/** Whether a member of a union was refused already for what kind of value it was given. */
function isOfAnotherType(issue: ZodIssue): boolean {
  if (issue.path.length > 0) return false;
  if (issue.code === 'invalid_union') return issue.errors.every((branch) => branch.some(isOfAnotherType));
  return issue.code === 'invalid_type' || issue.code === 'invalid_value';
}

/** A missing key whose misspelt form stands beside it is one trouble, not two. */
function withoutEchoes(issues: readonly Issue[]): Issue[] {
  const suggested = new Set<string>();
  for (const issue of issues) {
    const nearest = /Did you mean `([^`]+)`\?/.exec(issue.message)?.[1];
    if (issue.code === 'unknown-key' && nearest !== undefined)
      suggested.add(JSON.stringify([...issue.path.slice(0, -1), nearest]));
  }
  return issues.filter((issue) => issue.code !== 'missing-key' || !suggested.has(JSON.stringify(issue.path)));
}

function limit(issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig): string {
  const [bound, direction] = issue.code === 'too_small' ? [issue.minimum, 'least'] : [issue.maximum, 'most'];
  const [one, many] =
    issue.origin === 'string'
      ? [' character', ' characters']
      : issue.origin === 'array'
        ? [' entry', ' entries']
        : ['', ''];
  const what = Number(bound) === 1 ? one : many;
  if (what === '' && issue.inclusive === false)
    return `must be ${issue.code === 'too_small' ? 'more' : 'less'} than ${String(bound)}`;
  return what === '' ? `must be at ${direction} ${String(bound)}` : `needs at ${direction} ${String(bound)}${what}`;
}

function valueAt(data: unknown, path: Path): unknown {
  let value = data;
  for (const step of path) {
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, step)) return undefined;
    value = (value as Record<string | number, unknown>)[step];
  }
  return value;
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (isMapping(value)) return 'a mapping';
  if (typeof value === 'string')
    return value === ''
      ? 'empty text'
      : `the text ${JSON.stringify(value.length > 60 ? `${value.slice(0, 57)}…` : value)}`;
  return String(value);
}

/** Messages that begin in the middle of a sentence get the name of the key before them. */
function named(name: string, message: string): string {
  return /^["0-9a-z-]/.test(message) ? `${name}: ${message}` : message;
}

function sentence(text: string): string {
  return /[.?!…]$/.test(text) ? text : `${text}.`;
}
