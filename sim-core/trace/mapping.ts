import { z } from 'zod';
import { timeZoneName } from '../time-zone-name.ts';
import { lazily } from '../units/lazily.ts';
import { duration } from '../units/schema.ts';
import { seriesRoles } from './roles.ts';

const column = lazily(() => z.union([z.string(), z.int().min(1)]));

/** How the demand column counts. */
export const traceUnits = ['requests/s', 'requests/min', 'requests per bucket'] as const;
export type TraceUnit = (typeof traceUnits)[number];

/** Units a column of plain numbers can count time in. */
export const timeUnits = ['s', 'ms', 'us', 'ns'] as const;

/** What becomes of several rows of one time. */
export const duplicateRules = ['sum', 'mean', 'max', 'first', 'last'] as const;
export type DuplicateRule = (typeof duplicateRules)[number];

/** What a counter that falls has done. */
export const counterResetRules = ['restart', 'gap'] as const;

/** The keys that say how a file is to be read. All but `file` may be left out where the file speaks for itself. */
export const traceMappingShape = () => ({
  file: z.string().min(1).describe('Path of the trace, relative to the scenario. It may be compressed (gz, zst).'),
  format: z
    .string()
    .optional()
    .describe('The format by name (`csv`, `prometheus` …), where recognising it by content goes wrong.'),
  column: column
    .optional()
    .describe('The demand: a column by name or by position, counted from 1; or a series by its name.'),
  time: column.optional().describe('The time column, by name or by position.'),
  timeUnit: z
    .enum(timeUnits)
    .optional()
    .describe('What a time column of plain numbers counts. Default: judged by the size of the first.'),
  timeZone: timeZoneName
    .optional()
    .describe(
      'Whose clocks wrote the times that name no zone: `Europe/Berlin`, `UTC`, or an offset such as `+01:00`. Default: UTC, with a warning.',
    ),
  unit: z.enum(traceUnits).optional().describe('What the demand column counts. Default: by its name.'),
  kind: z
    .enum(['rate', 'timestamps'])
    .optional()
    .describe(
      '`timestamps`: one row is one request. Default: `rate`, unless there is nothing but times. For a log of requests `rate` counts them per `bucket`.',
    ),
  bucket: duration({ positive: true })
    .optional()
    .describe(
      'How long one row lasts. Default: the usual spacing of the rows, or a second when there is no time column.',
    ),
  duration: column
    .optional()
    .describe(
      'With `timestamps`: how long the request took, s. The time is then its end, and the arrival lies that much before.',
    ),
  loggedAt: z
    .enum(['start', 'end'])
    .optional()
    .describe('Whether the time of a request is its start or its end. Default: as the format has it.'),
  duplicates: z
    .enum(duplicateRules)
    .optional()
    .describe('What several rows of one time become. Default: the file is refused.'),
  sort: z.boolean().optional().describe('Put rows in order of time. Default: rows out of order are refused.'),
  badRows: z
    .enum(['refuse', 'skip'])
    .optional()
    .describe('What becomes of rows that cannot be read. Default: tables refuse the file, logs skip and count.'),
  roles: z
    .record(z.string(), z.enum([...seriesRoles, 'unused']))
    .optional()
    .describe('What columns or series are, by name, where their names do not tell: `{cpu_util: cpu}`.'),
  units: z
    .record(z.string(), z.string())
    .optional()
    .describe('Units of columns or series, by name, where their names do not tell: `{elapsed: ms}`.'),
  counters: z
    .record(z.string(), z.boolean())
    .optional()
    .describe(
      'Columns or series, by name, whose values only add up since some start (`true`; they become rates), or do not although they look so (`false`).',
    ),
  counterResets: z
    .enum(counterResetRules)
    .optional()
    .describe(
      'What a counter that falls has done: begun again from zero, so that its new value was counted since (`restart`, the default), or something nobody knows (`gap`).',
    ),
  load: z
    .enum(['open', 'closed'])
    .optional()
    .describe(
      'Whether requests came whatever the answers (`open`) or from users who waited for each answer (`closed`). Default: as the format has it.',
    ),
  series: z
    .record(z.string(), z.string())
    .optional()
    .describe('The labels of the one series meant, where the file holds several.'),
});

/** The keys of a trace that say how it is read, without its file. */
export const traceMapping = lazily(() => z.strictObject(traceMappingShape()).omit({ file: true }));

type MappingKey = keyof ReturnType<typeof traceMappingShape>;
let keys: readonly MappingKey[] | undefined;
const mappingKeys = (): readonly MappingKey[] => (keys ??= Object.keys(traceMappingShape()) as MappingKey[]);

/** Whether a setting of a trace says how its file is read. */
export const isMappingKey = (key: string): boolean =>
  key !== 'file' && (mappingKeys() as readonly string[]).includes(key);

/** How a file is to be read, as parsed. */
export type TraceMapping = z.output<z.ZodObject<ReturnType<typeof traceMappingShape>>> & {
  /** Set when somebody has already said, or is about to be asked, what gaps become: then they are no news. */
  readonly fill?: string;
};

/**
 * Identity of an imported series: two profiles that read the same file the same way share one import.
 * Keys that only concern the replay (fill, loop …) are left out.
 */
export function traceKey(mapping: TraceMapping): string {
  return JSON.stringify(mappingKeys().map((key) => sorted(mapping[key])));
}

/** Records with their keys in order. */
function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value ?? null;
  return Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}
