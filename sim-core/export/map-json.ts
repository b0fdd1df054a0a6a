import type { GridCell, PolicyGrid } from '../experiment/policy-grid.ts';
import type { RunSummary } from '../experiment/result.ts';
import type { RealityStatus } from '../scenario/reality-status.ts';
import { jsonValue } from './json-value.ts';
import type { JsonValue } from './json-value.ts';

/** `headroom/map/v1`: one number of a policy over two of its settings, and where it is stable. */
export function mapJson(
  scenario: string,
  { policy, x, y }: PolicyGrid,
  metric: keyof RunSummary,
  replications: number,
  engine: 'exact' | 'fluid',
  cells: readonly (readonly (GridCell | null)[])[],
  reality: RealityStatus | null,
): JsonValue {
  const axis = ({ path, values }: PolicyGrid['x']) => ({ path: path.join('.'), values });
  return jsonValue({
    schema: 'headroom/map/v1',
    scenario,
    policy,
    metric,
    replications,
    engine,
    x: axis(x),
    y: axis(y),
    cells: cells.flat(),
    ...(reality !== null && { reality }),
  });
}
