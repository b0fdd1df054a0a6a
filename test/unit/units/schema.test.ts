import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { cpu, duration, fraction, instant, memory, rate } from '../../../sim-core/units/schema.ts';

function message(schema: z.ZodType, input: unknown): string {
  const result = schema.safeParse(input);
  return result.success
    ? `accepted as ${String(result.data)}`
    : result.error.issues.map((issue) => issue.message).join(' | ');
}

describe('quantities in a scenario file', () => {
  const schema = z.strictObject({
    horizon: duration({ positive: true }),
    drain: duration().default(30),
    rate: rate(),
    availability: fraction({ max: 1 }),
    cpu: cpu(),
    memory: memory().optional(),
    start: instant(),
  });

  it('reads what YAML yields: text, numbers, unquoted timestamps', () => {
    const input: unknown = parse(
      'horizon: 24h\nrate: 150\navailability: 99.9%\ncpu: 0.3\nstart: 2026-11-27T00:00:00Z\n',
    );
    expect(schema.parse(input)).toEqual({
      horizon: 86_400,
      drain: 30,
      rate: 150,
      availability: 0.999,
      cpu: 300,
      start: 1_795_737_600,
    });
  });

  it('reports everything at once, each with its path', () => {
    const result = schema.safeParse({
      horizon: '0s',
      rate: '5s',
      availability: 80,
      cpu: true,
      start: '2026-11-27T00:00:00',
    });
    expect(result.error?.issues.map((issue) => [issue.path.join('.'), issue.message])).toEqual([
      ['horizon', '"0s" must be more than zero; write 15s, 5m, 1h30m'],
      ['rate', '"5s" is a duration, not a rate; write 150/s, 9000/min, 10k/s'],
      ['availability', '80 is more than 100%; did you mean 80%?; write 70%, 0.7'],
      ['cpu', 'true is not an amount of CPU; write 500m, 0.5, 2'],
      [
        'start',
        '"2026-11-27T00:00:00" has no time zone; write 2026-11-27T00:00:00Z for UTC, or an offset such as 2026-11-27T00:00:00+01:00',
      ],
    ]);
  });

  it('carries a code with each issue', () => {
    const codes = (input: unknown): unknown[] =>
      duration({ positive: true })
        .safeParse(input)
        .error?.issues.map((issue) => (issue.code === 'custom' ? issue.params?.['code'] : issue.code)) ?? [];
    expect([codes('x'), codes('0s'), codes(-1)]).toEqual([['bad-unit'], ['out-of-range'], ['out-of-range']]);
  });
});

describe('messages say what was given, what is accepted, and what was probably meant', () => {
  it.each([
    [duration(), '15 sconds', '"15 sconds" is not a duration; write 15s, 5m, 1h30m'],
    [duration(), '15 seconds', '"15 seconds" is not a duration; did you mean 15s? Otherwise write 15s, 5m, 1h30m'],
    [duration(), '5/s', '"5/s" is a rate, not a duration; write 15s, 5m, 1h30m'],
    [duration(), '-5s', '"-5s" is negative; write 15s, 5m, 1h30m'],
    [duration(), -5, '-5 is negative; write 15s, 5m, 1h30m'],
    [duration(), undefined, 'a duration is missing; write 15s, 5m, 1h30m'],
    [duration(), null, 'null is not a duration; write 15s, 5m, 1h30m'],
    [duration(), { s: 5 }, 'an object is not a duration; write 15s, 5m, 1h30m'],
    [duration(), [], 'a list is not a duration; write 15s, 5m, 1h30m'],
    [duration(), Infinity, 'Infinity is not a duration; write 15s, 5m, 1h30m'],
    [duration(), NaN, 'NaN is not a duration; write 15s, 5m, 1h30m'],
    [duration(), '256Mi', '"256Mi" is an amount of memory, not a duration; write 15s, 5m, 1h30m'],
    [rate(), '150 rps', '"150 rps" is not a rate; did you mean 150/s? Otherwise write 150/s, 9000/min, 10k/s'],
    [
      rate(),
      '150 requests per minute',
      '"150 requests per minute" is not a rate; did you mean 150/min? Otherwise write 150/s, 9000/min, 10k/s',
    ],
    [rate(), '10k', '"10k" is not a rate; did you mean 10k/s? Otherwise write 150/s, 9000/min, 10k/s'],
    [fraction({ max: 1 }), '120%', '"120%" is more than 100%; write 70%, 0.7'],
    [fraction({ max: 10 }), 800, '800 is more than 1000%; did you mean 800%?; write 70%, 0.7'],
    [fraction({ max: 1 }), 5000, '5000 is more than 100%; write 70%, 0.7'],
    [cpu(), '2 cores', '"2 cores" is not an amount of CPU; did you mean 2? Otherwise write 500m, 0.5, 2'],
    [memory(), '256MB', '"256MB" is not an amount of memory; did you mean 256M? Otherwise write 256Mi, 1Gi, 500M'],
    [memory(), '512mib', '"512mib" is not an amount of memory; did you mean 512Mi? Otherwise write 256Mi, 1Gi, 500M'],
    [memory(), '500m', '"500m" is not an amount of memory; did you mean 500M? Otherwise write 256Mi, 1Gi, 500M'],
    [
      instant(),
      1_767_225_600_000,
      '1767225600000 is not a Unix time in seconds of this calendar; in milliseconds it would be 2026-01-01T00:00:00Z; write 2026-11-27T00:00:00Z, 2026-11-27T09:30:00+01:00, 2026-11-27',
    ],
  ])('%# %j', (schema, input, expected) => expect(message(schema, input)).toBe(expected));
});

describe('JSON Schema of the input', () => {
  it('offers text with pattern and examples, or a number', () => {
    const json = z.toJSONSchema(
      z.strictObject({ timeout: duration({ positive: true }).optional().describe('How long.') }),
      { io: 'input' },
    );
    expect(json).toMatchObject({
      properties: {
        timeout: {
          description: 'How long.',
          anyOf: [
            { type: 'string', examples: ['15s', '5m', '1h30m'] },
            { type: 'number', exclusiveMinimum: 0 },
          ],
        },
      },
    });
  });

  it.each([
    ['duration', duration(), ['15s', '1h30m', '1h 30m', 'PT1H30M', 'P1D', '250µs'], ['', '5/s', '15 sconds', 's']],
    ['rate', rate(), ['150/s', '9000/min', '10k/s', '150'], ['150 rps', '5s', '']],
    ['fraction', fraction({ max: 1 }), ['70%', '0.7'], ['x%', '']],
    ['cpu', cpu(), ['500m', '0.5', '2'], ['2 cores', '1k']],
    ['memory', memory(), ['256Mi', '1Gi', '500M'], ['256MB']],
    [
      'instant',
      instant(),
      ['2026-11-27', '2026-11-27T00:00:00Z', '2026-11-27T09:30:00+01:00'],
      ['yesterday', '27.11.2026'],
    ],
  ])('the pattern of %s agrees with the parser', (_, schema, good, bad) => {
    const json = z.toJSONSchema(schema, { io: 'input' });
    const text = json.anyOf?.[0];
    const pattern = new RegExp(typeof text === 'object' ? (text.pattern ?? '') : '', 'u');
    for (const example of [...good, ...(typeof text === 'object' ? (text.examples as string[]) : [])]) {
      expect([example, pattern.test(example), schema.safeParse(example).success]).toEqual([example, true, true]);
    }
    for (const example of bad) {
      expect([example, pattern.test(example), schema.safeParse(example).success]).toEqual([example, false, false]);
    }
  });
});
