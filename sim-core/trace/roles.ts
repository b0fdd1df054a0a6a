import type { RecordedUnit } from './recorded-unit.ts';

/** What a recorded series is, for a model. */
export const seriesRoles = [
  'demand',
  'replicas',
  'desired-replicas',
  'latency',
  'cpu',
  'memory',
  'errors',
  'queue',
  'cost',
  'other',
] as const;
export type SeriesRole = (typeof seriesRoles)[number];

/** What of its bucket a value is. */
export const seriesStatistics = ['value', 'mean', 'min', 'max', 'p50', 'p90', 'p95', 'p99'] as const;
export type SeriesStatistic = (typeof seriesStatistics)[number];

interface RoleGuess {
  readonly role: SeriesRole;
  readonly statistic: SeriesStatistic;
}

/** In the order in which they are asked: a `failed_requests_total` counts errors, not demand. */
const rolesByName: readonly (readonly [RegExp, SeriesRole])[] = [
  [
    /desired.?(replicas|capacity|instances|count)|(replicas|capacity|instances).?desired|spec_replicas/i,
    'desired-replicas',
  ],
  [/(^|[^a-z])(replicas?|instances?|pods?)($|[^a-z])|capacity|nodes?$/i, 'replicas'],
  [/fail|error|5xx|4xx|429|reject|refus|throttl|drop|timeouts?$/i, 'errors'],
  [
    /latenc|duration|response.?time|elapsed|sojourn|(^|[^a-z])(rt|ttfb|p(50|90|95|99))($|[^a-z])|percentile/i,
    'latency',
  ],
  [/cpu|(^|[^a-z])util/i, 'cpu'],
  [/mem(ory)?($|[^a-z])|heap|rss/i, 'memory'],
  [/queue|backlog|pending|in.?flight|waiting|outstanding/i, 'queue'],
  [/cost|price|spend|usd|eur|dollar/i, 'cost'],
];

const statisticsByName: readonly (readonly [RegExp, SeriesStatistic])[] = [
  [/(^|[^a-z0-9])p?99(th|%|\.0)?($|[^a-z0-9.])|percentile.?99/i, 'p99'],
  [/(^|[^a-z0-9])p?95(th|%)?($|[^a-z0-9.])/i, 'p95'],
  [/(^|[^a-z0-9])p?90(th|%)?($|[^a-z0-9.])/i, 'p90'],
  [/(^|[^a-z0-9])p?50(th|%)?($|[^a-z0-9.])|median/i, 'p50'],
  [/(^|[^a-z])(avg|mean|average)($|[^a-z])/i, 'mean'],
  [/(^|[^a-z])max(imum)?($|[^a-z])/i, 'max'],
  [/(^|[^a-z])min(imum)?($|[^a-z])/i, 'min'],
];

/** What a column or metric probably is, by its name; `other` and `value` where the name does not tell. Never `demand`. */
export function roleFromName(name: string): RoleGuess {
  const role = rolesByName.find(([pattern]) => pattern.test(name))?.[1] ?? 'other';
  return { role, statistic: statisticFromName(name) };
}

export function statisticFromName(name: string): SeriesStatistic {
  return statisticsByName.find(([pattern]) => pattern.test(name))?.[1] ?? 'value';
}

/** How several values of a series become one. */
export function aggregationOf(
  role: SeriesRole,
  statistic: SeriesStatistic,
  unit: RecordedUnit,
): 'sum' | 'mean' | 'max' | 'last' {
  if (statistic === 'max' || statistic.startsWith('p')) return 'max';
  if (role === 'replicas' || role === 'desired-replicas') return 'last';
  if (role === 'queue') return 'max';
  return unit === 'count' ? 'sum' : 'mean';
}
