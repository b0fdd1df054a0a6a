import { remainingMilliseconds, widestRelativeHalfWidth, type ShownResult } from '../../stores/runs.ts';
import { useDocuments, useRuns, useSession } from '../app/session-context.ts';
import { Prose } from '../app/Prose.tsx';
import { Hint } from '../app/Hint.tsx';
import { printRemaining } from '../app/remaining.ts';
import { useStale } from '../app/use-stale.ts';
import { PreviewNote } from './PreviewNote.tsx';

/** Where the run is, how sure the numbers are by now, and what to do when there are none. */
export function RunStatus() {
  const { runs, view } = useSession();
  const { activity, shown, failure, cancelled } = useRuns((state) => state);
  const errors = useDocuments(({ parsed }) => parsed.issues.filter(({ severity }) => severity === 'error').length);
  const stale = useStale();

  const showYaml = (): void => {
    view.prefer({ inspectorOpen: true });
    view.setInspectorTab('yaml');
  };

  if (activity) {
    const replication = activity.total === 0 ? 0 : Math.floor((activity.done / activity.total) * activity.replications);
    const remaining = printRemaining(remainingMilliseconds(activity));
    const text =
      activity.phase === 'loading'
        ? 'Reading the scenario'
        : `Exact run ${replication} of ${activity.replications} replications`;
    return (
      <div className="run-status">
        {shown?.approximate && !stale && <PreviewNote shown={shown} />}
        <span className="text" role="status">
          {text}
        </span>
        <div
          className="progress-track"
          role="progressbar"
          aria-label="Run"
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={Math.round(activity.fraction * 100)}
        >
          <div style={{ transform: `scaleX(${activity.fraction})` }} />
        </div>
        {!stale && !shown?.complete && <Precision shown={shown} />}
        {remaining !== '' && <span className="quiet remaining">{remaining}</span>}
        <Hint text="Cancel the run; what is finished stays" keyName="Esc">
          <button type="button" onClick={() => runs.cancel()} aria-label="Cancel the run">
            <kbd>Esc</kbd>
          </button>
        </Hint>
      </div>
    );
  }
  if (errors > 0) {
    return (
      <div className="run-status is-wrong" role="status">
        <button type="button" className="text" onClick={showYaml}>
          {errors === 1 ? '1 error in the scenario' : `${errors} errors in the scenario`}
          {shown ? '; the results are of its last valid state' : ''}
        </button>
      </div>
    );
  }
  if (failure) {
    return (
      <div className="run-status is-wrong" role="alert">
        <Hint text={<Prose text={failure.issues[0]?.message ?? failure.message} />}>
          <span className="text">
            <Prose text={failure.issues[0]?.message ?? failure.message} />
          </span>
        </Hint>
      </div>
    );
  }
  if (!shown) return <div className="run-status" />;
  const planned = shown.total / shown.scenario.policies.length;
  const finished = Math.floor(shown.done / shown.scenario.policies.length);
  if (shown.approximate && !stale) {
    return (
      <div className="run-status" role="status">
        <PreviewNote shown={shown} />
        <span className="text">{cancelled ? 'Exact run stopped' : 'Exact run to come'}</span>
      </div>
    );
  }
  const text = shown.complete
    ? `${shown.comparison.replications} replications`
    : cancelled
      ? `Stopped after ${finished} of ${planned} replications`
      : `${finished} of ${planned} replications`;
  return (
    <div className="run-status" role="status">
      <span className="text">{stale ? 'Results of an earlier text' : text}</span>
      {!stale && <Precision shown={shown} />}
      {!stale && <PreviewNote shown={shown} />}
    </div>
  );
}

/** The relative half-width of the p95 latency, the widest over the policies. */
function Precision({ shown }: { shown: ShownResult | null }) {
  const widest = shown ? widestRelativeHalfWidth(shown.comparison) : NaN;
  if (!Number.isFinite(widest)) return null;
  const percent = widest * 100;
  return (
    <Hint text="95 % confidence half-width of the p95 latency, the widest over the policies">
      <span className="quiet">p95 ± {percent < 10 ? percent.toFixed(1) : Math.round(percent)} %</span>
    </Hint>
  );
}
