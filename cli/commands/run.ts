import type { Command } from 'commander';
import { comparisonCsv, resultCsv, resultJson } from '../../sim-core/index.ts';
import { runPolicies } from '../comparison-run.ts';
import { estimatesTable, headline, reasonLines } from '../estimates-table.ts';
import { addRunOptions } from '../options.ts';
import type { RunFlags } from '../options.ts';
import { printJson } from '../print.ts';
import type { Session } from '../program.ts';
import { chosenPolicies, requireScenario, withSeed } from '../scenario-file.ts';

interface Flags extends RunFlags {
  readonly columns?: boolean;
  readonly decisions?: boolean;
}

/** `headroom run`: every policy for itself; the rows behind the numbers when asked. */
export function addRunCommand(program: Command, { host, colours }: Session): void {
  addRunOptions(program.command('run'))
    .description('simulate a scenario and print what each policy gave')
    .argument('<scenario>', 'scenario file, YAML or JSON')
    .argument('[policies...]', 'names of policies (default: all)')
    .option('--columns', 'with json and csv: the recorded rows of replication 0, too')
    .option('--decisions', 'with json: the decision log and the replica lives of replication 0, too')
    .action(async (file: string, names: string[], _, command: Command) => {
      const flags = command.optsWithGlobals<Flags>();
      const { loaded } = await requireScenario(host, file, colours());
      const seeded = withSeed(loaded, flags.seed);
      const policies = chosenPolicies(seeded, [...names, ...flags.policy]);
      const comparison = await runPolicies(host, seeded, { ...flags, policies });
      if (flags.output === 'json') {
        printJson(
          host,
          resultJson(comparison, { columns: flags.columns === true, decisions: flags.decisions === true }),
        );
      } else if (flags.output === 'csv') {
        const runs = comparison.policies.map(({ example }) => example);
        host.stdout.write(
          flags.columns === true
            ? resultCsv(runs, seeded.scenario.start, comparison.reality)
            : comparisonCsv(comparison, { differences: false }),
        );
      } else {
        host.stdout.write(headline(comparison) + estimatesTable(comparison, seeded.scenario));
        const reasons = comparison.policies.map(reasonLines).join('');
        if (reasons !== '') host.stdout.write(`\n${reasons}`);
      }
    });
}
