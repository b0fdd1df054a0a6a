import { z } from 'zod';
import { cpuPattern, parseCpu, suggestCpu } from './cpu.ts';
import { durationPattern, parseDuration, suggestDuration } from './duration.ts';
import { fractionPattern, parseFraction, printFraction } from './fraction.ts';
import { instantPattern, lacksZone, parseInstant, printInstant } from './instant.ts';
import { memoryPattern, parseMemory, suggestMemory } from './memory.ts';
import { parseRate, ratePattern, suggestRate } from './rate.ts';

/**
 * Builders of zod types for quantities: in comes what people write (text or a bare number), out comes a number in the
 * unit used inside. Messages say what was given, what is accepted, and what was probably meant. Each issue carries
 * `params.code`: `bad-unit` for what cannot be read, `out-of-range` for what can be read but not used.
 */

interface Quantity {
  /** with its article: `a duration` */
  readonly name: string;
  readonly parse: (text: string) => number | undefined;
  /** what a bare number means inside */
  readonly fromNumber: (value: number) => number;
  readonly bareNumber: string;
  readonly pattern: string;
  readonly examples: readonly string[];
  readonly suggest: (text: string) => string | undefined;
}

const asIs = (value: number): number => value;
const noSuggestion = (): undefined => undefined;

const durationQuantity: Quantity = {
  name: 'a duration',
  parse: parseDuration,
  fromNumber: asIs,
  bareNumber: 'seconds',
  pattern: durationPattern,
  examples: ['15s', '5m', '1h30m'],
  suggest: suggestDuration,
};
const rateQuantity: Quantity = {
  name: 'a rate',
  parse: parseRate,
  fromNumber: asIs,
  bareNumber: 'per second',
  pattern: ratePattern,
  examples: ['150/s', '9000/min', '10k/s'],
  suggest: suggestRate,
};
const fractionQuantity: Quantity = {
  name: 'a share',
  parse: parseFraction,
  fromNumber: asIs,
  bareNumber: 'a share of one',
  pattern: fractionPattern,
  examples: ['70%', '0.7'],
  suggest: noSuggestion,
};
const cpuQuantity: Quantity = {
  name: 'an amount of CPU',
  parse: parseCpu,
  fromNumber: (cores) => parseCpu(String(cores)) ?? cores * 1000,
  bareNumber: 'cores',
  pattern: cpuPattern,
  examples: ['500m', '0.5', '2'],
  suggest: suggestCpu,
};
const memoryQuantity: Quantity = {
  name: 'an amount of memory',
  parse: parseMemory,
  fromNumber: asIs,
  bareNumber: 'bytes',
  pattern: memoryPattern,
  examples: ['256Mi', '1Gi', '500M'],
  suggest: suggestMemory,
};
const instantQuantity: Quantity = {
  name: 'an instant',
  parse: parseInstant,
  fromNumber: asIs,
  bareNumber: 'Unix time in seconds',
  pattern: instantPattern,
  examples: ['2026-11-27T00:00:00Z', '2026-11-27T09:30:00+01:00', '2026-11-27'],
  suggest: noSuggestion,
};

const quantities = [durationQuantity, rateQuantity, fractionQuantity, cpuQuantity, memoryQuantity, instantQuantity];

/** A length of time, s. With `positive`, zero is refused. */
export function duration(options: { positive?: boolean } = {}) {
  return quantity(
    durationQuantity,
    (value) => belowZero(value) ?? (options.positive === true ? zero(value) : undefined),
    {
      [options.positive === true ? 'exclusiveMinimum' : 'minimum']: 0,
    },
  );
}

/** A rate, 1/s, ≥ 0. */
export function rate() {
  return quantity(rateQuantity, belowZero, { minimum: 0 });
}

/** A share between 0 and `max` (1 unless told). */
export function fraction(options: { max?: number } = {}) {
  const max = options.max ?? 1;
  const check = (value: number, input: string | number): string | undefined => {
    if (value <= max) return belowZero(value);
    const percent = value <= max * 100 && !String(input).includes('%') ? `; did you mean ${value}%?` : '';
    return `is more than ${printFraction(max)}${percent}`;
  };
  return quantity(fractionQuantity, check, { minimum: 0, maximum: max });
}

