import type { Issue } from '../issue.ts';
import { createDistribution } from '../random/registry.ts';
import type { DistributionConfig } from '../random/registry.ts';
import { log } from '../units/math.ts';
import { estimators } from './estimators.ts';
import type { FittedFamily } from './estimators.ts';
import { goodnessOf } from './goodness.ts';
import type { Goodness } from './goodness.ts';
import { prepareSample } from './sample.ts';
import type { Sample } from './sample.ts';

/** The most likely member of one family, and how well it fits. */
export interface Fit extends Goodness {
  readonly family: FittedFamily;
  readonly config: DistributionConfig;
  readonly logLikelihood: number;
  readonly parameters: number;
  /** Akaike's criterion, 2 · parameters − 2 · log likelihood: less is better */
  readonly aic: number;
  /** Schwarz's, which charges more for parameters the more values there are */
  readonly bic: number;
}

export interface FitResult {
  /** absent when there is an issue of severity error */
  readonly sample?: Sample;
  /** best first, by AIC */
  readonly fits: readonly Fit[];
  readonly excluded: readonly { readonly family: FittedFamily; readonly reason: string }[];
  readonly issues: readonly Issue[];
}

/**
 * Fits every family to measured durations by maximum likelihood. Beyond 10,000 values neighbours are grouped; what that
 * changes is far below what chance does.
 *
 * @param values s, in any order
 */
export function fitDistributions(values: Float64Array): FitResult {
  const { sample, issues } = prepareSample(values);
  if (sample === undefined) return { fits: [], excluded: [], issues };
  const fits: Fit[] = [];
  const excluded: { family: FittedFamily; reason: string }[] = [];
  for (const [name, estimate] of Object.entries(estimators)) {
    const family = name as FittedFamily;
    const found = estimate(sample);
    if ('reason' in found) {
      excluded.push({ family, reason: found.reason });
      continue;
    }
    const { config, logLikelihood, parameters } = found;
    const distribution = createDistribution(config);
    fits.push({
      family,
      config,
      logLikelihood,
      parameters,
      aic: 2 * parameters - 2 * logLikelihood,
      bic: parameters * log(sample.count) - 2 * logLikelihood,
      ...goodnessOf(sample, (x) => distribution.cdf(x)),
    });
  }
  fits.sort((a, b) => a.aic - b.aic);
  return { sample, fits, excluded, issues };
}
