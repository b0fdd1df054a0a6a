import { Popover } from 'radix-ui';
import { createContext, use } from 'react';
import { setInYaml, type YamlPath } from '../../../stores/yaml-edit.ts';
import { useSession } from '../../app/session-context.ts';
import { editText } from '../policy-edits.ts';
import { provenanceOf, type Provenance } from './provenance.ts';
import './provenance.css';

/** What the scenario on the desk notes of its calibrated values. */
export const ProvenanceContext = createContext<readonly Provenance[]>([]);

const words: Readonly<Record<Provenance['state'], string>> = {
  calibrated: 'calibrated',
  edited: 'edited since it was calibrated',
  made: 'made from a calibrated value',
};

/** A mark beside a field whose value was calibrated: filled while the file has that value. Nothing beside others. */
export function ProvenanceMark({ label, path }: { label: string; path: YamlPath }) {
  const session = useSession();
  const found = provenanceOf(use(ProvenanceContext), path);
  if (!found) return null;
  const { state, facts, written, value } = found;
  // The names of its keys, where the path has as many; the value replaces what stands at the whole of them.
  const place = path.slice(0, found.path.length);
  return (
    <Popover.Root>
      <Popover.Trigger
        className="provenance-mark"
        data-state-of-value={state}
        aria-label={`${label}: ${words[state]}. Show where it comes from`}
      >
        <svg viewBox="0 0 8 8" width="8" height="8" aria-hidden="true">
          <path d="M4 .8 7.2 4 4 7.2 .8 4Z" />
        </svg>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content className="popover provenance" side="bottom" align="end" sideOffset={4} collisionPadding={10}>
          <strong>
            {place.join('.')}: {words[state]}
          </strong>
          <dl>
            {facts.map(([name, text]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{text}</dd>
              </div>
            ))}
          </dl>
          {state === 'edited' && (
            <>
              <p>The file says something else now, which nothing vouches for.</p>
              <button
                type="button"
                className="button button-small"
                onClick={() => editText(session, (text) => setInYaml(text, place, value))}
              >
                Back to <span className="provenance-value">{written}</span>
              </button>
            </>
          )}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
