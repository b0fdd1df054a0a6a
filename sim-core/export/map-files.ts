import type { GridCell, PolicyGrid } from '../experiment/policy-grid.ts';
import type { RunSummary } from '../experiment/result.ts';
import type { RealityStatus } from '../scenario/reality-status.ts';
import { heatMap } from './chart/heat-map.ts';
import type { HeatMapOptions } from './chart/heat-map.ts';
import { formatQuantity } from './chart/quantity.ts';
import { writeCsv } from './csv.ts';
import { jsonValue } from './json-value.ts';
import type { JsonValue } from './json-value.ts';
import { noteOf, withRealityColumn } from './reality-warning.ts';
import { summaryQuantities } from './summary-quantities.ts';

/** One number of a policy over two of its settings, as it goes into files. */
export interface FinishedMap {
  /** name of the scenario */
  readonly scenario: string;
  readonly grid: PolicyGrid;
  readonly metric: keyof RunSummary;
  readonly replications: number;
  readonly engine: 'exact' | 'fluid';
  readonly currency: string;
  /** row by row, from the first value of y on; null for those not run */
  readonly cells: readonly (readonly (GridCell | null)[])[];
  readonly reality: RealityStatus | null;
}

/** `headroom/map/v1`: one number of a policy over two of its settings, and where it is stable. */
export function mapJson({ scenario, grid, metric, replications, engine, cells, reality }: FinishedMap): JsonValue {
  const axis = ({ path, values }: PolicyGrid['x']) => ({ path: path.join('.'), values });
  return jsonValue({
    schema: 'headroom/map/v1',
    scenario,
    policy: grid.policy,
    metric,
    replications,
    engine,
    x: axis(grid.x),
    y: axis(grid.y),
    cells: cells.flat(),
    ...(reality !== null && { reality }),
  });
}

/** A row for each cell that was run. */
export function mapCsv({ grid: { x, y }, metric, cells, reality }: FinishedMap): string {
  const titles = [x.path.join('.'), y.path.join('.'), metric, 'halfWidth', 'stable', 'sloMet', 'stopped'];
  const rows = cells
    .flat()
    .filter((cell) => cell !== null)
    .map((cell) => [
      cell.x,
      cell.y,
      cell.estimate.mean,
      cell.estimate.halfWidth,
      cell.stable,
      cell.sloMet,
      cell.stopped,
    ]);
  return writeCsv(withRealityColumn([titles, ...rows], reality));
}

interface AxisWords {
  readonly title: string;
  /** one a value */
  readonly labels: readonly string[];
}

/** How a map is worded in a picture, where not as in the file. */
export interface MapWords {
  readonly metric: string;
  readonly x: AxisWords;
  readonly y: AxisWords;
  print(value: number): string;
}

/** The map as a picture, hatched where the policy is not stable. */
export function mapSvg(
  { scenario, grid, metric, replications, engine, currency, cells, reality }: FinishedMap,
  { words, ...size }: Pick<HeatMapOptions, 'width' | 'height' | 'theme'> & { readonly words?: MapWords },
): string {
  const axis = ({ path, values }: PolicyGrid['x']): AxisWords => ({
    title: path.join('.'),
    labels: values.map(String),
  });
  const said: MapWords = words ?? {
    metric,
    x: axis(grid.x),
    y: axis(grid.y),
    print: (value) => formatQuantity(value, summaryQuantities[metric], currency),
  };
  return heatMap({
    title: `${grid.policy}: ${said.metric}`,
    caption: `${scenario}; mean of ${replications === 1 ? 'one run' : `${replications} runs`} (${engine} engine), hatched where unstable`,
    ...noteOf(reality),
    xTitle: said.x.title,
    yTitle: said.y.title,
    xLabels: said.x.labels,
    yLabels: said.y.labels,
    cells: cells.map((row) =>
      row.map(
        (cell) => cell && { value: cell.estimate.mean, label: said.print(cell.estimate.mean), good: cell.stable },
      ),
    ),
    ...size,
  });
}
