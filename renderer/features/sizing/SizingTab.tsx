import { useMemo } from 'react';
import { formatAmount, workOutSizing } from '../../../sim-core/index.ts';
import { Prose } from '../app/Prose.tsx';
import { useRuns } from '../app/session-context.ts';
import { wordsOf } from '../inspector/generic-fields.ts';
import './sizing.css';

/** The scenario's rules of thumb, worked out: each result with its arithmetic. */
export function SizingTab() {
  const shown = useRuns((state) => state.shown);
  const rows = useMemo(() => (shown ? workOutSizing(shown.loaded) : []), [shown]);
  if (!shown) return <p className="tab-empty">The sizing model is worked out with the first result.</p>;
  if (rows.length === 0)
    return (
      <p className="tab-empty">
        <Prose text="This scenario has no rules of thumb. Write them under `sizing` in the YAML; `docs/sizing.md` shows how, and so does the example “Sizing guide for an assistant service”." />
      </p>
    );
  const { currency } = shown.scenario.cost;
  return (
    <table className="plain-table sizing">
      <caption className="visually-hidden">Sizing by rules of thumb</caption>
      <thead>
        <tr>
          <th scope="col">Result</th>
          <th scope="col" className="number">
            Amount
          </th>
          <th scope="col">Arithmetic</th>
          <th scope="col">Meaning</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.name}>
            <th scope="row">{wordsOf(row.name)}</th>
            <td className="number">{row.problem === null ? <b>{formatAmount(row, currency)}</b> : '–'}</td>
            <td>
              {row.problem === null ? (
                <code title={row.formula}>{row.arithmetic}</code>
              ) : (
                <span className="wrong">
                  <Prose text={row.problem} />
                </span>
              )}
            </td>
            <td className="quiet">{row.note ?? ''}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
