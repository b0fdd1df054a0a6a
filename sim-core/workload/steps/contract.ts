import type { z } from 'zod';
import type { TraceSeries } from '../../trace/contract.ts';

/** One kind of change to a recorded series. Everything it does follows from the series and its configuration. */
export interface Step<Config extends z.ZodType> {
  readonly config: Config;
  /** What becomes of the series; or, as text for a person, why it cannot be done and what would help. */
  apply(series: TraceSeries, config: z.output<Config>): TraceSeries | string;
}

/** Keeps the configuration's type, so that `apply` is typed by it. */
export function defineStep<Config extends z.ZodType>(step: Step<Config>): Step<Config> {
  return step;
}

/** Said of a log of requests by steps that change rates. */
export const needsRates = 'It changes rates, but the trace holds single requests. Put `- resample: 1m` before it.';
