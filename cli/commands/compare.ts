import type { Command } from 'commander';
import { comparisonCsv, comparisonJson } from '../../sim-core/index.ts';
import { runPolicies } from '../comparison-run.ts';
import { differencesTable, estimatesTable, headline, reasonLines } from '../estimates-table.ts';
import { addRunOptions } from '../options.ts';
import type { RunFlags } from '../options.ts';
import { printJson } from '../print.ts';
import type { Session } from '../program.ts';
import { chosenPolicies, requireScenario, withBaseline, withSeed } from '../scenario-file.ts';

interface Flags extends RunFlags {
  readonly baseline?: string;
}

/** `headroom compare`: the policies on the same customers, and their paired differences to the baseline. */
export function addCompareCommand(program: Command, { host, colours }: Session): void {
  addRunOptions(program.command('compare'))
    .description('compare policies on the same customers, with paired differences to the baseline')
    .argument('<scenario>', 'scenario file, YAML or JSON')
    .argument('[policies...]', 'names of policies (default: all); the baseline always takes part')
    .option('-b, --baseline <name>', 'policy to compare with, instead of what the scenario says')
    .action(async (file: string, names: string[], _, command: Command) => {
      const flags = command.optsWithGlobals<Flags>();
      const { loaded } = await requireScenario(host, file, colours());
      const seeded = withBaseline(withSeed(loaded, flags.seed), flags.baseline);
      const chosen = chosenPolicies(seeded, [...names, ...flags.policy]);
      const baseline = seeded.scenario.compare.baseline ?? chosen[0];
      const policies = baseline === undefined || chosen.includes(baseline) ? chosen : [baseline, ...chosen];
      const comparison = await runPolicies(host, seeded, { ...flags, policies });
      if (flags.output === 'json') return printJson(host, comparisonJson(comparison));
      if (flags.output === 'csv') return host.stdout.write(comparisonCsv(comparison, { differences: true }));
      const { currency } = seeded.scenario.cost;
      const differences = differencesTable(comparison, currency);
      host.stdout.write(headline(comparison) + estimatesTable(comparison, seeded.scenario));
      if (differences !== '')
        host.stdout.write(
          `\n${differences}${comparison.replications > 1 ? '* more than chance: the interval leaves out zero\n' : ''}`,
        );
      const reasons = comparison.policies.map(reasonLines).join('');
      if (reasons !== '') host.stdout.write(`\n${reasons}`);
    });
}
