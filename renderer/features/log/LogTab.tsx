import { useStore } from 'zustand';
import type { ShownResult } from '../../stores/runs.ts';
import { Prose } from '../app/Prose.tsx';
import { useDocuments, useRuns, useSession } from '../app/session-context.ts';
import { runFacts } from './run-facts.ts';
import './log.css';

/** How the numbers on screen came about, what was odd about the scenario, and all that was said since the window opened. */
export function LogTab() {
  const { messages, client } = useSession();
  const shown = useRuns((state) => state.shown);
  const failure = useRuns((state) => state.failure);
  const history = useRuns((state) => state.history);
  const parsed = useDocuments((state) => state.parsed.issues);
  const log = useStore(messages.store, (state) => state.log);
  const finished = history.find(({ historyId }) => historyId === shown?.historyId) ?? null;
  const issues = issuesOf(shown, failure?.issues ?? parsed);
  return (
    <div className="log">
      <section aria-label="The run">
        <h3>The run</h3>
        {shown ? (
          <dl>
            {runFacts(shown, finished).map(({ name, text, wrong }, index) => (
              <div key={`${name} ${index}`} data-wrong={wrong || undefined}>
                <dt>{name}</dt>
                <dd>
                  <Prose text={text} />
                </dd>
              </div>
            ))}
            <div>
              <dt>Workers</dt>
              <dd>{client.parallel}</dd>
            </div>
          </dl>
        ) : (
          <p className="quiet">Nothing has run yet.</p>
        )}
        {failure && <p className="wrong">{failure.message}</p>}
      </section>
      <section aria-label="Warnings">
        <h3>Warnings</h3>
        {issues.length === 0 ? (
          <p className="quiet">None.</p>
        ) : (
          <ul>
            {issues.map(({ code, file, line, message, severity }) => (
              <li key={`${line} ${message}`} data-wrong={severity === 'error' || undefined}>
                <span className="quiet">
                  {line === undefined ? '' : file === undefined ? `Line ${line}, ` : `${file}:${line}, `}
                  {code}{' '}
                </span>
                <Prose text={message} />
              </li>
            ))}
          </ul>
        )}
      </section>
      <section aria-label="Messages">
        <h3>Messages</h3>
        {log.length === 0 ? (
          <p className="quiet">Nothing was said yet.</p>
        ) : (
          <ol>
            {log.map(({ at, kind, text }, index) => (
              <li key={log.length - index} data-wrong={kind === 'error' || undefined}>
                <time className="quiet" dateTime={new Date(at).toISOString()}>
                  {new Date(at).toLocaleTimeString()}{' '}
                </time>
                <Prose text={text} />
              </li>
            ))}
          </ol>
        )}
      </section>
    </div>
  );
}

/** Those of the result, and those of the text on the desk that are not among them. */
function issuesOf(shown: ShownResult | null, current: ShownResult['issues']): ShownResult['issues'] {
  const own = shown?.issues ?? [];
  return [...own, ...current.filter(({ message }) => own.every((other) => other.message !== message))];
}
