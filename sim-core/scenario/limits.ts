import type { Issue } from '../issue.ts';
import { createDistribution } from '../random/registry.ts';
import { printDuration } from '../units/duration.ts';
import type { PolicyConfig, Scenario, Service } from './schema.ts';

/** Limits at which a run that cannot finish is stopped, with a result up to there. */
export const mostWaiting = 2_000_000;
export const mostArrivals = 1_000_000_000;
export const mostSlots = 5_000_000;
export const mostLives = 2_000_000;
/** Scrapes, and evaluations of a policy, in one run: some minutes. */
const mostTicks = 50_000_000;

/** One policy with what it starts from. */
export interface PolicyStart {
  readonly policy: PolicyConfig;
  readonly replicas: number;
  /** s between evaluations; Infinity for one that is never asked */
  readonly interval: number;
}

/**
 * What would not come to an end, or not fit into memory, and shows before a run begins: refused then, as a run is only
 * looked at when a row ends or metrics are scraped.
 */
export function checkLimits(scenario: Scenario, serviceName: string, starts: readonly PolicyStart[]): Issue[] {
  const service = scenario.services[serviceName]!;
  const at = ['services', serviceName];
  const most = starts.reduce((max, { replicas }) => Math.max(max, replicas), 0);
  return [
    ...slots(service, most, at),
    ...starts.flatMap((start, index) => ticks(scenario, service, start, index, at)),
    ...crashes(scenario, service, most, at),
    ...spells(scenario),
  ];
}

const refused = (code: string, path: Issue['path'], message: string): Issue[] => [
  { code, severity: 'error', path, message },
];

function slots({ concurrency }: Service, replicas: number, at: Issue['path']): Issue[] {
  if (replicas * concurrency <= mostSlots) return [];
  const message = `${replicas} replicas of ${concurrency} at once are ${replicas * concurrency} request slots; at most ${mostSlots} are simulated. Lower \`concurrency\`, or start with fewer replicas.`;
  return refused('too-many-slots', [...at, 'concurrency'], message);
}

function ticks(
  { horizon }: Scenario,
  service: Service,
  { policy, interval }: PolicyStart,
  index: number,
  at: Issue['path'],
): Issue[] {
  if (!Number.isFinite(interval)) return [];
  const tooOften = (what: string, every: number, path: Issue['path']) =>
    horizon / every <= mostTicks
      ? []
      : refused(
          'too-many-ticks',
          path,
          `${what} every ${printDuration(every)} over a horizon of ${printDuration(horizon)} is ${(horizon / every).toPrecision(3)} times; at most ${mostTicks} are simulated. Make it at least ${printDuration(Math.ceil((horizon / mostTicks) * 1000) / 1000)}, or shorten \`horizon\`.`,
        );
  const own = policy.metrics !== undefined;
  const metrics = policy.metrics ?? service.metrics;
  return [
    ...tooOften('Metrics scraped', metrics.scrapeInterval, own ? ['policies', index, 'metrics'] : [...at, 'metrics']),
    ...tooOften(`The policy \`${policy.name}\` asked`, interval, ['policies', index, 'controller']),
  ];
}

function crashes({ horizon }: Scenario, { replicas }: Service, most: number, at: Issue['path']): Issue[] {
  if (replicas.crash === undefined) return [];
  const cycle = replicas.crash.meanTimeBetween + createDistribution(replicas.startup).mean;
  const expected = (most * horizon) / cycle;
  if (expected <= mostLives) return [];
  const message = `About ${expected.toPrecision(3)} crashes would happen in one run; at most ${mostLives} are simulated. Raise \`meanTimeBetween\`, or shorten \`horizon\`.`;
  return refused('too-many-crashes', [...at, 'replicas', 'crash', 'meanTimeBetween'], message);
}

/** Changes of state of the processes that make spells, which every engine follows. */
function spells({ workload: { arrivals }, horizon }: Scenario): Issue[] {
  if (typeof arrivals !== 'object') return [];
  const { mmpp, selfSimilar } = arrivals;
  const changes =
    mmpp !== undefined
      ? (horizon * mmpp.meanTimes.length) / mmpp.meanTimes.reduce((sum, time) => sum + time, 0)
      : selfSimilar !== undefined
        ? (2 * selfSimilar.sources * horizon) / (selfSimilar.meanOn + selfSimilar.meanOff)
        : 0;
  if (changes <= mostArrivals) return [];
  const message = `Over this horizon the arrivals would change their state about ${changes.toPrecision(3)} times; at most ${mostArrivals} are simulated. Make the spells longer, or shorten \`horizon\`.`;
  return refused('workload-too-fine', ['workload', 'arrivals'], message);
}
