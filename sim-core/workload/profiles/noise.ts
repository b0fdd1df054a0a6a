import { z } from 'zod';
import { normalSampler } from '../../random/ziggurat.ts';
import { lazily } from '../../units/lazily.ts';
import { exp, log } from '../../units/math.ts';
import { duration, fraction } from '../../units/schema.ts';
import { defineProfile } from '../profile.ts';
import { PieceBuilder } from '../rate-function.ts';

/** Pieces in one correlation time: the factor is constant on each. */
const piecesPerCorrelation = 4;

/**
 * Random wobble of the whole rate: `noise: {deviation: 10%, correlation: 5m}`. The sum of the other profiles is
 * multiplied by a factor with mean 1 and the given standard deviation, never negative: the exponential of a
 * first-order autoregressive process, so that the correlation of its logarithm falls to 1/e after `correlation`.
 * Every replication has its own noise, the same for all policies.
 */
export const noise = defineProfile({
  config: lazily(() =>
    z
      .strictObject({
        deviation: fraction({ max: 10 }).describe('Standard deviation as a share of the rate.'),
        correlation: duration({ positive: true }).default(300).describe('How long a deviation lasts.'),
      })
      .describe('Random deviations that come and go, as a share of the sum of the other profiles.'),
  ),
  role: 'factor',
  compile: ({ deviation, correlation }, { horizon, random }) => {
    const variance = log(1 + deviation * deviation);
    const sigma = Math.sqrt(variance);
    const keep = exp(-1 / piecesPerCorrelation);
    const renew = Math.sqrt(1 - keep * keep);
    const normal = normalSampler(random());
    const builder = new PieceBuilder();
    let state = normal.next();
    for (let k = 0; (k * correlation) / piecesPerCorrelation < horizon; k++) {
      const factor = exp(sigma * state - variance / 2);
      builder.add((k * correlation) / piecesPerCorrelation, factor, factor);
      state = keep * state + renew * normal.next();
    }
    return builder.build(horizon);
  },
  pieces: ({ correlation }, { horizon }) => (horizon / correlation) * piecesPerCorrelation,
});
