import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { formatNumber, formatSeconds } from '../../../sim-core/index.ts';
import type { ImportMapping } from '../../../sim-core/index.ts';
import { CloseIcon, RedoIcon, UndoIcon } from '../app/icons.tsx';
import { Prose } from '../app/Prose.tsx';
import { useDocuments, useSession } from '../app/session-context.ts';
import { ColumnTable } from './ColumnTable.tsx';
import { FormatSelect } from './FormatSelect.tsx';
import { cancelReading, putIntoDemand, say, sayAgain, unsay } from './intake.ts';
import { QualityReport } from './QualityReport.tsx';
import { replayParts, sensiblePart } from './replay-part.ts';
import { Sparkline } from './Sparkline.tsx';
import { traceDraftStore, type TraceDraft } from './trace-draft.ts';
import { TraceSettingsForm } from './TraceSettingsForm.tsx';
import './trace-panel.css';

/** What a trace was taken for, open to correction, before it is used. */
export function TracePanel() {
  const draft = useStore(traceDraftStore, (state) => state.draft);
  if (!draft) return null;
  return <TraceCard key={draft.name} draft={draft} />;
}

/** Texts have an undo of their own. */
const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLInputElement && target.type !== 'checkbox' && target.type !== 'radio' && target.value !== '';

