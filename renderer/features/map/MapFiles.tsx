import { gridCells, mapCsv, mapSvg, realityStatusOf, withPoliciesOf } from '../../../sim-core/index.ts';
import type { FinishedMap, Scenario } from '../../../sim-core/index.ts';
import type { PolicyMap } from '../../stores/maps.ts';
import { useRuns, useSession } from '../app/session-context.ts';
import { useTheme } from '../app/use-theme.ts';
import type { Metric } from '../compare/metrics.ts';
import { fileKinds, fileStem, saveFile } from '../export/save-file.ts';
import { printValue, type MapField } from './axis.ts';

interface MapFilesProps {
  readonly map: PolicyMap;
  readonly fields: readonly [x: MapField, y: MapField];
  readonly metric: Metric;
  readonly scenario: Scenario;
}

/** Takes the map out, as a table and as a picture. */
export function MapFiles({ map, fields: [xField, yField], metric, scenario }: MapFilesProps) {
  const session = useSession();
  const theme = useTheme();
  const loaded = useRuns(({ shown }) => shown?.scenario);
  const { grid, replications, engine, currency } = map;
  const finished = (): FinishedMap => ({
    scenario: scenario.name,
    grid,
    metric: metric.key,
    replications,
    engine,
    currency,
    cells: gridCells(grid, { policies: map.cells }, metric.key),
    reality: realityStatusOf(loaded ? withPoliciesOf(loaded, scenario) : scenario),
  });
  const picture = (): string =>
    mapSvg(finished(), {
      width: 900,
      height: 640,
      theme,
      words: {
        metric: metric.title,
        x: { title: xField.field.label, labels: grid.x.values.map((value) => printValue(xField, value)) },
        y: { title: yField.field.label, labels: grid.y.values.map((value) => printValue(yField, value)) },
        print: (value) => metric.print(value),
      },
    });
  const stem = fileStem(`${scenario.name} ${grid.policy} map`);
  const partly = map.complete ? '' : 'It holds the cells finished so far.';
  return (
    <div className="map-files" role="group" aria-label="Save the map">
      <button
        type="button"
        className="button button-small"
        onClick={() => void saveFile(session, `${stem}.csv`, fileKinds.csv, mapCsv(finished()), partly)}
      >
        Save as CSV
      </button>
      <button
        type="button"
        className="button button-small"
        onClick={() => void saveFile(session, `${stem}.svg`, fileKinds.svg, picture(), partly)}
      >
        as SVG
      </button>
    </div>
  );
}
