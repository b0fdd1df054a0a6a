import { formatDuration, statesObjectives } from '../sim-core/index.ts';
import type { Comparison, PolicyResult, RunSummary, Scenario } from '../sim-core/index.ts';
import { differenceText, estimateText } from './estimate-text.ts';
import type { Measure } from './estimate-text.ts';
import { renderTable } from './table.ts';

interface Shown {
  readonly title: string;
  readonly name: keyof RunSummary;
  readonly measure: Measure;
}

/** What a person compares first; `-o json` has everything. */
const shown: readonly Shown[] = [
  { title: 'replicas', name: 'replicasMean', measure: 'count' },
  { title: 'p95', name: 'latencyP95', measure: 'seconds' },
  { title: 'SLO attained', name: 'sloAttainment', measure: 'share' },
  { title: 'backlog', name: 'maxBacklog', measure: 'count' },
  { title: 'cost', name: 'cost', measure: 'money' },
  { title: 'scalings', name: 'scalingEvents', measure: 'count' },
  { title: 'flaps', name: 'flaps', measure: 'count' },
];

/** The policies side by side, one a row, with what they met and whether they were stable. */
export function estimatesTable(comparison: Comparison, { cost: { currency }, slo }: Scenario): string {
  const verdict = (met: boolean): string => (!statesObjectives(slo) ? 'none set' : met ? 'met' : 'missed');
  const columns = [
    { title: 'policy' },
    ...shown.map(({ title, measure }) => ({
      title: measure === 'money' ? `${title}, ${currency}` : title,
      align: 'right' as const,
    })),
    { title: 'SLO' },
    { title: 'stability' },
  ];
  const rows = comparison.policies.map((result) => [
    result.policy,
    ...shown.map(({ name, measure }) => estimateText(result.summary[name], measure)),
    // What ended before its horizon was put to no test.
    ...(result.example.stoppedEarly === null
      ? [verdict(result.slo.met), result.stability.stable ? 'stable' : 'unstable']
      : ['stopped early', '–']),
  ]);
  return renderTable(columns, rows);
}

/** Paired differences to the baseline; a star marks those whose interval leaves out zero. */
export function differencesTable(comparison: Comparison, currency: string): string {
  const others = comparison.policies.flatMap((result) =>
    result.differenceToBaseline === null ? [] : [{ ...result, difference: result.differenceToBaseline }],
  );
  if (others.length === 0) return '';
  const columns = [
    { title: `against ${comparison.baseline}` },
    ...shown.map(({ title, measure }) => ({
      title: measure === 'money' ? `${title}, ${currency}` : title,
      align: 'right' as const,
    })),
  ];
  return renderTable(
    columns,
    others.map(({ policy, difference }) => [
      policy,
      ...shown.map(({ name, measure }) => differenceText(difference[name], measure)),
    ]),
  );
}

/** One line a reason: why a policy missed its objectives or was not stable. */
export function reasonLines({ policy, slo, stability }: PolicyResult): string {
  const reasons = [...slo.misses, ...(stability.stable ? [] : stability.reasons)];
  return reasons.map((reason) => `  ${policy}: ${reason}\n`).join('');
}

/** `Flash crowd: 3 policies, 10 replications, seed 1, intervals of 95 %.` */
export function headline(comparison: Comparison): string {
  const { scenario, policies, replications, seed, confidence } = comparison;
  const count = (number: number, one: string, many: string): string => `${number} ${number === 1 ? one : many}`;
  const intervals = replications > 1 ? `, ± is half of a ${Math.round(confidence * 100)} % interval` : '';
  return `${scenario}: ${count(policies.length, 'policy', 'policies')}, ${count(replications, 'replication', 'replications')}, seed ${seed}${intervals}\n${conditions(comparison)}\n`;
}

/** What the run decided by itself, a line each. */
function conditions({ warmup, stopping, replications, policies, reality }: Comparison): string {
  const lines: string[] = [];
  if (reality !== undefined) lines.push(reality.warning ?? `reality check: ${reality.state}`);
  if (warmup !== undefined) {
    lines.push(`warm-up: ${warmup.determined ? formatDuration(warmup.seconds) : 'none'}. ${warmup.reason}`);
  }
  if (stopping !== undefined) {
    const { metric, policy, reached, halfWidth, allowed } = stopping;
    const ofWanted = (100 * halfWidth) / allowed;
    const widest = Number.isNaN(ofWanted)
      ? `${metric} of ${policy} has no value`
      : `${metric} of ${policy} ± ${ofWanted.toFixed(0)} % of what was wanted`;
    lines.push(`precision: ${reached ? 'reached' : 'not reached'} after ${replications} replications (${widest})`);
  }
  for (const { policy, batches } of policies) {
    if (batches === undefined) continue;
    const { count, length, dependent } = batches;
    const without = dependent.length === 0 ? '' : `; none where batches hang together: ${dependent.join(', ')}`;
    lines.push(`${policy}: ± from ${count} batches of ${formatDuration(length)} of one run${without}`);
  }
  return lines.map((line) => `${line}\n`).join('');
}
