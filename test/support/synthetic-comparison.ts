import { bandNames } from '../../sim-core/experiment/result.ts';
import type {
  Comparison,
  Estimate,
  PolicyResult,
  RunSummary,
  SummaryEstimate,
} from '../../sim-core/experiment/result.ts';
import { columnNames } from '../../sim-core/kernel/columns.ts';
import type { RunColumns } from '../../sim-core/kernel/columns.ts';
import type { Decision } from '../../sim-core/autoscaling/contract.ts';
import { summaryNames } from './summary-names.ts';

/** A small repeatable generator: the pictures need texture, not statistics. */
function noise(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32 - 0.5;
  };
}

export interface SyntheticOptions {
  readonly rows?: number;
  /** s */
  readonly interval?: number;
  readonly policies?: readonly string[];
  readonly replications?: number;
  /** rows without any data, [from, to) */
  readonly gap?: readonly [number, number];
}

/** Columns of a flash crowd as a policy with this eagerness (0 … 1) might live through it. */
function flashCrowd(
  rows: number,
  interval: number,
  seed: number,
  eagerness: number,
  gap?: readonly [number, number],
): RunColumns {
  const random = noise(seed);
  const shared = noise(7);
  const columns = Object.fromEntries(columnNames.map((name) => [name, new Float64Array(rows)])) as unknown as Record<
    keyof RunColumns,
    Float64Array
  >;
  let ready = 8 + Math.round(eagerness * 4);
  let desired = ready;
  let backlog = 0;
  let wander = 0;
  for (let i = 0; i < rows; i++) {
    const at = i / rows;
    wander = wander * 0.97 + shared() * 0.06;
    const spike = at < 0.58 ? 0 : at < 0.6 ? (at - 0.58) / 0.02 : Math.exp(-(at - 0.6) * 22);
    const evening = 0.6 * Math.exp(-(((at - 0.86) / 0.012) ** 2));
    const rate = 200 * (0.75 + 0.35 * Math.sin((at - 0.3) * 6.28) + wander + evening) + 360 * spike;
    const load = rate / 20;
    const wanted = Math.ceil((load / (0.45 + 0.35 * (1 - eagerness))) * 1);
    if (wanted > desired && i % (8 - Math.round(eagerness * 6)) === 0)
      desired = Math.min(wanted, desired + 1 + Math.round(eagerness * 6));
    else if (wanted < desired - 1 && i % Math.max(2, Math.round(14 + eagerness * 20)) === 0) desired -= 1;
    if (ready < desired && i % 3 === 0) ready = Math.min(desired, ready + 3);
    if (ready > desired) ready = desired;
    const utilisation = Math.min(1, load / ready);
    backlog = Math.max(0, backlog + Math.max(0, load - ready) * 14 - (backlog > 0 ? 40 : 0));
    columns.time[i] = i * interval;
    columns.arrivals[i] = rate * interval;
    columns.completed[i] = rate * interval * (backlog > 0 ? 0.97 : 1);
    columns.queueLength[i] = backlog;
    columns.queueLengthMean[i] = backlog;
    columns.queueLengthMax[i] = Math.round(backlog);
    columns.ready[i] = ready;
    columns.desired[i] = desired;
    columns.provisioning[i] = Math.max(0, desired - ready);
    columns.replicaSeconds[i] = Math.max(ready, desired) * interval;
    columns.utilisation[i] = utilisation;
    columns.cpuUtilisation[i] = utilisation * (0.95 + random() * 0.05);
    columns.cpuSeen[i] = utilisation * (0.95 + random() * 0.1);
    const latency = 0.12 + 0.04 * utilisation ** 6 + backlog * 0.006 + Math.abs(random()) * 0.01;
    columns.latencyP50[i] = latency * 0.5;
    columns.latencyP95[i] = latency;
    columns.latencyP99[i] = latency * 1.6;
    columns.latencyMean[i] = latency * 0.6;
    columns.waitingTimeMean[i] = Math.max(0, latency - 0.12);
  }
  if (gap !== undefined) {
    for (const name of columnNames) if (name !== 'time') columns[name].fill(NaN, gap[0], gap[1]);
  }
  return columns;
}

function decisionsOf(columns: RunColumns): Decision[] {
  const decisions: Decision[] = [];
  for (let i = 1; i < columns.time.length; i++) {
    const current = columns.desired[i - 1]!;
    const applied = columns.desired[i]!;
    decisions.push({
      time: columns.time[i]!,
      current,
      observed: { cpuUtilisation: columns.cpuSeen[i]! },
      recommended: applied,
      stages: [],
      applied,
      binding: null,
      withoutBinding: NaN,
      reason: applied === current ? 'within tolerance' : 'scaled',
    });
  }
  return decisions;
}

/** A comparison as the engine would give it, made up in milliseconds: for charts and their tests. */
export function syntheticComparison(options: SyntheticOptions = {}): Comparison {
  const rows = options.rows ?? 1440;
  const interval = options.interval ?? 60;
  const names = options.policies ?? ['live HPA', 'HPA 60 %, 120 s', 'target tracking', 'predictive M/G/c'];
  const replications = options.replications ?? 10;
  const policies = names.map((policy, index): PolicyResult => {
    const columns = flashCrowd(
      rows,
      interval,
      11 + index,
      names.length > 1 ? index / (names.length - 1) : 0.5,
      options.gap,
    );
    const bands = Object.fromEntries(
      bandNames.map((name) => [
        name,
        {
          mean: columns[name].slice(),
          halfWidth: columns[name].map((value) => (replications > 1 ? Math.abs(value) * 0.06 : NaN)),
        },
      ]),
    ) as unknown as PolicyResult['bands'];
    const summary = Object.fromEntries(summaryNames.map((key) => [key, 1])) as unknown as RunSummary;
    const estimates = Object.fromEntries(
      summaryNames.map((key): [string, Estimate] => [key, { mean: 1, halfWidth: 0.1 }]),
    ) as unknown as SummaryEstimate;
    return {
      policy,
      summary: estimates,
      differenceToBaseline: index === 0 ? null : estimates,
      replications: Array.from({ length: replications }, () => summary),
      bands,
      example: {
        policy,
        replication: 0,
        recordingInterval: interval,
        columns,
        decisions: decisionsOf(columns),
        replicas: [],
        summary,
        stability: { stable: true, reasons: ['made up'] },
        alerts: [],
        stoppedEarly: null,
      },
      alerts: [],
      stability: { stable: true, reasons: ['made up'] },
      slo: { met: true, misses: [] },
    };
  });
  return {
    schema: 'headroom/comparison/v1',
    scenario: 'Flash crowd on checkout',
    seed: 1,
    replications,
    engine: 'exact',
    confidence: 0.95,
    baseline: names[0]!,
    policies,
  };
}
