import { useMemo, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { gridCells, heatShade } from '../../../sim-core/index.ts';
import type { GridCell } from '../../../sim-core/index.ts';
import type { PolicyMap } from '../../stores/maps.ts';
import { setInYaml } from '../../stores/yaml-edit.ts';
import { useSession } from '../app/session-context.ts';
import { useTheme } from '../app/use-theme.ts';
import { metricsOf, type Metric } from '../compare/metrics.ts';
import { editText } from '../inspector/policy-edits.ts';
import { indexOfCurrent, printValue, type MapField } from './axis.ts';

interface HeatGridProps {
  readonly map: PolicyMap;
  readonly fields: readonly [x: MapField, y: MapField];
  /** of the policy in the file */
  readonly index: number;
  readonly metric: Metric;
  /** the scenario has changed in something else than these two settings */
  readonly stale: boolean;
}

/** The cells, shaded by a number and hatched where the policy flaps; one that is chosen goes into the scenario. */
export function HeatGrid({ map, fields, index, metric, stale }: HeatGridProps) {
  const session = useSession();
  const theme = useTheme();
  const { grid } = map;
  const [xField, yField] = fields;
  const cells = useMemo(() => gridCells(grid, { policies: map.cells }, metric.key), [grid, map.cells, metric.key]);
  const [at, setAt] = useState<readonly [column: number, row: number]>([0, 0]);
  const column = Math.min(at[0], grid.x.values.length - 1);
  const row = Math.min(at[1], grid.y.values.length - 1);
  const values = cells
    .flat()
    .flatMap((cell) => (cell && Number.isFinite(cell.estimate.mean) ? [cell.estimate.mean] : []));
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const [currentX, currentY] = [indexOfCurrent(xField, grid.x.values), indexOfCurrent(yField, grid.y.values)];

  const choose = (cell: GridCell): void => {
    const base = ['policies', index] as const;
    const done = editText(session, (text) =>
      setInYaml(setInYaml(text, [...base, ...grid.x.path], cell.x), [...base, ...grid.y.path], cell.y),
    );
    if (!done) return;
    const words = [
      `${xField.field.label} ${printValue(xField, cell.x)}`,
      `${yField.field.label} ${printValue(yField, cell.y)}`,
    ];
    session.messages.say('done', `${grid.policy} has ${words.join(' and ')} now.`, {
      label: 'Undo',
      run: () => void session.documents.undo(),
    });
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    if (!step) return;
    event.preventDefault();
    const next = [
      Math.max(0, Math.min(grid.x.values.length - 1, column + step[0]!)),
      Math.max(0, Math.min(grid.y.values.length - 1, row + step[1]!)),
    ] as const;
    setAt(next);
    event.currentTarget
      .closest('table')
      ?.querySelector<HTMLElement>(`[data-cell="${next.join(',')}"]`)
      ?.focus();
  };

  return (
    <>
      <div className="heat" data-stale={stale || undefined}>
        <table className="heat-grid">
          <caption className="visually-hidden">
            {metric.title} of {grid.policy}: {xField.field.label} across, {yField.field.label} up
          </caption>
          <tbody>
            {grid.y.values.map((_, line) => {
              const y = grid.y.values.length - 1 - line;
              return (
                <tr key={y}>
                  {line === 0 && (
                    <th className="heat-title heat-title-up" rowSpan={grid.y.values.length} aria-hidden="true">
                      <span>{yField.field.label}</span>
                    </th>
                  )}
                  <th scope="row">{printValue(yField, grid.y.values[y]!)}</th>
                  {grid.x.values.map((value, x) => {
                    const cell = cells[y]?.[x] ?? null;
                    if (!cell) return <td key={x} className="heat-open" aria-label="not run yet" />;
                    const { mean } = cell.estimate;
                    const colours = Number.isFinite(mean)
                      ? heatShade(most > least ? (mean - least) / (most - least) : 0, theme)
                      : null;
                    return (
                      <td key={x}>
                        <button
                          type="button"
                          data-cell={`${x},${y}`}
                          data-unstable={!cell.stable || undefined}
                          data-current={(x === currentX && y === currentY) || undefined}
                          tabIndex={x === column && y === row ? 0 : -1}
                          style={colours ? { backgroundColor: colours.fill, color: colours.ink } : undefined}
                          aria-label={`${xField.field.label} ${printValue(xField, value)}, ${yField.field.label} ${printValue(yField, cell.y)}: ${metric.print(mean)}, ${verdictOf(cell)}`}
                          onKeyDown={onKeyDown}
                          onClick={() => choose(cell)}
                          onFocus={() => setAt([x, y])}
                          onPointerEnter={() => setAt([x, y])}
                        >
                          <span>{metric.print(mean)}</span>
                        </button>
                      </td>
                    );
                  })}
                </tr>
              );
            })}
            <tr>
              <td colSpan={2}>{'\u00a0'}</td>
              {grid.x.values.map((value, x) => (
                <th key={x} scope="col">
                  {printValue(xField, value)}
                </th>
              ))}
            </tr>
            <tr aria-hidden="true">
              <td colSpan={2}>{'\u00a0'}</td>
              <th className="heat-title" colSpan={grid.x.values.length}>
                {xField.field.label}
              </th>
            </tr>
          </tbody>
        </table>
      </div>
      <CellCard map={map} fields={fields} at={[column, row]} metric={metric} stale={stale} range={[least, most]} />
    </>
  );
}

/** What a cell came to. */
const verdictOf = ({ stopped, stable, sloMet }: GridCell): string =>
  stopped ? 'stopped early' : `${stable ? 'stable' : 'flaps'}, SLO ${sloMet ? 'met' : 'not met'}`;

interface CellCardProps extends Pick<HeatGridProps, 'map' | 'fields' | 'metric' | 'stale'> {
  readonly at: readonly [column: number, row: number];
  readonly range: readonly [least: number, most: number];
}

/** What the cell pointed at says, and how to read the map. */
function CellCard({ map, fields: [xField, yField], at: [column, row], metric, stale, range }: CellCardProps) {
  const theme = useTheme();
  const { grid } = map;
  const cell = gridCells(grid, { policies: map.cells }, metric.key)[row]?.[column];
  const overview = metricsOf(map.currency);
  const metrics = overview.some(({ key }) => key === metric.key) ? overview : [metric, ...overview];
  return (
    <section className="heat-card" aria-label="The cell pointed at">
      {cell && (
        <>
          <p>
            <b>
              {xField.field.label} {printValue(xField, cell.x)}, {yField.field.label} {printValue(yField, cell.y)}
            </b>
          </p>
          <p className={cell.stable && cell.sloMet ? 'good' : 'wrong'}>{verdictOf(cell)}</p>
          <dl>
            {metrics.map((each) => {
              const { estimate } = gridCells(grid, { policies: map.cells }, each.key)[row]![column]!;
              return (
                <div key={each.key}>
                  <dt>{each.title}</dt>
                  <dd>
                    {each.print(estimate.mean)}
                    {Number.isFinite(estimate.halfWidth) && (
                      <span className="half-width"> ± {each.printHalfWidth(estimate.halfWidth, estimate.mean)}</span>
                    )}
                  </dd>
                </div>
              );
            })}
          </dl>
        </>
      )}
      <div className="heat-legend" aria-hidden="true">
        <span>{metric.print(range[0])}</span>
        <i
          style={{
            background: `linear-gradient(90deg, ${heatShade(0, theme).fill}, ${heatShade(1, theme).fill})`,
          }}
        />
        <span>{metric.print(range[1])}</span>
        <i className="heat-hatch" />
        <span>flaps</span>
      </div>
      <p className="quiet">
        {stale
          ? 'The scenario has changed since: draw the map again.'
          : `${map.engine === 'fluid' ? 'Fluid engine, approximate' : `Exact, ${map.replications} replications`}. Click a cell to use its values.`}
      </p>
    </section>
  );
}
