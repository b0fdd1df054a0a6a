import '@fontsource-variable/inter';
import { useMemo, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { LaneTable } from '../../../renderer/charts/LaneTable.tsx';
import { ModelChart } from '../../../renderer/charts/ModelChart.tsx';
import { ScatterChart } from '../../../renderer/charts/ScatterChart.tsx';
import { TimeLanes } from '../../../renderer/charts/TimeLanes.tsx';
import { assignColours, lanesOf, overviewOf } from '../../../sim-core/index.ts';
import type { TimeRange } from '../../../sim-core/index.ts';
import { syntheticComparison } from '../../support/synthetic-comparison.ts';

/**
 * The lanes in a frame the size they have in the workbench, on made-up results. Parameters in the address:
 * show (lanes, models, scatter, table), theme, rows, policies, replications, from, to (shares of the horizon), at (share),
 * focus, gap, empty.
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

/** Waiting times of the first policy beside two invented predictions. */
function madeUpModels() {
  const { columns, recordingInterval } = comparison.policies[0]!.example;
  const simulated = columns.waitingTimeMean;
  const simple = columns.utilisation.map((load) => 0.012 * load ** 4 + (load > 0.97 ? Infinity : 0));
  const general = simple.map((wait, i) => wait * 1.4 + 0.01 * ((i * 7919) % 11) * 0.1);
  const broken: { start: number; end: number; reason: string; meaning: 'doubt' }[] = [];
  columns.utilisation.forEach((load, i) => {
    if (load <= 0.97) return;
    const last = broken.at(-1);
    const start = columns.time[i]!;
    if (last?.end === start) last.end = start + recordingInterval;
    else
      broken.push({
        start,
        end: start + recordingInterval,
        reason: 'Unstable: more load than servers',
        meaning: 'doubt',
      });
  });
  return {
    name: 'Mean wait',
    time: columns.time,
    interval: recordingInterval,
    simulated,
    predictions: [
      { name: 'M/M/c', slot: 1, values: simple },
      { name: 'M/G/c', slot: 2, values: general },
    ],
    broken,
    pairs: [
      { name: 'M/M/c', slot: 1, x: simple, y: simulated, doubt: [...columns.utilisation].map((load) => load > 0.9) },
      { name: 'M/G/c', slot: 2, x: general, y: simulated },
    ],
  };
}

function Preview() {
  const [window, setWindow] = useState<TimeRange>([number('from', 0.5) * extent[1], number('to', 0.72) * extent[1]]);
  const [crosshair, setCrosshair] = useState<number | null>(query.has('at') ? number('at', 0) * extent[1] : null);
  const [selection, setSelection] = useState<TimeRange | null>(
    query.has('select') ? [number('select', 0.6) * extent[1], number('until', 0.65) * extent[1]] : null,
  );
  const [shown, setShown] = useState(!query.has('empty'));
  const [timeMode, setTimeMode] = useState<'clock' | 'relative'>(query.has('relative') ? 'relative' : 'clock');
  const lanes = useMemo(
    () =>
      !shown
        ? []
        : lanesOf(comparison, {
            colours: assignColours(names, names[0]!),
            focus: query.get('focus'),
            slo: { p95: 0.5 },
            cost: { perReplicaHour: 0.12, currency: 'USD' },
          }).slice(0, number('lanes', 6)),
    [shown],
  );
  const models = useMemo(() => madeUpModels(), []);
  const overview = useMemo(() => overviewOf(comparison), []);
  Object.assign(globalThis, { view: { window, crosshair, selection }, showLanes: setShown });
  const show = query.get('show');
  if (show === 'models') {
    return (
      <ModelChart
        {...models}
        {...{ extent, window, crosshair, startEpoch, theme }}
        onWindow={(start, end) => setWindow([start, end])}
        onCrosshair={setCrosshair}
      />
    );
  }
  if (show === 'scatter') {
    return (
      <ScatterChart
        series={models.pairs}
        xLabel="Predicted wait"
        yLabel="Simulated wait"
        quantity="seconds"
        scale={query.has('log') ? 'log' : 'linear'}
        theme={theme}
      />
    );
  }
  if (show === 'table') return <LaneTable lane={lanes[1]!} {...{ window, startEpoch }} />;
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
