import { expect, it } from 'vitest';
import { EventListKernel } from '../../../sim-core/kernel/event-list-kernel.ts';
import { Kernel } from '../../../sim-core/kernel/kernel.ts';
import { kernelModel, listArrivals, listSampler } from '../../support/kernel-model.ts';
import { plainResult, runToEnd } from '../../support/kernel-run.ts';

/** Many more than the epoch path settles ahead at once, of 1/64 s each: sums of them are exact. */
const customers = 3000;
const need = 1 / 64;
const burst = (queueTimeout: number) =>
  kernelModel({
    arrivals: listArrivals(Float64Array.from({ length: customers }, (_, i) => 1 + i / 8192)),
    serviceTimes: listSampler([need]),
    recordingInterval: 100,
    backlogThreshold: 1500,
    queueTimeout,
  });

it('serves a burst one after the other', () => {
  const { starts, result } = runToEnd((model) => new Kernel(model), burst(Infinity));
  expect(starts).toHaveLength(customers);
  for (const [i, [arrival, start]] of starts.entries()) expect([arrival, start]).toEqual([1 + i / 8192, 1 + i * need]);
  const last = 1 + (customers - 1) / 8192;
  // When the last one comes, one in 128 of those before it has started.
  expect(result.columns.queueLengthMax[0]).toBe(customers - Math.floor((last - 1) / need) - 1);
  // Σ of the waits over the length of the row.
  const waits = ((customers * (customers - 1)) / 2) * (need - 1 / 8192);
  expect(result.columns.queueLengthMean[0]).toBeCloseTo(waits / 100, 9);
  // Customer 1512 finds 1,500 others waiting, for 12 have started by then; the start of customer 1499 leaves 1,500.
  expect(result.totals.longestBacklog).toBe(1499 * need - 1512 / 8192);
});

it.each([Infinity, 20])('keeps the books of the event list when patience is %s s, however it is sliced', (patience) => {
  const byEvents = runToEnd((model) => new EventListKernel(model), burst(patience));
  for (const slice of [Infinity, 700]) {
    const byEpochs = runToEnd((model) => new Kernel(model), burst(patience), slice);
    expect(byEpochs.starts).toEqual(byEvents.starts);
    expect(plainResult(byEpochs.result)).toEqual(plainResult(byEvents.result));
  }
});
