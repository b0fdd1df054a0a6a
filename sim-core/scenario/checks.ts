import { formatPath } from '../issue.ts';
import type { Issue } from '../issue.ts';
import { printDuration } from '../units/duration.ts';
import { nearestKey } from '../nearest-key.ts';
import type { PolicyConfig, Scenario } from './schema.ts';

/**
 * Rules that concern several places of a scenario at once, one function each. They also run when other parts of the
 * file are wrong, so that everything is reported together: a part that could not be read is absent.
 */
export type ScenarioParts = Partial<Omit<Scenario, 'policies'>> & {
  readonly policies?: readonly Partial<PolicyConfig>[];
};

type Check = (scenario: ScenarioParts) => Issue[];

/** More rows than this cannot be drawn or kept for many replications. */
export const mostRows = 500_000;

const error = (code: string, path: Issue['path'], message: string): Issue => ({
  code,
  severity: 'error',
  path,
  message,
});
const warning = (code: string, path: Issue['path'], message: string): Issue => ({
  code,
  severity: 'warning',
  path,
  message,
});

const warmupWithinHorizon: Check = ({ warmup, horizon }) =>
  warmup === undefined || warmup === 'auto' || horizon === undefined || warmup < horizon
    ? []
    : [
        error(
          'contradictory-bounds',
          ['warmup'],
          `\`warmup\` (${printDuration(warmup)}) must be shorter than \`horizon\` (${printDuration(horizon)}): nothing would be left to summarise.`,
        ),
      ];

const windowWithinHorizon: Check = ({ slo, horizon }) =>
  slo === undefined || horizon === undefined || slo.window <= horizon
    ? []
    : [
        error(
          'contradictory-bounds',
          ['slo', 'window'],
          `\`window\` (${printDuration(slo.window)}) is longer than \`horizon\` (${printDuration(horizon)}): no window would ever be judged.`,
        ),
      ];

const windowOfWholeRows: Check = ({ slo, recordingInterval }) => {
  if (slo === undefined || recordingInterval === undefined) return [];
  const rows = slo.window / recordingInterval;
  if (rows >= 1 && Math.abs(rows - Math.round(rows)) < 1e-9 * rows) return [];
  const message = `\`slo.window\` (${printDuration(slo.window)}) must be a whole multiple of \`recordingInterval\` (${printDuration(recordingInterval)}): windows are judged from recorded rows.`;
  return [error('contradictory-bounds', ['recordingInterval'], message)];
};

const boundedRows: Check = ({ horizon, recordingInterval, slo }) => {
  const interval = recordingInterval ?? slo?.window;
  if (horizon === undefined || interval === undefined || horizon / interval <= mostRows) return [];
  const path = recordingInterval === undefined ? ['horizon'] : ['recordingInterval'];
  const rows = Math.ceil(horizon / interval);
  const least = printDuration(Math.ceil(horizon / mostRows));
  return [
    error(
      'too-many-rows',
      path,
      `A horizon of ${printDuration(horizon)} recorded every ${printDuration(interval)} gives ${rows} rows; at most ${mostRows} are kept. Set \`recordingInterval\` to ${least} or more, or shorten \`horizon\`.`,
    ),
  ];
};

const oneService: Check = ({ services }) => {
  if (services === undefined) return [];
  const names = Object.keys(services);
  if (names.length === 1) return [];
  if (names.length === 0)
    return [
      error('missing-key', ['services'], 'Describe one service under `services`, such as `services: {checkout: {…}}`.'),
    ];
  return names
    .slice(1)
    .map((name) =>
      error(
        'not-supported',
        ['services', name],
        `A scenario has one service so far; \`${names[0]}\` is the first. Move \`${name}\` to a scenario of its own.`,
      ),
    );
};

const distinctPolicyNames: Check = ({ policies = [] }) => {
  const seen = new Map<string, number>();
  return policies.flatMap(({ name }, index) => {
    if (name === undefined) return [];
    const first = seen.get(name);
    if (first === undefined) seen.set(name, index);
    return first === undefined
      ? []
      : [
          error(
            'duplicate-name',
            ['policies', index, 'name'],
            `The name \`${name}\` is already taken by \`${formatPath(['policies', first])}\`. Give every policy its own name.`,
          ),
        ];
  });
};

const baselineExists: Check = ({ compare, policies }) => {
  const baseline = compare?.baseline;
  const names = policies?.flatMap(({ name }) => (name === undefined ? [] : [name])) ?? [];
  if (baseline === undefined || names.length === 0 || names.includes(baseline)) return [];
  const nearest = nearestKey(baseline, names);
  const hint =
    nearest === undefined
      ? `Policies: ${names.map((name) => `\`${name}\``).join(', ')}.`
      : `Did you mean \`${nearest}\`?`;
  return [error('unknown-name', ['compare', 'baseline'], `No policy is called \`${baseline}\`. ${hint}`)];
};

const livePolicyExists: Check = ({ recorded, policies }) => {
  const live = recorded?.policy;
  const names = policies?.flatMap(({ name }) => (name === undefined ? [] : [name])) ?? [];
  if (live === undefined || names.length === 0 || names.includes(live)) return [];
  const nearest = nearestKey(live, names);
  const hint = nearest === undefined ? `Name the one that was live.` : `Did you mean \`${nearest}\`?`;
  return [error('unknown-name', ['recorded', 'policy'], `No policy is called \`${live}\`. ${hint}`)];
};

