import type { Command } from 'commander';
import { checkJson, junitXml, statesObjectives, verdictOf, withRealityColumn, writeCsv } from '../../sim-core/index.ts';
import { runPolicies } from '../comparison-run.ts';
import { writeAtomically } from '../files.ts';
import { addRunOptions } from '../options.ts';
import type { RunFlags } from '../options.ts';
import { printJson } from '../print.ts';
import type { Session } from '../program.ts';
import { chosenPolicies, requireScenario, withSeed } from '../scenario-file.ts';

interface Flags extends RunFlags {
  readonly junit?: string;
}

/** `headroom check`: for a pipeline; exit code 0 only when every policy named meets its limits. */
export function addCheckCommand(program: Command, { host, colours, exitWith }: Session): void {
  addRunOptions(program.command('check'))
    .description(
      'exit with 0 only if every policy meets the objectives and stability limits of the scenario, else with 1',
    )
    .argument('<scenario>', 'scenario file, YAML or JSON')
    .argument('[policies...]', 'names of policies (default: all)')
    .option('--junit <file>', 'write the verdicts as JUnit XML, too')
    .action(async (file: string, names: string[], _, command: Command) => {
      const flags = command.optsWithGlobals<Flags>();
      const started = host.now();
      const { loaded } = await requireScenario(host, file, colours());
      const seeded = withSeed(loaded, flags.seed);
      const policies = chosenPolicies(seeded, [...names, ...flags.policy]);
      if (!statesObjectives(seeded.scenario.slo)) {
        host.stderr.write(
          'warning: The scenario states no objective, so only stability is checked. Write one under `slo`, such as `p95: 500ms`.\n',
        );
      }
      const comparison = await runPolicies(host, seeded, { ...flags, policies });
      const verdicts = comparison.policies.map(verdictOf);
      if (flags.junit !== undefined) {
        const ran = { timestamp: new Date(started).toISOString(), seconds: (host.now() - started) / 1000 };
        await writeAtomically(host.directory, flags.junit, junitXml(comparison, ran));
      }
      if (verdicts.some(({ passed }) => !passed)) exitWith(1);
      if (flags.output === 'json') return printJson(host, checkJson(comparison));
      if (flags.output === 'csv') {
        const rows = verdicts.flatMap(({ policy, assertions }) =>
          assertions.map(({ name, passed, details }) => [policy, name, passed, details.join(' ')]),
        );
        const table = [['policy', 'assertion', 'passed', 'details'], ...rows];
        return host.stdout.write(writeCsv(withRealityColumn(table, comparison.reality)));
      }
      for (const { policy, passed, reasons } of verdicts) {
        host.stdout.write(
          `${passed ? 'pass' : 'FAIL'}  ${policy}\n${reasons.map((reason) => `      ${reason}\n`).join('')}`,
        );
      }
    });
}
