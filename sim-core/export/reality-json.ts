import type { ScalabilityLaw } from '../calibration/usl.ts';
import { formatPath } from '../issue.ts';
import type { RealityReport } from '../reality/check.ts';
import type { CalibrationEntry } from '../reality/measure.ts';
import type { Misfit, TriedAlternative } from '../reality/replay-search.ts';
import { jsonValue } from './json-value.ts';
import type { JsonValue } from './json-value.ts';

/** `headroom/reality-check/v1`: the score of a scenario against its recording, and what would mend it. */
export function realityJson(report: RealityReport, misfit: Misfit | null): JsonValue {
  const tried = ({ assumption, path, was, becomes, replicaError }: TriedAlternative) => ({
    assumption,
    path: formatPath(path),
    was,
    becomes,
    replicaError,
  });
  return jsonValue({
    schema: 'headroom/reality-check/v1',
    ...report,
    misfit: misfit && {
      replicaError: misfit.replicaError,
      engine: misfit.engine,
      likely: misfit.likely && tried(misfit.likely),
      tried: misfit.tried.map(tried),
    },
  });
}

/** `headroom/calibration/v1`: what was calibrated, from what to what. */
export function calibrationJson(
  scenario: string,
  entries: readonly CalibrationEntry[],
  errors: { readonly before: number; readonly after: number } | null,
): JsonValue {
  return jsonValue({
    schema: 'headroom/calibration/v1',
    scenario,
    replicaError: errors,
    values: entries.map(({ path, was, becomes, interval, method, points }) => ({
      path: formatPath(path),
      was,
      becomes,
      interval,
      method,
      points,
    })),
  });
}

/** `headroom/scalability/v1`: the universal scalability law through a load test. */
export function scalabilityJson(file: string, law: ScalabilityLaw): JsonValue {
  return jsonValue({ schema: 'headroom/scalability/v1', file, ...law });
}
