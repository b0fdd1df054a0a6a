import { useMemo } from 'react';
import { formatNumber, formatSeconds, formatShare } from '../../../sim-core/index.ts';
import { ModelChart } from '../../charts/ModelChart.tsx';
import { ScatterChart } from '../../charts/ScatterChart.tsx';
import { usePreferences, useRuns, useSession, useView } from '../app/session-context.ts';
import { useTheme } from '../app/use-theme.ts';
import { PolicyChips } from '../app/PolicyChips.tsx';
import { Prose } from '../app/Prose.tsx';
import { watchedPolicy } from '../decisions/step.ts';
import type { ShownResult } from '../../stores/runs.ts';
import { brokenStretches, theoryOf, verdictWords } from './theory.ts';

/** Colours of the models: those of candidates, apart from the ink of the simulation. */
const models = [
  { key: 'mmc', title: 'M/M/c', slot: 2 },
  { key: 'mgc', title: 'M/G/c', slot: 1 },
  { key: 'gigc', title: 'GI/G/c', slot: 3 },
  { key: 'mol', title: 'M/G/c, modified load', slot: 4 },
] as const;

/** For the table, which is narrow. */
const short = { mmc: 'M/M/c', mgc: 'M/G/c', gigc: 'GI/G/c', mol: 'modified' } as const;

/** Queueing theory beside the simulation: the mean wait of each row, predicted and simulated. */
export function ModelsTab() {
  const session = useSession();
  const shown = useRuns((state) => state.shown);
  useView((state) => state.policy);
  const policy = watchedPolicy(session);
  if (!shown || policy === null)
    return <p className="tab-empty">Theory is set beside the simulation with the first result.</p>;
  return <ModelsOf shown={shown} policy={policy} />;
}

function ModelsOf({ shown, policy }: { shown: ShownResult; policy: string }) {
  const { view } = useSession();
  const theme = useTheme();
  const window = useView((state) => state.window);
  const crosshair = useView((state) => state.crosshair ?? state.pinned);
  const timeMode = usePreferences((state) => state.timeMode);
  const run = shown.comparison.policies.find((result) => result.policy === policy)?.example;
  const theory = useMemo(() => (run ? theoryOf(shown, run) : null), [shown, run]);
  const drawn = useMemo(() => {
    if (!run || !theory) return null;
    const doubt = theory.verdicts.map((verdict) => verdict !== 'steady');
    return {
      predictions: models.map(({ key, title, slot }) => ({
        name: title,
        slot,
        values: theory.models[key].waitingTimeMean,
      })),
      broken: brokenStretches(theory.verdicts, run.columns.time, run.recordingInterval),
      dots: models.map(({ key, title, slot }) => ({
        name: title,
        slot,
        x: theory.models[key].waitingTimeMean,
        y: theory.simulated,
        doubt,
      })),
    };
  }, [run, theory]);
  if (!run || !theory || !drawn) return null;
  const extent = [0, shown.scenario.horizon] as const;
  const rows = theory.verdicts.length;
  return (
    <div className="models">
      <div className="decisions-bar">
        <PolicyChips current={policy} />
        <span className="spacer" />
        <span className="quiet">Mean wait before service, replication 1</span>
      </div>
      <div className="models-body">
        <div className="models-chart">
          <ModelChart
            time={run.columns.time}
            interval={run.recordingInterval}
            simulated={theory.simulated}
            predictions={drawn.predictions}
            broken={drawn.broken}
            extent={extent}
            window={window ?? extent}
            onWindow={(start, end) => view.setWindow(start <= 0 && end >= extent[1] ? null : [start, end])}
            crosshair={crosshair}
            onCrosshair={view.setCrosshair}
            startEpoch={shown.scenario.start}
            theme={theme}
            timeMode={timeMode}
          />
        </div>
        <div className="models-scatter">
          <ScatterChart
            series={drawn.dots}
            xLabel="Predicted wait"
            yLabel="Simulated wait"
            quantity="seconds"
            theme={theme}
            scale="log"
            onDot={(_series, row) => {
              const time = run.columns.time[row];
              if (time !== undefined) view.setPinned(time);
            }}
          />
        </div>
        <div className="models-words">
          <p>
            <Prose text={theory.reason} />
          </p>
          <table>
            <thead>
              <tr>
                <th scope="col">Model</th>
                <th scope="col">Error</th>
                <th scope="col" title="Root mean square error">
                  RMSE
                </th>
                <th scope="col">Bias</th>
                <th scope="col">Relative</th>
              </tr>
            </thead>
            <tbody>
              {models.map(({ key, slot }) => {
                const error = theory.models[key];
                return (
                  <tr key={key} data-best={theory.trusted === key || undefined}>
                    <th scope="row">
                      <span className="swatch" style={{ background: `var(--policy-${slot})` }} /> {short[key]}
                    </th>
                    <td>{formatSeconds(error.meanAbsoluteError)}</td>
                    <td>{formatSeconds(error.rootMeanSquareError)}</td>
                    <td>
                      {error.bias > 0 ? '+' : ''}
                      {formatSeconds(error.bias)}
                    </td>
                    <td>{formatShare(error.relativeError)}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
          <ul className="quiet">
            {(Object.keys(verdictWords) as (keyof typeof verdictWords)[])
              .filter((verdict) => theory.counts[verdict] > 0)
              .map((verdict) => (
                <li key={verdict}>
                  {formatNumber(theory.counts[verdict])} of {formatNumber(rows, 5)} rows:{' '}
                  {verdictWords[verdict].toLowerCase()}
                </li>
              ))}
          </ul>
        </div>
      </div>
    </div>
  );
}
