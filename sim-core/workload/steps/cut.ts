import { z } from 'zod';
import { moment } from '../moment.ts';
import { defineStep } from './contract.ts';
import { joined, runOf } from './rows.ts';
import { lazily } from '../../units/lazily.ts';

/** `cut: {from: 1d, to: 8d}` */
export const cut = defineStep({
  config: lazily(() =>
    z
      .strictObject({
        from: moment.optional().describe('First instant kept: an offset (`6h`) or a date.'),
        to: moment.optional().describe('End of what is kept: an offset or a date.'),
      })
      .describe('Keeps the rows that begin between two instants.'),
  ),
  apply: (series, { from, to }) => {
    const run = runOf(series, from, to);
    return typeof run === 'string' ? run : joined(series, [run], series.startEpoch + run.from);
  },
});
