import { useStore } from 'zustand';
import { isPolicyFile } from '../../../sim-core/index.ts';
import { useSession } from '../app/session-context.ts';
import { ForgetFile } from './ForgetFile.tsx';

/** The files of custom policies that were dropped; nothing where there are none. */
export function PolicyFiles() {
  const session = useSession();
  const kept = useStore(session.traces.store, ({ traces }) => traces);
  const names = kept.map(({ name }) => name).filter(isPolicyFile);
  if (names.length === 0) return null;
  return (
    <section>
      <header>
        <h2>Policy files</h2>
      </header>
      <ul>
        {names.map((name) => (
          <li key={name} className="library-row">
            <span className="library-item" title={name}>
              <span className="name">{name}</span>
            </span>
            <ForgetFile name={name} label={name} />
          </li>
        ))}
      </ul>
    </section>
  );
}
