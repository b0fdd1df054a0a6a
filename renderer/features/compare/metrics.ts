import {
  currencySymbol,
  exponentOf,
  formatFixed,
  noValue,
  summaryNames,
  summaryQuantities,
} from '../../../sim-core/index.ts';
import { wordsOf } from '../inspector/generic-fields.ts';
import type { Estimate, RunSummary } from '../../../sim-core/index.ts';

/** One column of the comparison. */
export interface Metric {
  readonly key: keyof RunSummary;
  readonly title: string;
  readonly help: string;
  /** null where neither is good or bad by itself */
  readonly better: 'higher' | 'lower' | null;
  /** `612 ms` */
  print(value: number): string;
  /** The half-width beside the mean, in the mean's unit: `18`. */
  printHalfWidth(halfWidth: number, mean: number): string;
  /** The signed difference: `−181`. */
  printDifference(difference: Estimate, mean: number): string;
}

const sign = (value: number, printed: string): string =>
  Number(printed.replaceAll(',', '')) === 0 ? printed : value > 0 ? `+${printed}` : `−${printed}`;

/** A number to so many decimals; one more when nothing would be left of it, none when there is nothing. */
function beside(value: number, decimals: number): string {
  if (value === 0) return '0';
  for (const digits of [decimals, decimals + 1]) {
    const text = formatFixed(value, digits);
    if (Number(text.replaceAll(',', '')) !== 0) return text;
  }
  return '0';
}

interface Scale {
  /** What the numbers are multiplied by to stand in the printed unit. */
  readonly factor: number;
  readonly decimals: number;
  /** Of the mean itself, where it needs none: `100 %`, `0`. */
  readonly meanDecimals?: number;
  readonly before?: string;
  readonly after?: string;
}

/** A metric whose mean, half-width and difference stand in one unit and end at the same digit. */
function scaled(scaleOf: (mean: number) => Scale): Pick<Metric, 'print' | 'printHalfWidth' | 'printDifference'> {
  return {
    print(mean) {
      if (!Number.isFinite(mean)) return Number.isNaN(mean) ? noValue : '∞';
      const { factor, decimals, meanDecimals = decimals, before = '', after = '' } = scaleOf(mean);
      return `${before}${formatFixed(mean * factor, meanDecimals)}${after}`;
    },
    printHalfWidth(halfWidth, mean) {
      const { factor, decimals } = scaleOf(mean);
      return beside(halfWidth * factor, decimals);
    },
    printDifference({ mean: difference, halfWidth }, mean) {
      const { factor, decimals } = scaleOf(mean);
      const text = sign(difference, beside(Math.abs(difference) * factor, decimals));
      return Number.isNaN(halfWidth) ? text : `${text} ± ${beside(halfWidth * factor, decimals)}`;
    },
  };
}

/** Decimals that make three significant digits. */
const threeDigits = (value: number): number => Math.max(0, 2 - exponentOf(value));

/** The unit that suits a time, so that it stays one number: `612 ms`, `2.18 s`, `2.12 min`. */
function timeScale(seconds: number): Scale {
  if (seconds === 0) return { factor: 1, decimals: 1, meanDecimals: 0, after: ' s' };
  const [factor, unit] =
    seconds < 0.9995 ? [1000, 'ms'] : seconds < 119.5 ? [1, 's'] : seconds < 7170 ? [1 / 60, 'min'] : [1 / 3600, 'h'];
  return { factor, decimals: threeDigits(seconds * factor), after: ` ${unit}` };
}

const share = scaled((mean) => ({
  factor: 100,
  decimals: 2,
  ...(mean === 0 || mean === 1 ? { meanDecimals: 0 } : {}),
  after: ' %',
}));
const requests = scaled((mean) => ({ factor: 1, decimals: mean < 10 && !Number.isInteger(mean) ? 1 : 0 }));
const events = scaled((mean) => ({ factor: 1, decimals: 1, ...(Number.isInteger(mean) ? { meanDecimals: 0 } : {}) }));
const time = scaled(timeScale);
const ratio = scaled((mean) => ({ factor: 1, decimals: threeDigits(mean || 1) }));
const moneyOf = (currency: string) =>
  scaled((mean) => ({ factor: 1, decimals: mean < 1000 ? 2 : 0, before: `${currencySymbol(currency)} ` }));

