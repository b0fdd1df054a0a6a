import { z } from 'zod';
import { lazily } from '../units/lazily.ts';
import { duration, fraction } from '../units/schema.ts';

/** How measurements reach the autoscaler, s. */
export interface MetricsPipeline {
  readonly scrapeInterval: number;
  /** what a sample averages over */
  readonly window: number;
  /** how late a sample arrives */
  readonly delay: number;
  /** windows end at whole multiples of this; absent where they end at the newest scrape */
  readonly period?: number | undefined;
  /** whether rates are read as PromQL's `rate` reads them: scrapes within the window, extrapolated to its ends */
  readonly extrapolated?: boolean;
  /** probability that a scrape of one pod, or of the service as a whole, is lost */
  readonly missing?: number;
}

/** What a source of metrics is when nothing else is said; where each number comes from stands in docs/observation.md. */
const sources = {
  'metrics-server': { scrapeInterval: 15, window: 30, delay: 0, extrapolated: false },
  prometheus: { scrapeInterval: 15, window: 120, delay: 0, extrapolated: true },
  cloudwatch: { scrapeInterval: 15, window: 60, delay: 60, period: 60, extrapolated: false },
  knative: { scrapeInterval: 1, window: 1, delay: 0, extrapolated: false },
} as const satisfies Readonly<Record<string, MetricsPipeline>>;

type Source = keyof typeof sources;

/** `metrics` of a service: a source, and what is different from it. */
export const metricsConfig = lazily(() =>
  z
    .strictObject({
      source: z
        .enum(Object.keys(sources) as [Source, ...Source[]])
        .default('metrics-server')
        .describe('Whose metrics the autoscaler reads. Each key left out is as this source has it.'),
      scrapeInterval: duration({ positive: true }).optional().describe('15s; knative: 1s.'),
      window: duration({ positive: true })
        .optional()
        .describe('What a sample averages over: 30s; prometheus: 2m; cloudwatch: 1m; knative: 1s.'),
      delay: duration().optional().describe('How late a sample reaches the autoscaler: 0; cloudwatch: 1m.'),
      period: duration({ positive: true })
        .optional()
        .describe('Windows end at whole multiples of this, as periods of a monitoring service do; cloudwatch: 1m.'),
      missing: fraction({ max: 1 })
        .default(0)
        .describe('Probability that the scrape of one pod, or of the service as a whole, is lost.'),
    })
    .transform(({ source, ...given }) => {
      const stated = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
      return { source, ...sources[source], ...(stated as Partial<typeof given>) } as MetricsPipeline & {
        readonly source: Source;
      };
    }),
);
