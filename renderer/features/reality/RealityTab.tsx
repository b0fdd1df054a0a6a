import { useMemo } from 'react';
import { useStore } from 'zustand';
import {
  chartSvg,
  formatDuration,
  formatNumber,
  formatPath,
  formatSeconds,
  formatShare,
  oneLine,
  realityLanes,
  withValue,
} from '../../../sim-core/index.ts';
import type { Estimate, Misfit, RealityReport } from '../../../sim-core/index.ts';
import { useSize } from '../../charts/use-size.ts';
import type { ShownResult } from '../../stores/runs.ts';
import { Prose } from '../app/Prose.tsx';
import { useDocuments, useRuns, useSession } from '../app/session-context.ts';
import { useTheme } from '../app/use-theme.ts';
import { editText } from '../inspector/policy-edits.ts';
import './reality.css';

/** The policy that was live, simulated, beside what was recorded. */
export function RealityTab() {
  const shown = useRuns((state) => state.shown);
  if (!shown) return <p className="tab-empty">The reality check begins with the first result.</p>;
  if (shown.loaded.recorded === undefined)
    return (
      <p className="tab-empty">
        <Prose text="This scenario has no recording. Name the file of what really happened under `recorded` in the YAML; `docs/reality-check.md` shows how." />
      </p>
    );
  return <RealityOf shown={shown} />;
}

const activityWords = { simulating: 'Simulating the live policy …', explaining: 'Trying other assumptions …' } as const;

function RealityOf({ shown }: { shown: ShownResult }) {
  const session = useSession();
  const { activity, shown: checked, failure } = useStore(session.reality.store);
  const text = useDocuments(({ documents, activeId }) => documents.find(({ id }) => id === activeId)?.text);
  const old = checked !== null && checked.text !== shown.text;
  return (
    <div className="reality">
      <div className="decisions-bar">
        <button
          type="button"
          className="button button-small"
          disabled={activity !== null || shown.approximate}
          onClick={() => session.checkReality()}
        >
          Check against the recording
        </button>
        {activity !== null && (
          <>
            <span role="status">{activityWords[activity.doing]}</span>
            <progress aria-label={activityWords[activity.doing]} max={1} value={activity.fraction} />
            <button type="button" className="button button-small" onClick={() => session.reality.cancel()}>
              Cancel
            </button>
          </>
        )}
        {old && <span className="quiet">The scenario was changed since this check.</span>}
      </div>
      {failure !== null && (
        <p className="wrong" role="alert">
          <Prose text={failure} />
        </p>
      )}
      {checked !== null && (
        <div className="reality-body" data-stale={old || undefined}>
          <Overlay report={checked.report} shown={shown} />
          <div className="reality-words">
            <Score report={checked.report} />
            <p>
              <button
                type="button"
                className="button button-small"
                disabled={old || text !== checked.text}
                onClick={() =>
                  editText(session, (now) =>
                    withValue(now, ['recorded', 'check'], {
                      grade: checked.report.grade,
                      replicaError: Number(checked.report.score.replicaError.mean.toPrecision(4)),
                      of: checked.report.of,
                    }),
                  )
                }
              >
                Note the grade in the scenario
              </button>
            </p>
            {checked.misfit !== null && <Suggestion misfit={checked.misfit} usable={text === checked.text} />}
          </div>
        </div>
      )}
    </div>
  );
}

/** px */
const height = 240;

function Overlay({ report, shown }: { report: RealityReport; shown: ShownResult }) {
  const theme = useTheme();
  // Drawn as wide as it is shown: a scaled picture would have letters of another size than the page.
  const [frame, { width }] = useSize<HTMLDivElement>();
  const address = useMemo(() => {
    if (width === 0) return null;
    const { time } = report.overlay;
    const end = time.at(-1)! + (time[1]! - time[0]!);
    const svg = chartSvg({
      lanes: realityLanes(report),
      window: [time[0]!, end],
      startEpoch: shown.scenario.start,
      width,
      height,
      theme,
    });
    return `data:image/svg+xml,${encodeURIComponent(svg)}`;
  }, [report, shown.scenario.start, theme, width]);
  const { score, recorded } = report;
  const words = `Recorded and simulated replicas: on average ${formatNumber(recorded.replicasMean)} and ${formatNumber(score.replicasMean.mean)}, ${formatNumber(score.replicaError.mean)} apart.`;
  return (
    <div ref={frame} className="reality-overlay">
      {address !== null && <img src={address} alt={words} width={width} height={height} />}
    </div>
  );
}

const withSpread = ({ mean, halfWidth }: Estimate, print: (value: number) => string): string =>
  Number.isFinite(halfWidth) ? `${print(mean)} ± ${print(halfWidth)}` : print(mean);

function Score({ report }: { report: RealityReport }) {
  const { score, recorded, textbook, grade, limits } = report;
  const count = (value: number): string => formatNumber(value);
  const rows: [string, string, string][] = [
    ['Replicas, mean', count(recorded.replicasMean), withSpread(score.replicasMean, count)],
    ['Replicas, most', count(recorded.peakReplicas), withSpread(score.peakReplicas, count)],
    ['Reached after', formatDuration(recorded.peakTime), withSpread(score.peakTime, formatDuration)],
    ['Mean error of the replicas', '', withSpread(score.replicaError, count)],
    ['Readings with the same count', '', withSpread(score.equalShare, formatShare)],
    ['Late by', '', withSpread(score.lag, formatSeconds)],
    ...(Number.isNaN(score.latencyError.mean)
      ? []
      : ([['Error of the latency', '', withSpread(score.latencyError, formatShare)]] as [string, string, string][])),
    ...(textbook === null
      ? []
      : ([['Textbook rule: mean error', '', count(textbook.replicaError)]] as [string, string, string][])),
  ];
  return (
    <>
      <p>
        <strong data-grade={grade}>Reality check: {grade}</strong>{' '}
        <span className="quiet">
          good up to {count(limits.good)}, fair up to {count(limits.fair)} replicas
        </span>
      </p>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{report.policy}</th>
            <th scope="col" className="number">
              Recorded
            </th>
            <th scope="col" className="number">
              Simulated
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, real, simulated]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td className="number">{real}</td>
              <td className="number">{simulated}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function Suggestion({ misfit, usable }: { misfit: Misfit; usable: boolean }) {
  const session = useSession();
  const { likely, replicaError } = misfit;
  if (likely === null) return <p>None of the assumptions tried explains the misfit by itself.</p>;
  const value = oneLine(likely.becomes);
  return (
    <>
      <p>
        Most likely: {likely.assumption}. <code>{`${formatPath(likely.path)}: ${value}`}</code> takes the error from{' '}
        {formatNumber(replicaError)} to {formatNumber(likely.replicaError)}.
      </p>
      <p>
        <button
          type="button"
          className="button button-small"
          disabled={!usable}
          onClick={() => editText(session, (now) => withValue(now, likely.path, likely.becomes))}
        >
          Apply {String(value)}
        </button>
      </p>
    </>
  );
}
