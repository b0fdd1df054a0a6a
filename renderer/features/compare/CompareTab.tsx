import {
  createColumnHelper,
  createSortedRowModel,
  rowSortingFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { useMemo } from 'react';
import type { ShownResult } from '../../stores/runs.ts';
import type { PolicyResult } from '../../../sim-core/index.ts';
import { Hint } from '../app/Hint.tsx';
import { usePreferences, useRuns, useSession, useView } from '../app/session-context.ts';
import { slotColour, useColours } from '../app/use-colours.ts';
import { useStale } from '../app/use-stale.ts';
import { bestOf } from './best.ts';
import { CompareBar } from './CompareBar.tsx';
import { ConfigurationDiff } from './ConfigurationDiff.tsx';
import { judgement, type Metric } from './metrics.ts';
import { ParallelCoordinates } from './ParallelCoordinates.tsx';
import { shownGroups } from './shown-groups.ts';
import { Verdict, verdictOf } from './Verdict.tsx';
import './compare.css';

const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel(), sortFns: {} });
const helper = createColumnHelper<typeof features, PolicyResult>();

function columnsOf(metrics: readonly Metric[]) {
  return helper.columns([
    helper.accessor((result) => result.policy, {
      id: 'policy',
      header: 'Policy',
      sortFn: (one, other) => (one.original.policy < other.original.policy ? -1 : 1),
      enableSorting: true,
    }),
    ...metrics.map((metric) =>
      helper.accessor((result) => result.summary[metric.key].mean, {
        id: metric.key,
        header: metric.title,
        sortFn: (one, other) => one.original.summary[metric.key].mean - other.original.summary[metric.key].mean,
      }),
    ),
    helper.accessor((result) => verdictOf(result).word, {
      id: 'verdict',
      header: 'Verdict',
      sortFn: (one, other) => Number(verdictOf(one.original).wrong) - Number(verdictOf(other.original).wrong),
    }),
  ]);
}

/** What the policies came to, side by side. */
export function CompareTab() {
  const shown = useRuns((state) => state.shown);
  const activity = useRuns((state) => state.activity);
  if (!shown)
    return (
      <p className="tab-empty">
        {activity ? 'The first numbers come with the first replication.' : 'Run the scenario to compare its policies.'}
      </p>
    );
  return <Comparison shown={shown} />;
}

const bodies = { table: CompareTable, parallel: ParallelCoordinates, configuration: ConfigurationDiff } as const;

function Comparison({ shown }: { shown: ShownResult }) {
  const view = useView((state) => state.compareView);
  const Body = bodies[view];
  return (
    <div className="comparison">
      <CompareBar shown={shown} />
      <div className="comparison-body">
        <Body shown={shown} />
      </div>
    </div>
  );
}

