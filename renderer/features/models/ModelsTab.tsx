import { useMemo } from 'react';
import { formatNumber, formatSeconds, formatShare, rowVerdicts } from '../../../sim-core/index.ts';
import type { BesideName, ModelError } from '../../../sim-core/index.ts';
import { ModelChart } from '../../charts/ModelChart.tsx';
import { ScatterChart } from '../../charts/ScatterChart.tsx';
import { usePreferences, useRuns, useSession, useView } from '../app/session-context.ts';
import { useTheme } from '../app/use-theme.ts';
import { PolicyChips } from '../app/PolicyChips.tsx';
import { Prose } from '../app/Prose.tsx';
import { watchedPolicy } from '../decisions/step.ts';
import type { ShownResult } from '../../stores/runs.ts';
import { brokenStretches, shadeOf, theoryOf, verdictWords } from './theory.ts';
import './models.css';

/** Colours of the models, those of candidates, apart from the ink of the simulation; and names for the table, which is narrow. */
const looks: Readonly<Record<BesideName, { readonly slot: number; readonly short: string }>> = {
  mmc: { slot: 2, short: 'M/M/c' },
  mgc: { slot: 1, short: 'M/G/c' },
  gigc: { slot: 3, short: 'GI/G/c' },
  mol: { slot: 4, short: 'modified' },
  each: { slot: 5, short: 'by replica' },
  erlangA: { slot: 7, short: 'Erlang A' },
  fixedPatience: { slot: 6, short: 'M/M/c+D' },
  psPool: { slot: 1, short: 'PS, pool' },
  psEach: { slot: 2, short: 'PS, replica' },
};

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
    const doubt = theory.verdicts.map((verdict) => verdict !== 'steady' && shadeOf(verdict) === 'doubt');
    const models = (Object.entries(theory.models) as [BesideName, ModelError][]).map(([key, error]) => ({
      key,
      ...looks[key],
      error,
    }));
    return {
      models,
      predictions: models.map(({ slot, short, error }) => ({ name: short, slot, values: error.predicted })),
      broken: brokenStretches(theory, run.columns.time, run.recordingInterval),
      dots: models.map(({ slot, short, error }) => ({
        name: short,
        slot,
        x: error.predicted,
        y: theory.simulated,
        doubt,
      })),
    };
  }, [run, theory]);
  if (!run || !theory || !drawn) return null;
  const extent = [0, shown.scenario.horizon] as const;
  const rows = theory.verdicts.length;
  const [what, where] =
    theory.measure === 'wait' ? ['wait', 'Mean wait before service'] : ['sojourn', 'Mean time of a request'];
  return (
    <div className="models">
      <div className="decisions-bar">
        <PolicyChips current={policy} />
        <span className="spacer" />
        <span className="quiet">{where}, replication 1</span>
      </div>
      <div className="models-body">
        <div className="models-chart">
          <ModelChart
            name={`Mean ${what}`}
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
            xLabel={`Predicted ${what}`}
            yLabel={`Simulated ${what}`}
            quantity="seconds"
            theme={theme}
            scale="log"
            onDot={(_series, row) => {
              const time = run.columns.time[row];
              if (time !== undefined) view.setPinned(time);
            }}
          />
        </div>
        <div className="models-words" tabIndex={0} role="group" aria-label="Errors of the models">
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
                <th scope="col" title="Mean error ÷ mean of the simulation">
                  Rel.
                </th>
                <th scope="col" title="Share of the scored rows in which all its assumptions hold">
                  Holds
                </th>
              </tr>
            </thead>
            <tbody>
              {drawn.models.map(({ key, slot, short, error }) => (
                <tr key={key} data-best={theory.trusted === key || undefined}>
                  <th scope="row" title={error.title}>
                    <span className="swatch" style={{ background: `var(--policy-${slot})` }} /> {short}
                  </th>
                  <td>{formatSeconds(error.meanAbsoluteError)}</td>
                  <td>{formatSeconds(error.rootMeanSquareError)}</td>
                  <td>
                    {error.bias > 0 ? '+' : ''}
                    {formatSeconds(error.bias)}
                  </td>
                  <td>{formatShare(error.relativeError)}</td>
                  <td>{formatShare(error.heldRows / error.scoredRows)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <ul className="quiet">
            {rowVerdicts
              .filter((verdict) => theory.counts[verdict] > 0)
              .map((verdict) => (
                <li key={verdict}>
                  {verdict !== 'steady' && <i className={`verdict-shade ${shadeOf(verdict)}`} />}
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