/** Metrics that are looked at together. The first group is always shown. */
export interface MetricGroup {
  readonly title: string;
  readonly metrics: readonly Metric[];
}

type Row = readonly [
  key: keyof RunSummary,
  title: string,
  better: Metric['better'],
  print: ReturnType<typeof scaled>,
  help: string,
];

/** Only of use where a scenario has nodes. */
export const nodeGroup = 'Nodes';

const groupRows = (currency: string): readonly (readonly [title: string, rows: readonly Row[]])[] => {
  const money = moneyOf(currency);
  return [
    [
      'Overview',
      [
        ['sloAttainment', 'SLO met', 'higher', share, 'Share of the SLO windows that met every objective'],
        [
          'latencyP95',
          'p95 latency',
          'lower',
          time,
          '95 % of the requests were answered within this time, over the whole run',
        ],
        ['maxBacklog', 'Max backlog', 'lower', requests, 'The most requests that waited at once'],
        [
          'replicaHours',
          'Replica-hours',
          'lower',
          scaled((mean) => ({ factor: 1, decimals: mean < 1000 ? 1 : 0 })),
          'Replicas paid for, start-up and draining included',
        ],
        ['cost', 'Cost', 'lower', money, 'Replicas, nodes, and SLO violations at their stated price'],
        [
          'flaps',
          'Flaps',
          'lower',
          events,
          'A scale-up followed by a scale-down within the flap window, or the reverse; mean over the replications',
        ],
      ],
    ],
    [
      'Latency',
      [
        ['latencyMean', 'Mean latency', 'lower', time, 'Mean time from arrival to answer'],
        ['latencyP50', 'p50 latency', 'lower', time, 'Half of the requests were answered within this time'],
        ['latencyP99', 'p99 latency', 'lower', time, '99 % of the requests were answered within this time'],
        ['waitingTimeMean', 'Mean wait', 'lower', time, 'Mean time before service began'],
        ['delayProbability', 'Had to wait', 'lower', share, 'Share of the requests that found no free slot'],
        ['queueLengthMean', 'Mean backlog', 'lower', ratio, 'Requests waiting, averaged over time'],
        ['finalBacklog', 'Final backlog', 'lower', requests, 'Requests waiting at the end'],
        ['drainTime', 'Longest backlog', 'lower', time, 'The longest stretch with a backlog above its objective'],
      ],
    ],
    [
      'Requests',
      [
        ['availability', 'Availability', 'higher', share, 'Share of the attempts that succeeded'],
        [
          'errorBudgetBurn',
          'Budget burnt',
          'lower',
          ratio,
          'Failures ÷ those the objective allows; above 1 the budget is spent',
        ],
        ['sloViolationMinutes', 'Minutes missed', 'lower', ratio, 'Minutes of SLO windows that missed an objective'],
        ['arrivals', 'Arrivals', null, requests, 'Attempts that arrived, retries included'],
        ['completed', 'Completed', null, requests, 'Attempts that were answered'],
        ['rejected', 'Rejected', 'lower', requests, 'Attempts that found the queue full'],
        ['timedOut', 'Timed out', 'lower', requests, 'Attempts that waited too long'],
        ['failed', 'Failed', 'lower', requests, 'Attempts that were lost with their replica'],
        ['retries', 'Retries', 'lower', requests, 'Attempts that were made again'],
      ],
    ],
    [
      'Capacity',
      [
        ['utilisation', 'Slots busy', null, share, 'Busy ÷ ready request slots'],
        ['cpuUtilisation', 'CPU', null, share, 'CPU use of ready replicas, of their request'],
        ['replicasMean', 'Mean replicas', 'lower', ratio, 'Replicas paid for, averaged over time'],
        ['replicasMax', 'Most replicas', 'lower', requests, 'The most replicas at once'],
        ['violationCost', 'Cost of misses', 'lower', money, 'SLO violations at their stated price'],
      ],
    ],
    [
      nodeGroup,
      [
        ['nodesMean', 'Mean nodes', 'lower', ratio, 'Nodes from ready to removed, averaged over time'],
        ['nodesMax', 'Most nodes', 'lower', requests, 'The most nodes at once'],
        ['nodeHours', 'Node-hours', 'lower', ratio, 'Nodes from ready to removed'],
        ['nodeCost', 'Cost of nodes', 'lower', money, 'The nodes alone, as they are billed'],
        [
          'unplacedReplicaSeconds',
          'Wait for nodes',
          'lower',
          time,
          'Replica-time for which no node had room, by the ends of the rows',
        ],
      ],
    ],
    [
      'Stability',
      [
        ['scalingEvents', 'Scalings', 'lower', events, 'Times the count asked for changed'],
        ['reversalsPerHour', 'Reversals / h', 'lower', ratio, 'Changes of direction an hour'],
        [
          'shortestOppositeGap',
          'Shortest turn',
          'higher',
          time,
          'The shortest time between two scalings in opposite directions',
        ],
        ['wastedReplicaSeconds', 'Wasted by flaps', 'lower', time, 'Replica-time that flaps have paid for'],
        ['thrashCost', 'Cost of flaps', 'lower', money, 'That replica-time at the price of a replica'],
        [
          'mostFlapsPerPeriod',
          'Flaps a period',
          'lower',
          events,
          'The most flaps within any period of the flap budget',
        ],
        [
          'oscillationPeriod',
          'Rhythm',
          null,
          time,
          'The period in which the count asked for goes up and down, if it has one',
        ],
        ['oscillationAmplitude', 'Swing', 'lower', ratio, 'Replicas either way in that rhythm'],
        [
          'settlingTime',
          'Settling time',
          'lower',
          time,
          'From a lasting step of the load until the ready replicas stay',
        ],
        ['overshoot', 'Overshoot', 'lower', share, 'How far the ready replicas went too far after a step, of the way'],
      ],
    ],
    [
      'Elasticity',
      [
        [
          'underProvisioningAccuracy',
          'Missing, θU',
          'lower',
          share,
          'Ready replicas missing ÷ needed ones, averaged over time',
        ],
        [
          'overProvisioningAccuracy',
          'Too many, θO',
          'lower',
          share,
          'Ready replicas too many ÷ needed ones, averaged over time',
        ],
        [
          'underProvisioningTimeshare',
          'Time short, τU',
          'lower',
          share,
          'Share of the time with too few ready replicas',
        ],
        [
          'overProvisioningTimeshare',
          'Time over, τO',
          'lower',
          share,
          'Share of the time with too many ready replicas',
        ],
        [
          'elasticityInstability',
          'Against, υ',
          'lower',
          share,
          'Share of the time in which ready and needed replicas moved in different directions',
        ],
        [
          'elasticityJitter',
          'Jitter / h',
          null,
          ratio,
          'Changes of the ready − changes of the needed replicas, an hour; below zero for a sluggish policy',
        ],
      ],
    ],
  ];
};

