import type { Calibrated, CalibratedNumber } from './contract.ts';
import { notCalibrated } from './contract.ts';
import { median, medianInterval, quantileOfSorted } from './robust-line.ts';

/** Share of the readings, those with the least load on a replica, that count as low load. */
const lowShare = 0.25;

/**
 * Latency where hardly anything waits, which is service time: the median over the quarter of the readings with the least
 * load on a replica. Under a load that never gets low it is too long.
 *
 * @param loadPerReplica 1/s on one replica, of each reading
 * @param latency s, a mean or a quantile, of the same readings
 */
export function lowLoadLatency(
  loadPerReplica: ArrayLike<number>,
  latency: ArrayLike<number>,
): Calibrated<CalibratedNumber> {
  const readings = Array.from(loadPerReplica, (load, i) => ({ load, latency: latency[i]! })).filter(
    (each) => Number.isFinite(each.load) && each.load > 0 && each.latency > 0,
  );
  if (readings.length < 20) {
    return notCalibrated(
      'calibration-too-little',
      `There are ${readings.length} readings of load and latency; service time from the quarter with the least load takes 20.`,
    );
  }
  readings.sort((a, b) => a.load - b.load);
  const low = readings.slice(0, Math.ceil(readings.length * lowShare)).map((each) => each.latency);
  const sorted = Float64Array.from(low).sort();
  return {
    found: {
      value: quantileOfSorted(sorted, 0.5),
      interval: medianInterval(sorted),
      method: 'latency at low load, median of the quietest quarter',
      points: sorted.length,
    },
    issues: [],
  };
}

/** Latency this many times that of low load means that the service is full. */
const fullFrom = 2;

/**
 * Requests one replica works on at once, from where its throughput stops rising: the ceiling times the time each request
 * takes, by Little's law.
 *
 * @param throughputPerReplica 1/s completed by one replica, of each reading
 * @param latency s, mean, of the same readings
 * @param serviceTime s: latency at low load
 */
export function concurrencyLimit(
  throughputPerReplica: ArrayLike<number>,
  latency: ArrayLike<number>,
  serviceTime: number,
): Calibrated<CalibratedNumber> {
  const ceiling = Array.from(throughputPerReplica).filter(
    (rate, i) => Number.isFinite(rate) && latency[i]! >= fullFrom * serviceTime,
  );
  const highest = Math.max(...Array.from(throughputPerReplica).filter(Number.isFinite));
  if (ceiling.length < 5) {
    return notCalibrated(
      'calibration-too-little',
      `In ${ceiling.length} readings the latency is twice that of low load or more; the ceiling of the throughput takes 5. Record a stretch in which the service was full.`,
    );
  }
  // Where latency rises while others got more through, something else than the service was slow.
  if (median(ceiling) < 0.7 * highest) {
    return notCalibrated(
      'calibration-no-relation',
      'Latency is high where throughput is not: what made requests slow there was not a full service. No limit can be read from that.',
    );
  }
  const sorted = Float64Array.from(ceiling).sort();
  const [low, high] = medianInterval(sorted);
  return {
    found: {
      value: quantileOfSorted(sorted, 0.5) * serviceTime,
      interval: [low * serviceTime, high * serviceTime],
      method: 'throughput ceiling of one replica times service time (Little’s law)',
      points: sorted.length,
    },
    issues: [],
  };
}
