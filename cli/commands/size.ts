import type { Command } from 'commander';
import { formatAmount, sizingJson, workOutSizing, writeCsv } from '../../sim-core/index.ts';
import type { GlobalOptions } from '../options.ts';
import { printJson } from '../print.ts';
import type { Session } from '../program.ts';
import { requireScenario } from '../scenario-file.ts';
import { renderTable } from '../table.ts';
import { UserError } from '../user-error.ts';

/** `headroom size`: the sizing model of a scenario, with its arithmetic. */
export function addSizeCommand(program: Command, { host, colours, exitWith }: Session): void {
  program
    .command('size')
    .description('work out the sizing model of a scenario: what is needed of everything, and the arithmetic')
    .argument('<scenario>', 'scenario file with a `sizing` part, YAML or JSON')
    .action(async (file: string, _, command: Command) => {
      const { output } = command.optsWithGlobals<GlobalOptions>();
      const { loaded } = await requireScenario(host, file, colours());
      const { name, sizing, cost } = loaded.scenario;
      if (sizing === undefined) {
        throw new UserError(
          `${file} has no \`sizing\` part. Give it named inputs and formulas; docs/sizing.md shows how.`,
        );
      }
      const rows = workOutSizing(loaded);
      if (rows.some(({ problem }) => problem !== null)) exitWith(2);
      if (output === 'json') return printJson(host, sizingJson(name, cost.currency, rows));
      if (output === 'csv') {
        const cells = rows.map(({ name: result, value, unit, formula, problem }) => [
          result,
          value,
          unit,
          formula,
          problem,
        ]);
        return host.stdout.write(writeCsv([['result', 'value', 'unit', 'formula', 'problem'], ...cells]));
      }
      host.stdout.write(
        renderTable(
          [{ title: 'result' }, { title: 'needed', align: 'right' }, { title: 'arithmetic' }, { title: 'note' }],
          rows.map((row) => [
            row.name,
            formatAmount(row, cost.currency),
            row.problem === null ? row.arithmetic : `${row.arithmetic}: ${row.problem}`,
            row.note ?? '',
          ]),
        ),
      );
    });
}
