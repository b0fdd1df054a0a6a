import { z } from 'zod';
import type { Issue } from '../../issue.ts';
import { traceKey, traceMappingShape } from '../../trace/mapping.ts';
import { duration, instant } from '../../units/schema.ts';
import { eitherQuantity } from '../either-quantity.ts';
import { defineProfile } from '../profile.ts';
import { checkReplay, replayRate } from '../replay.ts';

/** s from the trace's first instant, or an instant of its own clock. */
const moment = eitherQuantity((text) => /^\d{4}-/.test(text), {
  yes: instant().transform((epoch) => ({ epoch })),
  no: duration().transform((after) => ({ after })),
});

export const traceConfig = z
  .strictObject({
    ...traceMappingShape,
    from: moment.optional().describe('First instant replayed: an offset (`6h`) or a date. It becomes t = 0.'),
    to: moment.optional().describe('End of the part replayed: an offset or a date.'),
    loop: z.boolean().default(false).describe('Start again at the end. Otherwise no requests come after it.'),
    fill: z
      .enum(['leave', 'zero', 'hold', 'interpolate', 'seasonal'])
      .default('leave')
      .describe(
        'What a gap becomes: nothing, with a warning (leave), nothing on purpose (zero), the last value (hold), a line across (interpolate), or the mean of the same time on the days around it (seasonal; a line where no day has it).',
      ),
    interpolation: z
      .enum(['constant', 'linear'])
      .default('constant')
      .describe('Between the values: each held for its bucket, or straight lines between the middles of the buckets.'),
  })
  .describe('Recorded traffic: a CSV file or a Prometheus query_range response.');

export type TraceProfile = z.output<typeof traceConfig>;

/** `trace: {file: traces/checkout.csv, column: rps, time: timestamp, from: 2026-11-21, to: 2026-11-22}` */
export const trace = defineProfile({
  config: traceConfig,
  role: 'term',
  compile: (config, { horizon, traces }) => {
    const series = traces.get(traceKey(config));
    if (series === undefined) throw new Error(`The trace ${config.file} was not loaded.`);
    return replayRate(series, config, horizon);
  },
  check: (config, { horizon, traces }): Issue[] => {
    const series = traces.get(traceKey(config));
    // A trace that could not be read has been reported by the importer.
    return series === undefined ? [] : checkReplay(series, config, horizon);
  },
  pieces: (config, { horizon, traces }) => {
    const series = traces.get(traceKey(config));
    const length = series?.time.at(-1) ?? 0;
    return series === undefined || length === 0
      ? 1
      : series.time.length * (config.loop ? Math.ceil(horizon / length) : 1) * 2;
  },
});
