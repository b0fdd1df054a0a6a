import type { Calibrated, CalibratedNumber } from './contract.ts';
import { notCalibrated } from './contract.ts';
import { robustLine } from './robust-line.ts';

/** What of the CPU a service uses comes from requests, and what is there anyway. */
export interface ServiceDemand {
  /** core-seconds a request */
  readonly perRequest: CalibratedNumber;
  /** cores that are busy without any request, of all replicas or of one, as the readings were; ≥ 0 */
  readonly idle: CalibratedNumber;
}

/**
 * Service demand by the utilisation law: busy cores = rate × demand + idle, by a robust line through the readings.
 *
 * @param rate 1/s, of each bucket
 * @param busyCores of the same buckets: CPU use in cores, or utilisation × cores
 * @see Denning and Buzen, The operational analysis of queueing network models, ACM Computing Surveys 10 (1978)
 */
export function serviceDemand(rate: ArrayLike<number>, busyCores: ArrayLike<number>): Calibrated<ServiceDemand> {
  const line = robustLine(rate, busyCores);
  if (line === undefined) {
    return notCalibrated(
      'calibration-too-little',
      'The utilisation law needs 8 or more readings of CPU and rate, at different rates.',
    );
  }
  if (!(line.slope > 0) || !(line.slopeInterval[0] > 0)) {
    return notCalibrated(
      'calibration-no-relation',
      'CPU does not rise with the rate in this recording, so no service demand can be read from it. Check that both are of the same service, and that the rate is that of its requests.',
    );
  }
  const perRequest = {
    value: line.slope,
    interval: line.slopeInterval,
    method: 'utilisation law, Theil–Sen line through CPU and rate',
    points: line.points,
  };
  const [low, high] = line.interceptInterval;
  const idle = {
    ...perRequest,
    value: Math.max(0, line.intercept),
    interval: [Math.max(0, low), Math.max(0, high)],
  } as const;
  return { found: { perRequest, idle }, issues: [] };
}
