import { Prose } from '../app/Prose.tsx';
import { useRuns, useSession } from '../app/session-context.ts';
import './reality.css';

/**
 * Beside every result of a scenario that is not known to be near to what really happened.
 *
 * @param brief in one line, cut where it does not fit
 */
export function RealityWarning({ brief = false }: { brief?: boolean }) {
  const { view } = useSession();
  const reality = useRuns(({ shown }) => shown?.comparison.reality);
  if (reality === undefined || reality.warning === null) return null;
  return (
    <p className="reality-warning" data-brief={brief || undefined} role="note">
      <span className="badge">reality check: {reality.state}</span>
      <span className="reality-warning-text" title={brief ? reality.warning : undefined}>
        <Prose text={reality.warning} />
      </span>
      {!brief && (
        <button type="button" className="button button-small" onClick={() => view.setTab('reality')}>
          Look
        </button>
      )}
    </p>
  );
}
