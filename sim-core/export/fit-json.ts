import type { Fit, FitResult } from '../fitting/fit.ts';
import { serviceTimeOf } from '../fitting/service-time.ts';
import { createDistribution } from '../random/registry.ts';
import { jsonValue } from './json-value.ts';
import type { JsonValue } from './json-value.ts';
import { issueJson } from './validation-json.ts';

export interface FitReport extends FitResult {
  readonly file: string;
  readonly column: string;
  readonly unit: string;
}

/** `headroom/fit/v1`: the families fitted to measured durations, best first. */
export function fitJson({ file, column, unit, sample, fits, excluded, issues }: FitReport): JsonValue {
  return jsonValue({
    schema: 'headroom/fit/v1',
    file,
    column,
    unit,
    values:
      sample === undefined
        ? null
        : { count: sample.count, zeros: sample.zeros, mean: sample.mean, grouped: sample.grouped },
    fits: fits.map((fit: Fit) => {
      const { mean, variance } = createDistribution(fit.config);
      return {
        family: fit.family,
        serviceTime: sample === undefined ? null : serviceTimeOf(fit, sample),
        mean,
        scv: variance / (mean * mean),
        parameters: fit.parameters,
        logLikelihood: fit.logLikelihood,
        aic: fit.aic,
        bic: fit.bic,
        kolmogorovSmirnov: fit.kolmogorovSmirnov,
        andersonDarling: fit.andersonDarling,
      };
    }),
    excluded,
    issues: issues.map(issueJson),
  });
}
