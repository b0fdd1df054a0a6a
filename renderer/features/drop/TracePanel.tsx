import { useCallback, useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { formatNumber, formatSeconds, traceUnits } from '../../../sim-core/index.ts';
import type { TraceUnit } from '../../../sim-core/index.ts';
import { CloseIcon } from '../app/icons.tsx';
import { Prose } from '../app/Prose.tsx';
import { useDocuments, useSession } from '../app/session-context.ts';
import { cancelReading, remap, putIntoDemand, type Fill } from './intake.ts';
import { qualityFacts } from './quality-facts.ts';
import { lengthOf, replayParts, sensiblePart } from './replay-part.ts';
import { Sparkline } from './Sparkline.tsx';
import { traceDraftStore, type TraceDraft } from './trace-draft.ts';

/** What a trace was taken for, open to correction, before it is used. */
export function TracePanel() {
  const draft = useStore(traceDraftStore, (state) => state.draft);
  if (!draft) return null;
  return <TraceCard key={draft.name} draft={draft} />;
}

const fills: Readonly<Record<Fill, string>> = {
  leave: 'no requests, with a warning',
  zero: 'no requests',
  hold: 'the value before',
  interpolate: 'a line across',
  seasonal: 'the mean of that time of day',
};

function TraceCard({ draft }: { draft: TraceDraft }) {
  const session = useSession();
  const { report, series, issues, mapping, busy } = draft;
  const canUse = useDocuments(({ lastValid }) => lastValid !== null);
  const parts = useMemo(() => (series ? replayParts(series) : []), [series]);
  const [chosen, setChosen] = useState<string | null>(null);
  const [fill, setFill] = useState<Fill>('leave');
  const part = parts.find(({ id }) => id === chosen) ?? sensiblePart(parts);
  const errors = issues.filter(({ severity }) => severity === 'error');
  const warnings = issues.filter(({ severity }) => severity === 'warning');
  const demand = report?.columns.find(({ role }) => role === 'demand')?.name ?? mapping.column;
  const time = report?.columns.find(({ role }) => role === 'time')?.name ?? mapping.time;
  const choosable = report?.columns ?? [];
  const isTable = report?.columns.some(({ role }) => role === 'time') === true && report.format !== 'prometheus';
  const close = useCallback((): void => {
    if (draft.busy) cancelReading(session);
    traceDraftStore.setState({ draft: null });
  }, [session, draft.busy]);

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') {
        event.stopImmediatePropagation();
        close();
      }
    };
    window.addEventListener('keydown', onKeyDown, true);
    return () => window.removeEventListener('keydown', onKeyDown, true);
  }, [close]);

  return (
    <section className="trace-card" role="dialog" aria-label={`Trace ${draft.fileName}`} aria-busy={busy}>
      <header>
        <h2>{draft.fileName}</h2>
        <span className="quiet">
          {report ? `${report.format}, ${report.rows.toLocaleString('en')} rows` : (draft.format ?? 'not recognised')}
        </span>
        <button type="button" className="icon-button" aria-label="Close" onClick={close}>
          <CloseIcon />
        </button>
      </header>

      {busy && (
        <div className="trace-reading">
          <progress aria-label="Reading the file" value={draft.progress} max={1} />
          <span className="quiet">
            {Math.floor(draft.progress * 100)} % of {Math.max(1, Math.round(draft.blob.size / 1e6))} MB
          </span>
          <button type="button" className="button" onClick={() => cancelReading(session)}>
            Cancel
          </button>
        </div>
      )}

      {series && <Sparkline series={series} />}
      {report && (
        <dl className="trace-facts">
          <div>
            <dt>Covers</dt>
            <dd>
              {report.firstTime} – {report.lastTime}
              {series && <span className="quiet"> ({formatSeconds(lengthOf(series))})</span>}
            </dd>
          </div>
          <div>
            <dt>Time</dt>
            <dd>{report.timeFormat}</dd>
          </div>
          <div>
            <dt>Spacing</dt>
            <dd>
              {series?.kind === 'timestamps' ? 'one row a request' : series ? formatSeconds(series.bucket) : '–'}
              {report.gaps > 0 ? `, ${report.gaps.toLocaleString('en')} missing` : ', no gaps'}
            </dd>
          </div>
          <div>
            <dt>Used</dt>
            <dd>
              {report.used.toLocaleString('en')} of {report.rows.toLocaleString('en')} rows
            </dd>
          </div>
          {qualityFacts(report.quality).map(({ name, text }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
      )}

      {draft.recorded.length > 0 && (
        <details className="trace-recorded">
          <summary>
            {draft.recorded.length} other series {draft.recorded.length === 1 ? 'was' : 'were'} recorded
          </summary>
          <ul>
            {draft.recorded.slice(0, 40).map(({ name, role, statistic, unit }) => (
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

      {isTable && choosable.length > 0 && (
        <div className="trace-mapping">
          <label>
            <span>Demand is in</span>
            <select
              value={demand ?? ''}
              disabled={busy}
              onChange={(event) => void remap(session, { column: event.target.value })}
            >
              {demand === undefined && <option value="">choose a column</option>}
              {choosable.map(({ name }) => (
                <option key={name} value={name}>
                  {name}
                </option>
              ))}
            </select>
          </label>
          <label>
            <span>counted in</span>
            <select
              value={mapping.unit ?? report?.columns.find(({ role }) => role === 'demand')?.unit ?? ''}
              disabled={busy}
              onChange={(event) => void remap(session, { unit: event.target.value as TraceUnit })}
            >
              {traceUnits.map((unit) => (
                <option key={unit} value={unit}>
                  {unit}
                </option>
              ))}
            </select>
          </label>
          <label>
            <span>Time is in</span>
            <select
              value={time ?? ''}
              disabled={busy}
              onChange={(event) => void remap(session, { time: event.target.value })}
            >
              {time === undefined && <option value="">no column</option>}
              {choosable.map(({ name }) => (
                <option key={name} value={name}>
                  {name}
                </option>
              ))}
            </select>
          </label>
        </div>
      )}

      {report && report.gaps > 0 && (
        <div className="trace-mapping">
          <label>
            <span>A gap becomes</span>
            <select value={fill} onChange={(event) => setFill(event.target.value as Fill)}>
              {(Object.keys(fills) as Fill[]).map((name) => (
                <option key={name} value={name}>
                  {fills[name]}
                </option>
              ))}
            </select>
          </label>
        </div>
      )}

      {errors.length + warnings.length > 0 && (
        <ul className="trace-issues">
          {[...errors, ...warnings].slice(0, 6).map((issue) => (
            <li key={`${issue.code} ${issue.line} ${issue.message}`} data-severity={issue.severity}>
              {issue.line !== undefined && <span className="quiet">Line {issue.line}: </span>}
              <Prose text={issue.message} />
            </li>
          ))}
        </ul>
      )}

      {part && (
        <div className="trace-parts" role="radiogroup" aria-label="Part to replay">
          {parts.map((option) => (
            <label key={option.id}>
              <input type="radio" name="part" checked={option.id === part.id} onChange={() => setChosen(option.id)} />
              {option.label}
              <span className="quiet">
                {formatSeconds(option.length)}, {formatNumber(option.requests)} requests
              </span>
            </label>
          ))}
        </div>
      )}

      <footer>
        <span className="quiet">Stays on this machine.</span>
        <button
          type="button"
          className="button"
          disabled={!part || errors.length > 0 || busy || !canUse}
          onClick={() => part && void putIntoDemand(session, draft, part, fill, 'add')}
        >
          Add to the demand
        </button>
        <button
          type="button"
          className="button button-primary"
          disabled={!part || errors.length > 0 || busy || !canUse}
          onClick={() => part && void putIntoDemand(session, draft, part, fill, 'replace')}
        >
          Use as demand
        </button>
      </footer>
    </section>
  );
}