/** Every number of a summary, in groups. Money prints in the scenario's currency. */
export function metricGroupsOf(currency: string): readonly MetricGroup[] {
  const groups = groupRows(currency).map(([title, rows]) => ({
    title,
    metrics: rows.map(([key, name, better, print, help]): Metric => ({ key, title: name, help, better, ...print })),
  }));
  const known = new Set(groups.flatMap(({ metrics }) => metrics.map(({ key }) => key)));
  const printers = { fraction: share, seconds: time, money: moneyOf(currency) } as const;
  const others = summaryNames
    .filter((name) => !known.has(name))
    .map((key): Metric => {
      const quantity = summaryQuantities[key];
      const print = quantity in printers ? printers[quantity as keyof typeof printers] : ratio;
      return { key, title: wordsOf(key), help: wordsOf(key), better: null, ...print };
    });
  return others.length === 0 ? groups : [...groups, { title: 'More', metrics: others }];
}

/** The metrics that are always shown. */
export const metricsOf = (currency: string): readonly Metric[] => metricGroupsOf(currency)[0]?.metrics ?? [];

/** Whether an interval tells the two sides of zero apart: −1 below, 1 above, 0 when it cannot. */
export function significance({ mean, halfWidth }: Estimate): -1 | 0 | 1 {
  if (!Number.isFinite(mean) || !Number.isFinite(halfWidth) || Math.abs(mean) <= halfWidth || mean === 0) return 0;
  return mean < 0 ? -1 : 1;
}

/** Whether the difference is an improvement, a loss, or neither for sure. */
export function judgement(metric: Pick<Metric, 'better'>, difference: Estimate): 'better' | 'worse' | 'unsure' {
  const side = significance(difference);
  if (side === 0) return 'unsure';
  return metric.better === null ? 'unsure' : side > 0 === (metric.better === 'higher') ? 'better' : 'worse';
}
