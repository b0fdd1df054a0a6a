import type { Command } from 'commander';
import { conformanceJson, conformanceMarkdown, conformanceTotals, runVectors, writeCsv } from '../../sim-core/index.ts';
import type { FamilyReport } from '../../sim-core/index.ts';
import { readText } from '../files.ts';
import type { GlobalOptions } from '../options.ts';
import { printJson } from '../print.ts';
import type { Session } from '../program.ts';
import { renderTable } from '../table.ts';
import { UserError } from '../user-error.ts';

/** `headroom conformance`: cases of the real autoscalers put to the ones here. */
export function addConformanceCommand(program: Command, { host, exitWith }: Session): void {
  program
    .command('conformance')
    .description('put vector files of real autoscalers to the ones here; exit with 1 if a case fails')
    .argument('[files...]', 'vector files, JSON')
    .option('--markdown', 'print only the totals, as a Markdown table')
    .action(async (names: string[], { markdown }: { markdown?: true }, command: Command) => {
      if (names.length === 0) {
        throw new UserError(
          'Name the vector files, such as `headroom conformance vectors/*.json`. None come with the program.',
        );
      }
      const { output } = command.optsWithGlobals<GlobalOptions>();
      const families: FamilyReport[] = [];
      const problems: string[] = [];
      for (const name of names) {
        const outcome = runVectors(name, await readText(host.directory, name));
        if ('problem' in outcome) problems.push(outcome.problem);
        else families.push(outcome.report);
      }
      if (families.length === 0) throw new UserError(problems.join('\n'));
      // An index beside the vector files is named with them by a wildcard: said, and no reason to stop.
      for (const problem of problems) host.stderr.write(`warning: left out: ${problem}\n`);
      const totals = conformanceTotals(families);
      if (totals.failed > 0) exitWith(1);
      if (markdown === true) return host.stdout.write(conformanceMarkdown(families));
      if (output === 'json') return printJson(host, conformanceJson(families));
      if (output === 'csv') return host.stdout.write(writeCsv(csvRows(families)));
      host.stdout.write(tableText(families, totals));
    });
}

function csvRows(families: readonly FamilyReport[]): string[][] {
  const rows = families.flatMap(({ file, passed, failed, notApplicable }) => [
    [file, '', 'passed', String(passed), '', '', ''],
    ...failed.map(({ name, expected, actual }) => [
      file,
      name,
      'failed',
      '1',
      JSON.stringify(expected),
      JSON.stringify(actual),
      '',
    ]),
    ...notApplicable.map(({ name, reason }) => [file, name, 'not applicable', '1', '', '', reason]),
  ]);
  return [['file', 'name', 'outcome', 'cases', 'expected', 'actual', 'reason'], ...rows];
}

function tableText(families: readonly FamilyReport[], totals: ReturnType<typeof conformanceTotals>): string {
  const row = (file: string, passed: number, failed: number, notApplicable: number): string[] => [
    file,
    String(passed),
    String(failed),
    String(notApplicable),
  ];
  const table = renderTable(
    [
      { title: 'file' },
      { title: 'passed', align: 'right' },
      { title: 'failed', align: 'right' },
      { title: 'not applicable', align: 'right' },
    ],
    [
      ...families.map(({ file, passed, failed, notApplicable }) =>
        row(file, passed, failed.length, notApplicable.length),
      ),
      row('all', totals.passed, totals.failed, totals.notApplicable),
    ],
  );
  const remarks = families.flatMap(({ file, failed, notApplicable }) => [
    ...failed.map(
      ({ name, expected, actual }) =>
        `failed: ${file}: ${name}\n  expected ${JSON.stringify(expected)}\n  actual   ${JSON.stringify(actual)}\n`,
    ),
    ...together(notApplicable).map(([reason, count]) => `not applicable: ${file}: ${count} × ${reason}\n`),
  ]);
  return remarks.length === 0 ? table : `${table}\n${remarks.join('')}`;
}

/** Reasons with how often each is given. */
function together(notApplicable: FamilyReport['notApplicable']): [string, number][] {
  const counts = new Map<string, number>();
  for (const { reason } of notApplicable) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts];
}
