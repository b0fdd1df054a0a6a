import { useMemo } from 'react';
import { aggregate, formatMoney, formatNumber, formatQuantity, formatSeconds } from '../../../sim-core/index.ts';
import type { TimeRange } from '../../../sim-core/index.ts';
import type { ShownResult } from '../../stores/runs.ts';
import { CloseIcon } from '../app/icons.tsx';
import { useSession, useView } from '../app/session-context.ts';
import { slotColour, useColours } from '../app/use-colours.ts';

/** What every policy did in the selected stretch of time. */
export function SelectionSummary({ shown, selection }: { shown: ShownResult; selection: TimeRange }) {
  const { view } = useSession();
  const colours = useColours();
  const hidden = useView((state) => state.hidden);
  const { slo, cost } = shown.scenario;
  const rows = useMemo(
    () => aggregate(shown.comparison, selection, { slo, cost }),
    [shown.comparison, selection, slo, cost],
  );
  const priced = cost.perReplicaHour > 0 || (cost.perNodeHour ?? 0) > 0;
  return (
    <section className="selection-summary" aria-label="Selected time">
      <header>
        <strong>{formatSeconds(selection[1] - selection[0])} selected</strong>
        <button type="button" className="button button-small" onClick={() => view.setWindow(selection)}>
          Zoom <kbd>F</kbd>
        </button>
        <button
          type="button"
          className="icon-button"
          aria-label="Clear the selection"
          onClick={() => view.setSelection(null)}
        >
          <CloseIcon />
        </button>
      </header>
      <table>
        <thead>
          <tr>
            <th scope="col">Policy</th>
            <th scope="col">Worst p95</th>
            <th scope="col">Over SLO</th>
            <th scope="col">Backlog</th>
            <th scope="col">Replicas</th>
            {priced && <th scope="col">Cost</th>}
            <th scope="col">Scalings</th>
          </tr>
        </thead>
        <tbody>
          {rows
            .filter(({ policy }) => !hidden.has(policy))
            .map((row) => (
              <tr key={row.policy}>
                <th scope="row">
                  <span className="swatch" style={{ background: slotColour(colours.get(row.policy)) }} />
                  {row.policy}
                </th>
                <td>{formatQuantity(row.latencyP95Worst, 'seconds')}</td>
                <td>{formatQuantity(row.violationSeconds, 'seconds')}</td>
                <td>{formatNumber(row.maxBacklog)}</td>
                <td>{formatNumber(row.replicasMean)}</td>
                {priced && <td>{formatMoney(row.cost, cost.currency)}</td>}
                <td>{formatNumber(row.scalingEvents)}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </section>
  );
}
