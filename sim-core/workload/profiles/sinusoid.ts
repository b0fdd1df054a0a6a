import { z } from 'zod';
import { lazily } from '../../units/lazily.ts';
import { sin } from '../../units/math.ts';
import { duration, fraction, rate } from '../../units/schema.ts';
import { eitherQuantity } from '../either-quantity.ts';
import { defineProfile } from '../profile.ts';
import { PieceBuilder } from '../rate-function.ts';

const piecesPerPeriod = 64;
const angle = (2 * Math.PI) / piecesPerPeriod;
/** tan(h/2) ÷ (h/2) for the angle h of one piece, by its power series; the next term is below 10⁻¹². */
const h = angle / 2;
const stretch = 1 + (h * h) / 3 + (2 * h * h * h * h) / 15 + (17 * h * h * h * h * h * h) / 315;

/** A rate, or with a per cent sign a share of the mean. */
const amplitude = lazily(() =>
  eitherQuantity((text) => text.endsWith('%'), {
    yes: fraction({ max: 100 }).transform((ofMean) => ({ ofMean })),
    no: rate(),
  }),
);

/**
 * λ(t) = mean + amplitude · sin(2π (t − phase) / period): `sinusoid: {mean: 150/s, amplitude: 60/s, period: 10m}`.
 *
 * Compiled to 64 straight pieces a period. Their corners lie on a sine that is larger by tan(h/2)/(h/2), h = 2π/64:
 * then every piece holds exactly the area of the true sine, so expected counts are exact, and the rate itself is off
 * by at most h²/12 = 0.081 % of the amplitude. An amplitude above the mean asks for a negative rate; as part of a sum
 * that may be made up by the rest, and what remains below zero is cut at zero.
 */
export const sinusoid = defineProfile({
  config: lazily(() =>
    z
      .strictObject({
        mean: rate().default(0).describe('Rate around which it swings.'),
        amplitude: amplitude.describe('How far it swings up and down: a rate, or a share of the mean such as 40%.'),
        period: duration({ positive: true }).describe('From one peak to the next.'),
        phase: duration().default(0).describe('When it first passes its mean on the way up.'),
      })
      .describe('A regular swing around a mean. Where it would fall below zero the rate is zero.'),
  ),
  role: 'term',
  compile: ({ mean, amplitude, period, phase }, { horizon }) => {
    const height = (typeof amplitude === 'number' ? amplitude : amplitude.ofMean * mean) * stretch;
    const builder = new PieceBuilder();
    const rateAt = (k: number): number =>
      mean + height * sin(angle * (k - piecesPerPeriod * Math.floor(k / piecesPerPeriod)));
    const timeOf = (k: number): number => phase + (k * period) / piecesPerPeriod;
    for (let k = Math.floor((-phase / period) * piecesPerPeriod); timeOf(k) < horizon; k++) {
      const start = timeOf(k);
      const end = timeOf(k + 1);
      if (end <= 0) continue;
      const [from, to] = [rateAt(k), rateAt(k + 1)];
      const at = (t: number): number => from + ((to - from) * (t - start)) / (end - start);
      builder.add(Math.max(0, start), start < 0 ? at(0) : from, end > horizon ? at(horizon) : to);
    }
    return builder.build(horizon);
  },
  pieces: ({ period }, { horizon }) => (horizon / period) * piecesPerPeriod,
});
