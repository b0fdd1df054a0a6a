import { z } from 'zod';
import { moment } from '../moment.ts';
import { defineStep } from './contract.ts';
import { joined, runOf, type Run } from './rows.ts';
import { lazily } from '../../units/lazily.ts';

/** Rows of a spliced series at most. */
const maxRows = 8_388_608;

const part = lazily(() =>
  z.strictObject({
    from: moment.optional().describe('First instant of the part: an offset (`6h`) or a date.'),
    to: moment.optional().describe('End of the part: an offset or a date.'),
  }),
);

/** `splice: [{from: 0s, to: 1d}, {from: 5d, to: 7d}]` */
export const splice = defineStep({
  config: lazily(() =>
    z
      .array(part)
      .min(1)
      .max(1000)
      .describe('Puts parts of the trace one after another; a part may come more than once. The first keeps its date.'),
  ),
  apply: (series, parts) => {
    const runs: Run[] = [];
    for (const { from, to } of parts) {
      const run = runOf(series, from, to);
      if (typeof run === 'string') return run;
      runs.push(run);
    }
    if (runs.reduce((sum, { first, last }) => sum + last - first, 0) > maxRows)
      return `The parts have more than ${maxRows} rows together. Resample to longer buckets before.`;
    return joined(series, runs, series.startEpoch + runs[0]!.from);
  },
});