const judgedPartExists: Check = ({ recorded, horizon }) => {
  if (recorded === undefined || horizon === undefined) return [];
  const { from = 0, to = horizon } = recorded;
  if (from < Math.min(to, horizon)) return [];
  const message = `Nothing is left to judge: the part begins at ${printDuration(from)} and ends at ${printDuration(Math.min(to, horizon))}.`;
  return [error('contradictory-bounds', ['recorded', 'from'], message)];
};

/** Whether there is anything at a path such as `services.checkout.serviceTime` or `policies[0].controller`. */
const isPlace = (parts: unknown, path: string): boolean => {
  let node = parts;
  for (const key of path.split(/[.[\]]+/).filter((each) => each !== '')) {
    if (node === null || typeof node !== 'object' || !Object.hasOwn(node, key)) return false;
    node = (node as Readonly<Record<string, unknown>>)[key];
  }
  return true;
};

const provenanceOfSomething: Check = (parts) =>
  Object.keys(parts.provenance ?? {}).flatMap((path) =>
    isPlace(parts, path)
      ? []
      : [
          warning(
            'unknown-name',
            ['provenance', path],
            `There is nothing at \`${path}\`, so where it came from says nothing. Correct the path or remove this.`,
          ),
        ],
  );

const drainTimeNeedsBacklog: Check = ({ slo }) =>
  slo?.drainTime === undefined || slo.maxBacklog !== undefined
    ? []
    : [
        error(
          'missing-key',
          ['slo', 'maxBacklog'],
          '`drainTime` limits how long the backlog may stay above `maxBacklog`: add `maxBacklog`, such as `maxBacklog: 100`.',
        ),
      ];

const orderedLatencies: Check = ({ slo }) => {
  const stated = (['p50', 'p95', 'p99'] as const).flatMap((key) =>
    slo?.[key] === undefined ? [] : [{ key, seconds: slo[key] }],
  );
  return stated.slice(1).flatMap(({ key, seconds }, index) => {
    const lower = stated[index];
    if (lower === undefined || seconds >= lower.seconds) return [];
    return [
      warning(
        'contradictory-bounds',
        ['slo', key],
        `\`${key}\` (${printDuration(seconds)}) is stricter than \`${lower.key}\` (${printDuration(lower.seconds)}), which therefore never decides. Check whether the two were swapped.`,
      ),
    ];
  });
};

const guardBounds: Check = ({ policies = [] }) =>
  policies.flatMap(({ guards }, index) => {
    const { min, max } = guards?.bounds ?? {};
    if (min === undefined || max === undefined || min <= max) return [];
    return [
      error(
        'contradictory-bounds',
        ['policies', index, 'guards', 'bounds', 'min'],
        `\`min\` (${min}) is more than \`max\` (${max}). Swap them, or raise \`max\`.`,
      ),
    ];
  });

const hysteresisBand: Check = ({ policies = [] }) =>
  policies.flatMap(({ guards }, index) => {
    const band = guards?.hysteresis;
    if (band === undefined || band.down < band.up) return [];
    return [
      error(
        'contradictory-bounds',
        ['policies', index, 'guards', 'hysteresis', 'down'],
        '`down` must lie below `up`: between the two nothing happens, which is what keeps the policy from flapping.',
      ),
    ];
  });

const budgetNeedsPrice: Check = ({ policies = [], cost }) => {
  if (cost === undefined || cost.perReplicaHour > 0) return [];
  return policies.flatMap(({ guards }, index) =>
    guards?.budget === undefined
      ? []
      : [
          error(
            'missing-key',
            ['policies', index, 'guards', 'budget'],
            'A budget needs the price of a replica. Add `cost: {perReplicaHour: …}`, or remove the guard.',
          ),
        ],
  );
};

const budgetBuysOne: Check = ({ policies = [], cost }) => {
  const price = cost?.perReplicaHour ?? 0;
  return policies.flatMap(({ guards }, index) => {
    const perHour = guards?.budget?.perHour;
    if (perHour === undefined || price <= perHour) return [];
    return [
      error(
        'contradictory-bounds',
        ['policies', index, 'guards', 'budget', 'perHour'],
        `\`perHour\` (${perHour}) does not pay for one replica (${price} an hour). Raise it to ${price} or more.`,
      ),
    ];
  });
};

const replicationsInOrder: Check = ({ replications }) =>
  typeof replications !== 'object' || replications.min <= replications.max
    ? []
    : [
        error(
          'contradictory-bounds',
          ['replications', 'min'],
          `\`min\` (${replications.min}) is more than \`max\` (${replications.max}). Swap them, or raise \`max\`.`,
        ),
      ];

const preciseAboutSomething: Check = ({ replications, slo }) => {
  if (typeof replications !== 'object' || replications.until.metric !== 'sloAttainment' || slo === undefined) return [];
  if ([slo.mean, slo.p50, slo.p95, slo.p99, slo.maxBacklog].some((objective) => objective !== undefined)) return [];
  const message =
    '`sloAttainment` needs an objective that windows are judged by: add one under `slo`, such as `p95: 500ms`, or name another number.';
  return [error('missing-key', ['replications', 'until', 'metric'], message)];
};

export const scenarioChecks: readonly Check[] = [
  warmupWithinHorizon,
  windowWithinHorizon,
  windowOfWholeRows,
  boundedRows,
  oneService,
  distinctPolicyNames,
  baselineExists,
  livePolicyExists,
  judgedPartExists,
  provenanceOfSomething,
  drainTimeNeedsBacklog,
  orderedLatencies,
  guardBounds,
  hysteresisBand,
  budgetNeedsPrice,
  budgetBuysOne,
  replicationsInOrder,
  preciseAboutSomething,
];
