import { useMemo, useState } from 'react';
import { useSize } from '../../charts/use-size.ts';
import type { ShownResult } from '../../stores/runs.ts';
import { usePreferences, useSession, useView } from '../app/session-context.ts';
import { slotColour, useColours } from '../app/use-colours.ts';
import { parallelAxes } from './parallel-axes.ts';
import { shownGroups } from './shown-groups.ts';

const [top, bottom, side] = [38, 22, 64];

/** Every policy a line across the metrics, better always higher: trade-offs are where lines cross. */
export function ParallelCoordinates({ shown }: { shown: ShownResult }) {
  const { view } = useSession();
  const colours = useColours();
  const hidden = useView((state) => state.hidden);
  const selected = useView((state) => state.policy);
  const open = usePreferences((state) => state.metricGroups);
  const [root, size] = useSize<HTMLDivElement>();
  const [pointed, setPointed] = useState<string | null>(null);
  const { currency } = shown.scenario.cost;
  const policies = useMemo(
    () => shown.comparison.policies.filter(({ policy }) => !hidden.has(policy)),
    [shown.comparison, hidden],
  );
  const axes = useMemo(
    () =>
      parallelAxes(
        policies,
        shownGroups(currency, open).flatMap(({ metrics }) => metrics),
      ),
    [policies, currency, open],
  );
  const width = Math.max(size.width, axes.length * 104);
  const height = Math.max(120, size.height - 34);
  const x = (index: number): number =>
    axes.length < 2 ? width / 2 : side + (index * (width - 2 * side)) / (axes.length - 1);
  const y = (place: number): number => top + (1 - place) * (height - top - bottom);
  const strong = pointed ?? selected;
  return (
    <div ref={root} className="parallel">
      <div className="chips" role="radiogroup" aria-label="Policy">
        {policies.map(({ policy }) => (
          <button
            key={policy}
            type="button"
            role="radio"
            className="chip"
            aria-checked={policy === selected}
            onClick={() => view.setPolicy(policy === selected ? null : policy)}
            onPointerEnter={() => setPointed(policy)}
            onPointerLeave={() => setPointed(null)}
            onFocus={() => setPointed(policy)}
            onBlur={() => setPointed(null)}
          >
            <span className="swatch" style={{ background: slotColour(colours.get(policy)) }} />
            {policy}
          </button>
        ))}
      </div>
      {size.width > 0 && (
        <svg
          width={width}
          height={height}
          role="img"
          aria-label={`${policies.length} policies across ${axes.map(({ metric }) => metric.title).join(', ')}; the table has the numbers`}
        >
          {axes.map(({ metric, best, worst }, index) => (
            <g key={metric.key} transform={`translate(${x(index)} 0)`}>
              <line className="parallel-axis" y1={y(1)} y2={y(0)} />
              <text className="parallel-title" y={14}>
                <title>{metric.help}</title>
                {metric.title}
              </text>
              <text y={30}>{metric.print(best)}</text>
              <text y={height - 6}>{worst === best ? '' : metric.print(worst)}</text>
            </g>
          ))}
          {policies.map(({ policy, summary }) => {
            // A policy without a number leaves a gap in its line.
            const path = axes
              .map(({ placeOf, metric }, index) => ({ at: x(index), place: placeOf(summary[metric.key].mean) }))
              .map(({ at, place }, index, all) =>
                place === null
                  ? ''
                  : `${index > 0 && all[index - 1]!.place !== null ? 'L' : 'M'}${at.toFixed(1)} ${y(place).toFixed(1)}`,
              )
              .join('');
            return (
              <path
                key={policy}
                className="parallel-line"
                d={path}
                stroke={slotColour(colours.get(policy))}
                data-quiet={(strong !== null && strong !== policy) || undefined}
                data-strong={strong === policy || undefined}
                onPointerEnter={() => setPointed(policy)}
                onPointerLeave={() => setPointed(null)}
                onClick={() => view.setPolicy(policy === selected ? null : policy)}
              >
                <title>{policy}</title>
              </path>
            );
          })}
          {policies.flatMap(({ policy, summary }) =>
            axes.flatMap(({ metric, placeOf }, index) => {
              const { mean } = summary[metric.key];
              const place = placeOf(mean);
              if (place === null) return [];
              return [
                <g key={`${policy} ${metric.key}`} transform={`translate(${x(index)} ${y(place)})`}>
                  <circle r={strong === policy ? 4 : 3} fill={slotColour(colours.get(policy))} />
                  {strong === policy && place > 0.06 && place < 0.94 && (
                    <text className="parallel-value" x={7} y={4}>
                      {metric.print(mean)}
                    </text>
                  )}
                </g>,
              ];
            }),
          )}
        </svg>
      )}
    </div>
  );
}