/** CPU, millicores; a bare number means cores. With `positive`, zero is refused. */
export function cpu(options: { positive?: boolean } = {}) {
  return quantity(cpuQuantity, (value) => belowZero(value) ?? (options.positive === true ? zero(value) : undefined), {
    [options.positive === true ? 'exclusiveMinimum' : 'minimum']: 0,
  });
}

/** Memory, bytes, ≥ 0. */
export function memory() {
  return quantity(memoryQuantity, belowZero, { minimum: 0 });
}

/** An instant, Unix time in s, within the years 0000 to 9999. */
export function instant() {
  const check = (value: number): string | undefined => {
    if (value >= -62_167_219_200 && value < 253_402_300_800) return undefined;
    const seconds = Math.floor(value / 1000);
    const mean =
      value < 253_402_300_800_000 && value > 0 ? `; in milliseconds it would be ${printInstant(seconds)}` : '';
    return `is not a Unix time in seconds of this calendar${mean}`;
  };
  return quantity(instantQuantity, check, {});
}

function belowZero(value: number): string | undefined {
  return value < 0 ? 'is negative' : undefined;
}

function zero(value: number): string | undefined {
  return value === 0 ? 'must be more than zero' : undefined;
}

type Check = (value: number, input: string | number) => string | undefined;

/**
 * Quantities of one kind and range are read alike wherever they stand, so each is made once: a scenario has hundreds. The
 * range stands for the check, so all that a check takes from its builder has to be in it.
 */
const made = new Map<string, ReturnType<typeof makeQuantity>>();

function quantity(kind: Quantity, check: Check, range: Readonly<Record<string, number>>) {
  const key = `${kind.name} ${JSON.stringify(range)}`;
  let schema = made.get(key);
  if (schema === undefined) {
    schema = makeQuantity(kind, check, range);
    made.set(key, schema);
  }
  return schema;
}

function makeQuantity(kind: Quantity, check: Check, range: Readonly<Record<string, number>>) {
  const text = z.string().meta({ pattern: kind.pattern, examples: [...kind.examples] });
  const bare = z.number().meta({ ...range, description: `A bare number: ${kind.bareNumber}.` });
  return z
    .union([text, bare], { error: (issue) => unreadable(kind, issue.input) })
    .meta({
      description: `${upperFirst(kind.name)}: ${kind.examples.join(', ')}; a bare number means ${kind.bareNumber}.`,
    })
    .transform((input, context): number => {
      const value = typeof input === 'number' ? kind.fromNumber(input) : kind.parse(input);
      const trouble = value === undefined ? undefined : check(value, input);
      if (value !== undefined && trouble === undefined) return value;
      context.addIssue({
        code: 'custom',
        input,
        message: value === undefined ? unreadable(kind, input) : `${quote(input)} ${trouble}; ${write(kind)}`,
        params: { code: value === undefined ? 'bad-unit' : 'out-of-range' },
      });
      return z.NEVER;
    });
}

function unreadable(kind: Quantity, input: unknown): string {
  if (input === undefined) return `${kind.name} is missing; ${write(kind)}`;
  if (typeof input !== 'string') return `${quote(input)} is not ${kind.name}; ${write(kind)}`;
  if (kind.parse(input.trim().replace(/^-\s*/, '')) !== undefined) return `${quote(input)} is negative; ${write(kind)}`;
  if (kind === instantQuantity && lacksZone(input)) {
    return `${quote(input)} has no time zone; write ${input.trim()}Z for UTC, or an offset such as ${input.trim()}+01:00`;
  }
  const suggestion = kind.suggest(input);
  if (suggestion !== undefined && kind.parse(suggestion) !== undefined) {
    return `${quote(input)} is not ${kind.name}; did you mean ${suggestion}? Otherwise ${write(kind)}`;
  }
  const other = quantities.find((candidate) => candidate !== kind && candidate.parse(input) !== undefined);
  if (other !== undefined) return `${quote(input)} is ${other.name}, not ${kind.name}; ${write(kind)}`;
  return `${quote(input)} is not ${kind.name}; ${write(kind)}`;
}

function write(kind: Quantity): string {
  return `write ${kind.examples.join(', ')}`;
}

function quote(input: unknown): string {
  if (input === null) return 'null';
  if (Array.isArray(input)) return 'a list';
  if (typeof input === 'object') return 'an object';
  return typeof input === 'string'
    ? JSON.stringify(input.length > 60 ? `${input.slice(0, 57)}…` : input)
    : String(input);
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
