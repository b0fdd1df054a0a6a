import { InvalidArgumentError, Option } from 'commander';
import type { Command } from 'commander';
import {
  createSelection,
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
      const selection = createSelection(seeded, {
        policies,
        metric,
        probability: flags.probability,
        indifference,
        firstStage: first,
        most,
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

function tableOf({ scenario, metric, probability: promised, indifference, best, policies }: SelectionResult): string {
  const measure = measureOf(metric);
  const zone = estimateText({ mean: indifference, halfWidth: NaN }, measure);
  const verdict =
    best === null
      ? 'undecided: the policies still in it are not told apart; allow more replications with --most, or a wider --indifference'
      : `${best}, with a probability of at least ${+(100 * promised).toFixed(3)} % if it is better than every other by ${zone} or more`;
  const rows = policies.map(({ policy, observations, estimate, eliminatedAfter }) => [
    policy,
    estimateText(estimate, measure),
    String(observations),
    eliminatedAfter === null ? (policy === best ? 'best' : 'still in it') : `screened out after ${eliminatedAfter}`,
  ]);
  const columns = [
    { title: 'policy' },
    { title: metric, align: 'right' as const },
    { title: 'observations', align: 'right' as const },
    { title: 'outcome' },
  ];
  return `${scenario}: best by ${metric}: ${verdict}\n\n${renderTable(columns, rows)}`;
}

function csvOf({ best, policies, reality }: SelectionResult): string {
  const rows = policies.map(({ policy, observations, estimate, eliminatedAfter }) => [
    policy,
    policy === best,
    observations,
    estimate.mean,
    estimate.halfWidth,
    eliminatedAfter,
  ]);
  return writeCsv(
    withRealityColumn([['policy', 'best', 'observations', 'mean', 'halfWidth', 'eliminatedAfter'], ...rows], reality),
  );
}
