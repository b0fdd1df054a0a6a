import { z } from 'zod';
import { duration } from '../units/schema.ts';

const column = z.union([z.string(), z.int().min(1)]);

/** How the demand column counts. */
export const traceUnits = ['requests/s', 'requests/min', 'requests per bucket'] as const;
export type TraceUnit = (typeof traceUnits)[number];

/** The keys that say how a file is to be read. All but `file` may be left out where the file speaks for itself. */
export const traceMappingShape = {
  file: z.string().min(1).describe('Path of the trace, relative to the scenario.'),
  column: column.optional().describe('The demand: a column by name or by position, counted from 1.'),
  time: column.optional().describe('The time column, by name or by position.'),
  unit: z.enum(traceUnits).optional().describe('What the demand column counts. Default: by its name.'),
  kind: z
    .enum(['rate', 'timestamps'])
    .optional()
    .describe('`timestamps`: one row is one request. Default: `rate`, unless there is nothing but times.'),
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
  series: z
    .record(z.string(), z.string())
    .optional()
    .describe('Prometheus: the labels of the one series meant, where the response holds several.'),
};

/** How a file is to be read, as parsed. */
export type TraceMapping = z.output<z.ZodObject<typeof traceMappingShape>> & {
  /** Set when somebody has already said, or is about to be asked, what gaps become: then they are no news. */
  readonly fill?: string;
};

/**
 * Identity of an imported series: two profiles that read the same file the same way share one import.
 * Keys that only concern the replay (fill, loop …) are left out.
 */
export function traceKey(mapping: TraceMapping): string {
  const { file, column: demand, time, unit, kind, bucket, duration: took, series } = mapping;
  const labels = series === undefined ? null : Object.entries(series).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return JSON.stringify([file, demand, time, unit, kind, bucket, took, labels]);
}
