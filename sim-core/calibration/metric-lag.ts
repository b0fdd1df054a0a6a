import { expm1 } from '../units/math.ts';
import type { Calibrated, CalibratedNumber } from './contract.ts';
import { notCalibrated } from './contract.ts';
import { correlationAt } from './cross-correlation.ts';

/** Correlation below which a best lag says nothing. */
const leastCorrelation = 0.3;

/**
 * How late a metric shows the demand: the shift at which the two go together best. The interval holds the lags whose
 * correlation does not differ from the best by more than chance may (Fisher's z).
 *
 * @param demand and metric at the same instants, `spacing` s apart; NaN where there is none
 * @param mostLag s
 */
export function metricLag(
  demand: ArrayLike<number>,
  metric: ArrayLike<number>,
  spacing: number,
  mostLag: number,
): Calibrated<CalibratedNumber> {
  const steps = Math.min(Math.floor(mostLag / spacing), Math.floor(demand.length / 3));
  const correlations = Array.from({ length: steps + 1 }, (_, lag) => correlationAt(demand, metric, lag));
  const best = correlations.reduce((found, value, lag) => (value > correlations[found]! ? lag : found), 0);
  const points = demand.length - best;
  if (points < 12 || Number.isNaN(correlations[best]!)) {
    return notCalibrated(
      'calibration-too-little',
      'A lag takes 12 or more readings of demand and metric at the same instants, and both have to change.',
    );
  }
  if (correlations[best]! < leastCorrelation) {
    return notCalibrated(
      'calibration-no-relation',
      `The metric does not follow the demand at any lag (correlation ${correlations[best]!.toFixed(2)} at best).`,
    );
  }
  // tanh(atanh(r) − b) = (r − t) ÷ (1 − r t) with t = tanh(b) and b = 1.96 √(2 ÷ (n − 3)).
  const doubled = expm1(2 * 1.96 * Math.sqrt(2 / (points - 3)));
  const t = doubled / (doubled + 2);
  const r = Math.min(correlations[best]!, 1 - 1e-12);
  const limit = (r - t) / (1 - r * t);
  let low = best;
  let high = best;
  while (low > 0 && correlations[low - 1]! >= limit) low--;
  while (high < steps && correlations[high + 1]! >= limit) high++;
  return {
    found: {
      value: best * spacing,
      interval: [Math.max(0, (low - 0.5) * spacing), (high + 0.5) * spacing],
      method: 'cross-correlation of demand and metric',
      points,
    },
    issues: [],
  };
}
