import '@fontsource-variable/inter';
import { useMemo, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { TimeLanes } from '../../../renderer/charts/TimeLanes.tsx';
import { assignColours, lanesOf, overviewOf } from '../../../sim-core/index.ts';
import type { TimeRange } from '../../../sim-core/index.ts';
import { syntheticComparison } from '../../support/synthetic-comparison.ts';

/**
 * The lanes in a frame the size they have in the workbench, on made-up results. Parameters in the address:
 * theme, rows, policies, replications, from, to (shares of the horizon), at (share), focus, gap, empty.
 */
const query = new URLSearchParams(location.search);
const number = (name: string, otherwise: number): number => Number(query.get(name) ?? otherwise);
const theme = query.get('theme') === 'dark' ? 'dark' : 'light';
const rows = number('rows', 1440);
const interval = number('interval', 86_400 / rows);
const names = Array.from(
  { length: number('policies', 4) },
  (_, i) => ['live HPA', 'HPA 60 %, 120 s', 'target tracking', 'predictive M/G/c'][i] ?? `candidate ${i}`,
);
const comparison = syntheticComparison({
  rows,
  interval,
  policies: names,
  replications: number('replications', 1),
  ...(query.has('gap') ? { gap: [Math.floor(rows * 0.5), Math.floor(rows * 0.56)] as const } : {}),
});
const extent: TimeRange = [0, rows * interval];
const startEpoch = Date.UTC(2026, 10, 27) / 1000;

function Preview() {
  const [window, setWindow] = useState<TimeRange>([number('from', 0.5) * extent[1], number('to', 0.72) * extent[1]]);
  const [crosshair, setCrosshair] = useState<number | null>(query.has('at') ? number('at', 0) * extent[1] : null);
  const [selection, setSelection] = useState<TimeRange | null>(
    query.has('select') ? [number('select', 0.6) * extent[1], number('until', 0.65) * extent[1]] : null,
  );
  const [timeMode, setTimeMode] = useState<'clock' | 'relative'>(query.has('relative') ? 'relative' : 'clock');
  const lanes = useMemo(
    () =>
      query.has('empty')
        ? []
        : lanesOf(comparison, {
            colours: assignColours(names, names[0]!),
            focus: query.get('focus'),
            slo: { p95: 0.5 },
            cost: { perReplicaHour: 0.12, currency: 'USD' },
          }).slice(0, number('lanes', 6)),
    [],
  );
  const overview = useMemo(() => overviewOf(comparison), []);
  Object.assign(globalThis, { view: { window, crosshair, selection } });
  return (
    <TimeLanes
      {...{ lanes, extent, window, crosshair, selection, startEpoch, overview, theme, timeMode }}
      onWindow={(start, end) => setWindow([start, end])}
      onCrosshair={setCrosshair}
      onSelect={setSelection}
      onTimeMode={setTimeMode}
      onMarkClick={(policy, time) => Object.assign(globalThis, { clicked: { policy, time } })}
    />
  );
}

const root = document.getElementById('root')!;
root.style.cssText = `width:${number('width', 912)}px;height:${number('height', 590)}px;font-family:'Inter Variable',sans-serif`;
createRoot(root).render(<Preview />);
