import { z } from 'zod';
import { lazily } from '../../units/lazily.ts';
import { duration } from '../../units/schema.ts';
import { endOf } from '../replay.ts';
import { defineStep } from './contract.ts';
import { joined, runOf } from './rows.ts';

/** `shift: {later: 2h}` */
export const shift = defineStep({
  config: lazily(() =>
    z
      .union([
        z.strictObject({ later: duration().describe('What was at 06:00 comes at 08:00.') }),
        z.strictObject({ earlier: duration().describe('What was at 06:00 comes at 04:00.') }),
      ])
      .describe('Moves the trace round its own length, by whole rows: what leaves at one end comes in at the other.'),
  ),
  apply: (series, config) => {
    const length = endOf(series);
    const by = ('later' in config ? config.later : -config.earlier) % length;
    if (by === 0) return series;
    const at = { after: by > 0 ? length - by : -by };
    const head = runOf(series, undefined, at);
    const tail = runOf(series, at, undefined);
    // All of it falls on one side of the seam.
    if (typeof head === 'string' || typeof tail === 'string') return series;
    return joined(series, [tail, head], series.startEpoch);
  },
});