function TraceCard({ draft }: { draft: TraceDraft }) {
  const session = useSession();
  const { report, series, issues, recorded, busy, settings } = draft;
  const canUse = useDocuments(({ lastValid }) => lastValid !== null);
  const parts = useMemo(() => (series ? replayParts(series) : []), [series]);
  const [chosen, setChosen] = useState<string | null>(null);
  const part = parts.find(({ id }) => id === chosen) ?? sensiblePart(parts);
  const errors = issues.filter(({ severity }) => severity === 'error');
  // What becomes of gaps has been settled here.
  const settled = settings.fill === 'leave' ? [] : ['trace-gaps', 'trace-missing-value'];
  const warnings = issues.filter(({ severity, code }) => severity === 'warning' && !settled.includes(code));
  const columnNames = report?.columns.map(({ name }) => name) ?? [];
  const beside = recorded.filter(({ name }) => !columnNames.includes(name));
  const usable = part !== undefined && errors.length === 0 && !busy && canUse;
  const onSay = (mapping: ImportMapping): void => void say(session, { mapping });
  const card = useRef<HTMLElement>(null);
  const close = useCallback((): void => {
    if (draft.busy) cancelReading(session);
    traceDraftStore.setState({ draft: null });
  }, [session, draft.busy]);

  useEffect(() => card.current?.focus({ preventScroll: true }), []);
  useEffect(() => {
    // A button that went with what it took back leaves the focus to the page.
    const isHere = (target: EventTarget | null): boolean =>
      target === document.body || card.current?.contains(target as Node) === true;
    const onKeyDown = (event: KeyboardEvent): void => {
      const undoes = (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'z';
      if (event.key === 'Escape') {
        event.stopImmediatePropagation();
        close();
      } else if (undoes && !isTyping(event.target) && isHere(event.target)) {
        event.stopImmediatePropagation();
        event.preventDefault();
        void (event.shiftKey ? sayAgain(session) : unsay(session));
      }
    };
    window.addEventListener('keydown', onKeyDown, true);
    return () => window.removeEventListener('keydown', onKeyDown, true);
  }, [close, session]);

  return (
    <section
      ref={card}
      className="trace-card trace-panel"
      role="dialog"
      aria-label={`Trace ${draft.fileName}`}
      aria-busy={busy}
      tabIndex={-1}
    >
      <header>
        <h2>{draft.fileName}</h2>
        {report ? (
          <>
            <FormatSelect report={report} said={settings.mapping} onSay={onSay} />
            <span className="quiet">
              {report.used.toLocaleString('en')} of {report.rows.toLocaleString('en')} rows
            </span>
          </>
        ) : (
          <span className="quiet">{draft.format ?? (busy ? 'being recognised' : 'not recognised')}</span>
        )}
        <span className="trace-tools">
          <button
            type="button"
            className="icon-button"
            aria-label="Undo"
            disabled={draft.past.length === 0}
            onClick={() => void unsay(session)}
          >
            <UndoIcon />
          </button>
          <button
            type="button"
            className="icon-button"
            aria-label="Redo"
            disabled={draft.future.length === 0}
            onClick={() => void sayAgain(session)}
          >
            <RedoIcon />
          </button>
          <button type="button" className="icon-button" aria-label="Close" onClick={close}>
            <CloseIcon />
          </button>
        </span>
      </header>

      <div className="trace-body" data-wide={report !== undefined}>
        {busy && (
          <div className="trace-reading">
            <progress aria-label="Reading the file" value={draft.progress} max={1} />
            <span className="quiet">
              {Math.floor(draft.progress * 100)} % of {Math.max(1, Math.round(draft.blob.size / 1e6))} MB
            </span>
            <button type="button" className="button button-small" onClick={() => cancelReading(session)}>
              Cancel
            </button>
          </div>
        )}

        {report && (
          <div className="trace-main">
            {series ? (
              <Sparkline
                series={series}
                fill={settings.fill}
                saturated={report.quality.saturated}
                first={report.firstTime}
                last={report.lastTime}
              />
            ) : (
              <p className="trace-none">
                {errors.length > 0
                  ? 'As it is read now, the file is refused. What is below may mend it.'
                  : 'Nothing is taken for the demand. Give a column that role to replay it.'}
              </p>
            )}
            <ColumnTable report={report} said={settings.mapping} onSay={onSay} />
            <TraceSettingsForm draft={draft} onSay={(change) => void say(session, change)} />
          </div>
        )}

        <div className="trace-side">
          {errors.length + warnings.length > 0 && (
            <ul className="trace-issues">
              {[...errors, ...warnings].slice(0, 6).map((issue) => (
                <li key={`${issue.code} ${issue.line} ${issue.message}`} data-severity={issue.severity}>
                  {issue.line !== undefined && !/^Lines? /.test(issue.message) && (
                    <span className="quiet">Line {issue.line}: </span>
                  )}
                  <Prose text={issue.message} />
                </li>
              ))}
            </ul>
          )}
          {report && <QualityReport report={report} />}
          {beside.length > 0 && (
            <details className="trace-recorded">
              <summary>
                {beside.length} other series {beside.length === 1 ? 'was' : 'were'} recorded
              </summary>
              <ul>
                {beside.slice(0, 40).map(({ name, role, statistic, unit }) => (
                  <li key={`${name} ${statistic}`}>
                    {name}
                    <span className="quiet">
                      {' '}
                      {role}
                      {statistic === 'value' ? '' : `, ${statistic}`}
                      {unit === 'unknown' ? '' : `, ${unit}`}
                    </span>
                  </li>
                ))}
              </ul>
            </details>
          )}
          {part && (
            <div className="trace-parts" role="radiogroup" aria-label="Part to replay">
              <h3>Replay</h3>
              {parts.map((option) => (
                <label key={option.id}>
                  <input
                    type="radio"
                    name="part"
                    checked={option.id === part.id}
                    onChange={() => setChosen(option.id)}
                  />
                  <span>
                    {option.label}
                    <span className="quiet">
                      {formatSeconds(option.length)}, {formatNumber(option.requests)} requests
                    </span>
                  </span>
                </label>
              ))}
            </div>
          )}
        </div>
      </div>

      <footer>
        <span className="quiet">Stays on this machine.</span>
        <button
          type="button"
          className="button"
          disabled={!usable}
          onClick={() => part && void putIntoDemand(session, draft, part, 'add')}
        >
          Add to the demand
        </button>
        <button
          type="button"
          className="button button-primary"
          disabled={!usable}
          onClick={() => part && void putIntoDemand(session, draft, part, 'replace')}
        >
          Use as demand
        </button>
      </footer>
    </section>
  );
}
