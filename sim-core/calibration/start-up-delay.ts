import type { Calibrated, CalibratedNumber } from './contract.ts';
import { notCalibrated } from './contract.ts';
import { medianInterval, quantileOfSorted } from './robust-line.ts';

/** How long new replicas took, from asked for to ready. */
export interface StartUpDelay {
  /** s */
  readonly median: CalibratedNumber;
  /** s: 95 of 100 took no longer; no sharper than the spacing of the readings */
  readonly p95: number;
  /** s between readings: each delay is known to about this much */
  readonly resolution: number;
}

/**
 * Start-up delay from recorded counts: the k-th replica asked for and the k-th that became ready belong together, those
 * cancelled before they were ready left out. The interval of the median is that of order statistics.
 *
 * @param time s, of the readings, increasing
 * @param desired replicas asked for at each
 * @param ready replicas ready at each
 */
export function startUpDelay(
  time: ArrayLike<number>,
  desired: ArrayLike<number>,
  ready: ArrayLike<number>,
): Calibrated<StartUpDelay> {
  const waiting: number[] = [];
  const delays: number[] = [];
  for (let i = 1; i < time.length; i++) {
    const asked = desired[i]! - desired[i - 1]!;
    const became = ready[i]! - ready[i - 1]!;
    if (Number.isNaN(asked) || Number.isNaN(became)) continue;
    for (let k = 0; k < asked; k++) waiting.push(time[i]!);
    for (let k = 0; k < became && waiting.length > 0; k++) delays.push(time[i]! - waiting.shift()!);
    // A smaller wish cancels the newest that are still on their way.
    const onTheirWay = Math.max(0, desired[i]! - ready[i]!);
    while (waiting.length > onTheirWay) waiting.pop();
  }
  if (delays.length < 5) {
    return notCalibrated(
      'calibration-too-little',
      `Only ${delays.length} new replicas can be followed from asked for to ready; it takes 5. Record both desired and ready replicas over some scale-ups.`,
    );
  }
  const sorted = Float64Array.from(delays).sort();
  const spacings = Array.from({ length: time.length - 1 }, (_, i) => time[i + 1]! - time[i]!);
  return {
    found: {
      median: {
        value: quantileOfSorted(sorted, 0.5),
        interval: medianInterval(sorted),
        method: 'recorded changes of desired and ready replicas, matched in order',
        points: sorted.length,
      },
      p95: quantileOfSorted(sorted, 0.95),
      resolution: quantileOfSorted(Float64Array.from(spacings).sort(), 0.5),
    },
    issues: [],
  };
}
