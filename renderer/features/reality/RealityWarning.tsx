import type { RealityStatus } from '../../../sim-core/index.ts';
import { Prose } from '../app/Prose.tsx';
import { useSession } from '../app/session-context.ts';
import './reality.css';

/** Above every result of a scenario that is not known to be near to what really happened. */
export function RealityWarning({ reality }: { reality: RealityStatus | undefined }) {
  const { view } = useSession();
  if (reality === undefined || reality.warning === null) return null;
  return (
    <p className="reality-warning" role="note">
      <span className="badge">reality check: {reality.state}</span> <Prose text={reality.warning} />{' '}
      <button type="button" className="button button-small" onClick={() => view.setTab('reality')}>
        Look
      </button>
    </p>
  );
}
