import { useStore } from 'zustand';
import { isPolicyFile } from '../../../sim-core/index.ts';
import { isDirty } from '../../stores/documents.ts';
import { useDocuments, useRuns, useSession, useView } from '../app/session-context.ts';
import { CloseIcon, EyeIcon, EyeOffIcon, PlusIcon } from '../app/icons.tsx';
import { Hint } from '../app/Hint.tsx';
import { slotColour, useColours } from '../app/use-colours.ts';
import { chooseFiles, inspectKept } from '../drop/intake.ts';
import { addPolicy } from '../inspector/policy-edits.ts';
import { openOverlay } from '../palette/overlays.ts';
import { ForgetFile } from './ForgetFile.tsx';
import { PolicyFiles } from './PolicyFiles.tsx';
import { shippedScenarios } from './shipped.ts';
import './library.css';

/** What can be opened, what is compared, what has run. */
export function Library() {
  return (
    <div className="library">
      <Scenarios />
      <Policies />
      <Traces />
      <PolicyFiles />
      <RunHistory />
    </div>
  );
}

function Scenarios() {
  const session = useSession();
  const { documents } = session;
  const all = useDocuments((state) => state.documents);
  const activeId = useDocuments((state) => state.activeId);
  const own = all.filter(({ origin }) => origin !== 'shipped');
  const edited = new Set(all.filter(isDirty).map(({ id }) => id));
  const item = (id: string, title: string, hint: string, open: () => void, close?: () => void) => (
    <li key={id} className="library-row">
      <button
        type="button"
        className="library-item"
        aria-current={id === activeId || undefined}
        title={hint}
        onClick={open}
      >
        <span className="name">{title}</span>
        {edited.has(id) && <span className="dirty-dot" role="img" aria-label="edited" />}
      </button>
      {close && (
        <button type="button" className="icon-button row-action" aria-label={`Close ${title}`} onClick={close}>
          <CloseIcon />
        </button>
      )}
    </li>
  );
  return (
    <section>
      <header>
        <h2>Scenarios</h2>
        <Hint text="Open a scenario, a trace or an autoscaler" keyName="Mod+O">
          <button
            type="button"
            className="icon-button"
            aria-label="Open a file"
            onClick={() => void chooseFiles(session)}
          >
            <PlusIcon />
          </button>
        </Hint>
      </header>
      <ul>
        {shippedScenarios.map(({ id, title, fileName }) =>
          item(`shipped:${id}`, title, fileName, () => void session.openShipped(id)),
        )}
        {own.map((document) =>
          item(
            document.id,
            document.fileName,
            document.fileName,
            () => session.openDocument(document),
            () => {
              if (document.id === activeId) {
                const next = shippedScenarios[0];
                if (next) session.openShipped(next.id);
              }
              documents.close(document.id);
              session.messages.say('info', `${document.fileName} is closed.`, {
                label: 'Open it again',
                run: () => session.openDocument(document),
              });
            },
          ),
        )}
      </ul>
    </section>
  );
}

function Policies() {
  const session = useSession();
  const { view } = session;
  const scenario = useDocuments(({ lastValid }) => lastValid?.scenario);
  const colours = useColours();
  const hidden = useView((state) => state.hidden);
  const selected = useView((state) => state.policy);
  if (!scenario) return null;
  const baseline = scenario.compare.baseline ?? scenario.policies[0]?.name;
  return (
    <section>
      <header>
        <h2>Policies in this comparison</h2>
        <Hint text="Add a policy: a copy of the one selected">
          <button type="button" className="icon-button" aria-label="Add a policy" onClick={() => addPolicy(session)}>
            <PlusIcon />
          </button>
        </Hint>
      </header>
      <ul>
        {scenario.policies.map(({ name }) => {
          const isHidden = hidden.has(name);
          return (
            <li key={name} className="library-row" data-off={isHidden || undefined}>
              <button
                type="button"
                className="library-item"
                aria-current={selected === name || undefined}
                title={name}
                onClick={() => {
                  view.setPolicy(selected === name ? null : name);
                  view.setInspectorTab('form');
                }}
              >
                <span
                  className="swatch"
                  style={{
                    background: isHidden ? 'transparent' : slotColour(colours.get(name)),
                    boxShadow: `inset 0 0 0 1.5px ${slotColour(colours.get(name))}`,
                  }}
                />
                <span className="name">{name}</span>
                {name === baseline && <span className="quiet note">baseline</span>}
              </button>
              <button
                type="button"
                className="icon-button row-action"
                aria-label={`${isHidden ? 'Draw' : 'Hide'} ${name}`}
                aria-pressed={isHidden}
                onClick={() => view.togglePolicy(name)}
              >
                {isHidden ? <EyeOffIcon /> : <EyeIcon />}
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Traces() {
  const session = useSession();
  const kept = useStore(session.traces.store, (state) => state.traces);
  const traces = kept.filter(({ name }) => !isPolicyFile(name));
  return (
    <section>
      <header>
        <h2>Traces</h2>
        <Hint text="Record a trace from a Prometheus">
          <button type="button" className="button button-small" onClick={() => openOverlay('prometheus')}>
            From Prometheus…
          </button>
        </Hint>
      </header>
      {traces.length === 0 ? (
        <p className="library-empty">Drop a CSV or a Prometheus answer anywhere on the window.</p>
      ) : (
        <ul>
          {traces.map(({ name, origin }) => {
            const short = name.replace(/^traces\//, '');
            return (
              <li key={name} className="library-row">
                <button
                  type="button"
                  className="library-item"
                  title={name}
                  onClick={() => void inspectKept(session, name)}
                >
                  <span className="name">{short}</span>
                </button>
                {origin === 'dropped' && <ForgetFile name={name} label={short} />}
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

function RunHistory() {
  const session = useSession();
  const history = useRuns((state) => state.history);
  const shownId = useRuns((state) => state.shown?.historyId ?? null);
  return (
    <section>
      <header>
        <h2>Runs</h2>
      </header>
      {history.length === 0 ? (
        <p className="library-empty">Finished runs of this session appear here.</p>
      ) : (
        <ul>
          {history.map((run) => (
            <li key={run.historyId} className="library-row">
              <button
                type="button"
                className="library-item"
                aria-current={run.historyId === shownId || undefined}
                title={`${run.scenario.name}, ${(run.elapsedMilliseconds / 1000).toFixed(1)} s`}
                onClick={() => session.showRun(run.historyId)}
              >
                <span className="name">
                  {clock.format(run.finishedAt)} <span className="quiet">{run.fileName.replace(/\.ya?ml$/, '')}</span>
                </span>
                <span className="quiet note">
                  {run.comparison.policies.length} × {run.comparison.replications}
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
