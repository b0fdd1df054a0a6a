import { expect, test } from 'vitest';
import { StationaryTable } from '../../../sim-core/fluid/stationary-table.ts';

const emptyBalance = () => ({ utilisation: NaN, slope: NaN, delayProbability: NaN, variance: NaN });

/** Runs share tables, and whichever ran before in the same thread must not change a bit. */
test.each([
  [1, 0, 1],
  [2, 1, 1],
  [16, 0.25, 0],
  [128, 4, 5],
  [1400, 100, 20],
])('%d slots, scv %d of service and %d of arrivals: an answer does not depend on the questions before', (...system) => {
  const used = new StationaryTable(...system);
  for (let question = 0; question < 400; question++) {
    // To and fro, from an empty service to a line five times as long as there are slots.
    const number = ((question * 0.618_033_988_75) % 1) ** 2 * 6 * system[0];
    const [before, afresh] = [emptyBalance(), emptyBalance()];
    used.find(number, before);
    new StationaryTable(...system).find(number, afresh);
    expect(before).toEqual(afresh);
  }
});
