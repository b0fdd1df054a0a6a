import { exp, log } from '../units/math.ts';
import type { RateFunction } from './contract.ts';
import { combine, PieceBuilder } from './rate-function.ts';

const year = 365 * 86_400;
/** Growth within one piece at most; on it a straight line is off by less than this over eight, squared. */
const growthPerPiece = 2e-4;

/**
 * Compound growth: λ(t) · (1 + perYear)^(t / 365 days), cut into straight pieces on which the factor grows by no more
 * than 0.02 %. A rate that itself changes steeply within such a piece is off by at most a quarter of that.
 */
export function grow(rate: RateFunction, perYear: number): RateFunction {
  const exponent = log(1 + perYear) / year;
  if (exponent === 0) return rate;
  const pieces = growthPieces(perYear, rate.end);
  const builder = new PieceBuilder();
  const factorAt = (k: number): number => exp((exponent * rate.end * k) / pieces);
  for (let k = 0; k < pieces; k++) builder.add((rate.end * k) / pieces, factorAt(k), factorAt(k + 1));
  return combine(rate, builder.build(rate.end), (r, factor) => r * factor);
}

/** How many pieces the factor has. @param horizon s */
export function growthPieces(perYear: number, horizon: number): number {
  return Math.max(1, Math.ceil((log(1 + perYear) * horizon) / year / growthPerPiece));
}