/** Policies × metrics, each with its interval and its difference to the baseline. */
function CompareTable({ shown }: { shown: ShownResult }) {
  const { view } = useSession();
  const colours = useColours();
  const selected = useView((state) => state.policy);
  const hidden = useView((state) => state.hidden);
  const stale = useStale();
  const { comparison } = shown;
  const { currency } = shown.scenario.cost;
  const open = usePreferences((state) => state.metricGroups);
  const groups = useMemo(() => shownGroups(currency, open), [currency, open]);
  const metrics = useMemo(() => groups.flatMap((group) => group.metrics), [groups]);
  const columns = useMemo(() => columnsOf(metrics), [metrics]);
  const data = useMemo(() => [...comparison.policies], [comparison]);
  const best = useMemo(() => new Map(metrics.map((metric) => [metric.key, bestOf(data, metric)])), [metrics, data]);
  const table = useTable({ features, columns, data, getRowId: (result: PolicyResult) => result.policy });

  return (
    <table className="compare" data-stale={stale || undefined}>
      <caption className="visually-hidden">
        Policies compared over {comparison.replications} replications; intervals are 95 % confidence intervals,
        differences are paired with {comparison.baseline}
      </caption>
      {groups.length > 1 && (
        <colgroup>
          <col />
        </colgroup>
      )}
      {groups.length > 1 && groups.map(({ title, metrics: own }) => <colgroup key={title} span={own.length} />)}
      <thead>
        {groups.length > 1 && (
          <tr className="metric-groups">
            <td>{'\u00a0'}</td>
            {groups.map(({ title, metrics: own }, index) => (
              <th key={title} scope="colgroup" colSpan={own.length}>
                {index === 0 ? (
                  title
                ) : (
                  <button
                    type="button"
                    aria-label={`Fold ${title}`}
                    onClick={() => view.prefer({ metricGroups: open.filter((name) => name !== title) })}
                  >
                    {title} ×
                  </button>
                )}
              </th>
            ))}
            <td>{'\u00a0'}</td>
          </tr>
        )}
        <tr>
          {table.getHeaderGroups()[0]?.headers.map((header) => {
            const metric = metrics.find(({ key }) => key === header.column.id);
            const sorted = header.column.getIsSorted();
            const button = (
              <button type="button" onClick={header.column.getToggleSortingHandler()}>
                {String(header.column.columnDef.header)}
                <span aria-hidden="true" className="sort-mark">
                  {sorted === 'asc' ? '↑' : sorted === 'desc' ? '↓' : ''}
                </span>
              </button>
            );
            return (
              <th
                key={header.id}
                scope="col"
                data-column={header.column.id}
                aria-sort={sorted === 'asc' ? 'ascending' : sorted === 'desc' ? 'descending' : 'none'}
              >
                {metric ? (
                  <Hint text={metric.help} side="top">
                    {button}
                  </Hint>
                ) : (
                  button
                )}
              </th>
            );
          })}
        </tr>
      </thead>
      <tbody>
        {table.getRowModel().rows.map((row) => {
          const result = row.original;
          const isBaseline = result.policy === comparison.baseline;
          return (
            <tr
              key={row.id}
              aria-selected={result.policy === selected}
              data-off={hidden.has(result.policy) || undefined}
              onClick={() => view.setPolicy(result.policy === selected ? null : result.policy)}
            >
              <th scope="row">
                <button
                  type="button"
                  className="policy-cell"
                  aria-pressed={result.policy === selected}
                  onClick={(event) => {
                    event.stopPropagation();
                    view.setPolicy(result.policy === selected ? null : result.policy);
                  }}
                >
                  <span className="swatch" style={{ background: slotColour(colours.get(result.policy)) }} />
                  <span className="name">{result.policy}</span>
                </button>
                {isBaseline && <span className="badge">baseline</span>}
              </th>
              {metrics.map((metric) => (
                <MetricCell
                  key={metric.key}
                  metric={metric}
                  result={result}
                  isBest={best.get(metric.key) === result.policy}
                />
              ))}
              <td data-column="verdict">
                <Verdict result={result} />
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function MetricCell({ metric, result, isBest }: { metric: Metric; result: PolicyResult; isBest: boolean }) {
  const estimate = result.summary[metric.key];
  const difference = result.differenceToBaseline?.[metric.key];
  const judged = difference ? judgement(metric, difference) : 'unsure';
  const halfWidth = Number.isFinite(estimate.halfWidth)
    ? metric.printHalfWidth(estimate.halfWidth, estimate.mean)
    : null;
  return (
    <td data-column={metric.key} data-best={isBest || undefined}>
      <div>
        {metric.print(estimate.mean)}
        {halfWidth !== null && <span className="half-width"> ± {halfWidth}</span>}
      </div>
      {difference && Number.isFinite(difference.mean) && (
        <div
          className={`difference difference-${judged}`}
          title={
            judged === 'unsure' && metric.better !== null ? 'The interval of the difference includes zero' : undefined
          }
        >
          {metric.printDifference(difference, estimate.mean)}
        </div>
      )}
    </td>
  );
}
