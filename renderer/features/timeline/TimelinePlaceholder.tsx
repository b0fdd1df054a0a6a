import { Prose } from '../app/Prose.tsx';
import { remainingMilliseconds } from '../../stores/runs.ts';
import { printRemaining } from '../app/remaining.ts';
import { useDocuments, useRuns, useSession } from '../app/session-context.ts';

/** What stands in the lanes' place until there is a result. */
export function TimelinePlaceholder() {
  const session = useSession();
  const activity = useRuns((state) => state.activity);
  const failure = useRuns((state) => state.failure);
  const issues = useDocuments(({ parsed }) => parsed.issues);
  const errors = issues.filter(({ severity }) => severity === 'error');
  const trouble = errors.length > 0 ? errors : (failure?.issues ?? []);

  if (activity) {
    return (
      <div className="centre-lanes placeholder" aria-busy="true">
        <p>{activity.phase === 'loading' ? 'Reading the scenario…' : 'Running the first replication…'}</p>
        <div className="progress-track">
          <div style={{ transform: `scaleX(${activity.fraction})` }} />
        </div>
        <p className="quiet">{printRemaining(remainingMilliseconds(activity))}</p>
      </div>
    );
  }
  if (trouble.length > 0 || failure) {
    return (
      <div className="centre-lanes placeholder">
        <p>This scenario cannot run yet.</p>
        <ul>
          {trouble.slice(0, 4).map(({ message, file, line, path }) => (
            <li key={`${path.join('.')} ${message}`}>
              {line !== undefined && (
                <span className="quiet">{file === undefined ? `Line ${line}` : `${file}:${line}`}: </span>
              )}
              <Prose text={message} />
            </li>
          ))}
          {trouble.length === 0 && failure && <li>{failure.message}</li>}
        </ul>
        <button
          type="button"
          className="button"
          onClick={() => {
            session.view.prefer({ inspectorOpen: true });
            session.view.setInspectorTab('yaml');
          }}
        >
          Show the YAML
        </button>
      </div>
    );
  }
  return (
    <div className="centre-lanes placeholder">
      <p>Nothing has run yet.</p>
      <button type="button" className="button button-primary" onClick={session.run}>
        Run
      </button>
    </div>
  );
}
