import { InvalidArgumentError, Option } from 'commander';
import type { Command } from 'commander';
import {
  createSelection,
  judgedObjectives,
  parseFraction,
  rankedMetricNames,
  readPrecision,
  selectionJson,
  withRealityColumn,
  writeCsv,
} from '../../sim-core/index.ts';
import type { PrecisionMetric, SelectionResult } from '../../sim-core/index.ts';
import { runOnPool } from '../comparison-run.ts';
import { estimateText } from '../estimate-text.ts';
import { addRunOptions, wholeNumber } from '../options.ts';
import type { RunFlags } from '../options.ts';
import { printJson } from '../print.ts';
import type { Session } from '../program.ts';
import { chosenPolicies, requireScenario, withSeed } from '../scenario-file.ts';
import { renderTable } from '../table.ts';
import { UserError } from '../user-error.ts';

interface Flags extends RunFlags {
  readonly metric: PrecisionMetric;
  readonly probability: number;
  readonly indifference: string;
  readonly first: number;
  readonly most: number;
  readonly slo?: boolean;
  readonly tolerance: number;
}

/** `headroom select`: the best of many policies, with a stated probability of being right. */
export function addSelectCommand(program: Command, { host, colours }: Session): void {
  addRunOptions(program.command('select'))
    .description('find the best policy with a stated probability, by the procedure of Kim and Nelson')
    .argument('<scenario>', 'scenario file, YAML or JSON')
    .argument('[policies...]', 'names of policies (default: all)')
    .addOption(new Option('-m, --metric <name>', 'what is best').choices(rankedMetricNames).default('cost'))
    .option('--probability <share>', 'of selecting the best', probability, 0.95)
    .option('--indifference <amount>', 'smallest difference worth finding: 5% of the best, 10ms, or a number', '5%')
    .option('--slo', 'select only among policies that keep every objective of the scenario')
    .option(
      '--tolerance <share>',
      'with --slo: how near to an objective either verdict will do, of its budget',
      share,
      0.25,
    )
    .option('--first <count>', 'replications of the first stage', wholeNumber(2, 1000), 10)
    .option('--most <count>', 'replications after which it ends undecided', wholeNumber(2, 1000), 500)
    .action(async (file: string, names: string[], _, command: Command) => {
      const flags = command.optsWithGlobals<Flags>();
      const { metric, first } = flags;
      const { loaded } = await requireScenario(host, file, colours());
      const seeded = withSeed(loaded, flags.seed);
      const policies = chosenPolicies(seeded, [...names, ...flags.policy]);
      if (policies.length < 2) throw new UserError('Name at least two policies: of one there is nothing to select.');
      const indifference = readPrecision(metric, flags.indifference);
      if (typeof indifference === 'string') throw new UserError(`--indifference: ${indifference}.`);
      const most = Math.max(flags.most, first);
      if (flags.slo === true && judgedObjectives(seeded.scenario.slo, flags.tolerance).length === 0) {
        throw new UserError('The scenario states no objective to keep. Write one under `slo`, such as `p95: 500ms`.');
      }
      const selection = createSelection(seeded, {
        policies,
        metric,
        probability: flags.probability,
        indifference,
        firstStage: first,
        most,
        ...(flags.slo === true && { objectiveTolerance: flags.tolerance }),
      });
      await runOnPool(host, seeded, selection, flags.workers);
      const result = selection.result();
      if (flags.output === 'json') return printJson(host, selectionJson(result));
      if (flags.output === 'csv') return host.stdout.write(csvOf(result));
      host.stdout.write(tableOf(result));
    });
}

function probability(text: string): number {
  const value = parseFraction(text);
  if (value !== undefined && value > 0.5 && value < 1) return value;
  throw new InvalidArgumentError('Give a share above 50% and below 100%, such as 95%.');
}

function share(text: string): number {
  const value = parseFraction(text);
  if (value !== undefined && value > 0 && value < 1) return value;
  throw new InvalidArgumentError('Give a share above 0% and below 100%, such as 25%.');
}

const measureOf = (metric: PrecisionMetric) =>
  metric.startsWith('latency') || metric === 'waitingTimeMean'
    ? 'seconds'
    : metric === 'cost'
      ? 'money'
      : metric === 'replicaHours'
        ? 'hours'
        : ['sloAttainment', 'availability', 'delayProbability'].includes(metric)
          ? 'share'
          : 'count';

function tableOf(result: SelectionResult): string {
  const { scenario, metric, best, policies, objectives } = result;
  const measure = measureOf(metric);
  const rows = policies.map(({ policy, observations, estimate, eliminatedAfter, keepsObjectives }) => [
    policy,
    estimateText(estimate, measure),
    String(observations),
    keepsObjectives === false
      ? `misses an objective, found after ${observations}`
      : eliminatedAfter !== null
        ? `screened out after ${eliminatedAfter}`
        : policy === best
          ? 'best'
          : keepsObjectives === null
            ? 'still in it, whether it keeps the objectives is open'
            : 'still in it',
  ]);
  const columns = [
    { title: 'policy' },
    { title: metric, align: 'right' as const },
    { title: 'observations', align: 'right' as const },
    { title: 'outcome' },
  ];
  const kept = (objectives ?? []).map(
    ({ name, limit, tolerance }) =>
      `${name} ${+limit.toPrecision(6)} (either verdict within ${+tolerance.toPrecision(3)})`,
  );
  const among = kept.length === 0 ? '' : `among policies that keep ${kept.join(', ')}\n`;
  return `${scenario}: best by ${metric}: ${verdictOf(result)}\n${among}\n${renderTable(columns, rows)}`;
}

function verdictOf({
  metric,
  probability: promised,
  indifference,
  best,
  policies,
  objectives,
}: SelectionResult): string {
  const sure =
    promised === null
      ? 'without chance: every run of a policy gave the same,'
      : `with a probability of at least ${+(100 * promised).toFixed(3)} %`;
  if (best !== null) {
    const zone = estimateText({ mean: indifference, halfWidth: NaN }, measureOf(metric));
    const others = policies.filter(({ keepsObjectives }) => keepsObjectives !== false).length;
    return others < 2
      ? `${best}, ${sure} the only one that keeps the objectives`
      : `${best}, ${sure} if it is better than every other${objectives === undefined ? '' : ' that keeps the objectives'} by ${zone} or more`;
  }
  if (policies.every(({ keepsObjectives }) => keepsObjectives === false))
    return `none: no policy keeps the objectives, ${sure}`;
  return 'undecided: the policies still in it are not told apart; allow more replications with --most, or a wider --indifference';
}

function csvOf({ best, policies, objectives, reality }: SelectionResult): string {
  const rows = policies.map(({ policy, observations, estimate, eliminatedAfter, keepsObjectives }) => [
    policy,
    policy === best,
    observations,
    estimate.mean,
    estimate.halfWidth,
    eliminatedAfter,
    ...(objectives === undefined ? [] : [keepsObjectives]),
  ]);
  const titles = ['policy', 'best', 'observations', 'mean', 'halfWidth', 'eliminatedAfter'];
  if (objectives !== undefined) titles.push('keepsObjectives');
  return writeCsv(withRealityColumn([titles, ...rows], reality));
}
