import { z } from 'zod';
import type { Issue } from '../../issue.ts';
import { gapFills } from '../../trace/fill-gaps.ts';
import { traceMappingShape } from '../../trace/mapping.ts';
import { moment } from '../moment.ts';
import { defineProfile } from '../profile.ts';
import { checkReplay, replayRate } from '../replay.ts';
import { traceSteps } from '../steps/registry.ts';
import { seriesKey } from '../steps/series-key.ts';
import { lazily } from '../../units/lazily.ts';

export const traceConfig = lazily(() =>
  z
    .strictObject({
      ...traceMappingShape(),
      steps: traceSteps.optional(),
      from: moment.optional().describe('First instant replayed: an offset (`6h`) or a date. It becomes t = 0.'),
      to: moment.optional().describe('End of the part replayed: an offset or a date.'),
      loop: z.boolean().default(false).describe('Start again at the end. Otherwise no requests come after it.'),
      fill: z
        .enum(gapFills)
        .default('leave')
        .describe(
          'What a gap becomes: nothing, with a warning (leave), nothing on purpose (zero), the last value (hold), a line across (interpolate), or the mean of the same time on the days around it (seasonal; a line where no day has it).',
        ),
      interpolation: z
        .enum(['constant', 'linear'])
        .default('constant')
        .describe(
          'Between the values: each held for its bucket, or straight lines between the middles of the buckets.',
        ),
    })
    .describe('Recorded traffic: a CSV file or a Prometheus query_range response.'),
);

export type TraceProfile = z.output<typeof traceConfig>;

/** `trace: {file: traces/checkout.csv, column: rps, time: timestamp, from: 2026-11-21, to: 2026-11-22}` */
export const trace = defineProfile({
  config: traceConfig,
  role: 'term',
  compile: (config, { horizon, traces }) => {
    const series = traces.get(seriesKey(config));
    if (series === undefined) throw new Error(`The trace ${config.file} was not loaded.`);
    return replayRate(series, config, horizon);
  },
  check: (config, { horizon, traces }): Issue[] => {
    const series = traces.get(seriesKey(config));
    // A trace that could not be read has been reported by the importer.
    return series === undefined ? [] : checkReplay(series, config, horizon);
  },
  pieces: (config, { horizon, traces }) => {
    const series = traces.get(seriesKey(config));
    const length = series?.time.at(-1) ?? 0;
    return series === undefined || length === 0
      ? 1
      : series.time.length * (config.loop ? Math.ceil(horizon / length) : 1) * 2;
  },
});
