import type { Command } from 'commander';
import { formatPath, parseScenario, validationJson, writeCsv } from '../../sim-core/index.ts';
import { issueText } from '../issue-text.ts';
import type { GlobalOptions } from '../options.ts';
import { printJson } from '../print.ts';
import type { Session } from '../program.ts';
import { readScenarioFile } from '../scenario-file.ts';
import { UserError } from '../user-error.ts';
import type { FileIssues } from '../user-error.ts';

/** Where the calibrated values of a valid file come from, a line each. */
function provenanceText({ file, text }: FileIssues): string {
  const provenance = text === undefined ? undefined : parseScenario(text, file).scenario?.provenance;
  return Object.entries(provenance ?? {})
    .map(([path, { value, low, high, method, source, points, date }]) => {
      const interval = low === undefined || high === undefined ? '' : ` (${low} to ${high})`;
      const rests = points === undefined ? '' : `, ${points} values`;
      return `  ${path}: ${value}${interval}, ${method}${rests}${source === undefined ? '' : `, from ${source}`}${date === undefined ? '' : `, ${date}`}\n`;
    })
    .join('');
}

/** `headroom validate`: everything that is wrong with scenario files, traces included. */
export function addValidateCommand(program: Command, { host, colours, exitWith }: Session): void {
  program
    .command('validate')
    .description('say everything that is wrong with scenario files; exit with 2 if anything is')
    .argument('<files...>', 'scenario files, YAML or JSON')
    .action(async (names: string[], _, command: Command) => {
      const { output } = command.optsWithGlobals<GlobalOptions>();
      const files: FileIssues[] = [];
      for (const file of names) files.push(await issuesOf(file));
      const invalid = (file: FileIssues): boolean => file.issues.some(({ severity }) => severity === 'error');
      if (files.some(invalid)) exitWith(2);
      if (output === 'json') return printJson(host, validationJson(files));
      if (output === 'csv') {
        const rows = files.flatMap(({ file, issues }) =>
          issues.map((issue) => [
            issue.file ?? file,
            issue.line,
            issue.column,
            issue.severity,
            issue.code,
            formatPath(issue.path),
            issue.message,
          ]),
        );
        return host.stdout.write(
          writeCsv([['file', 'line', 'column', 'severity', 'code', 'path', 'message'], ...rows]),
        );
      }
      for (const file of files) {
        host.stderr.write(issueText(file, colours()));
        if (!invalid(file)) host.stdout.write(`${file.file}: valid\n${provenanceText(file)}`);
      }
    });

  /** A file that cannot be read is an issue of that file, so that the others are still looked at. */
  async function issuesOf(file: string): Promise<FileIssues> {
    try {
      return (await readScenarioFile(host, file)).found;
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return { file, issues: [{ code: 'file-unreadable', severity: 'error', path: [], message: error.message }] };
    }
  }
}
