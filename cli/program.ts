import { Command, CommanderError } from 'commander';
import { createColors } from 'picocolors';
import packageJson from '../package.json' with { type: 'json' };
import { addAlertsCommand } from './commands/alerts.ts';
import { addCalibrateCommand } from './commands/calibrate.ts';
import { addCheckCommand } from './commands/check.ts';
import { addCompareCommand } from './commands/compare.ts';
import { addConformanceCommand } from './commands/conformance.ts';
import { addExplainCommand } from './commands/explain.ts';
import { addExportCommand } from './commands/export.ts';
import { addFitCommand } from './commands/fit.ts';
import { addFetchCommand } from './commands/fetch.ts';
import { addImportCommand } from './commands/import.ts';
import { addMapCommand } from './commands/map.ts';
import { addRealityCheckCommand } from './commands/reality-check.ts';
import { addRunCommand } from './commands/run.ts';
import { addScalabilityCommand } from './commands/scalability.ts';
import { addSchemaCommand } from './commands/schema.ts';
import { addSizeCommand } from './commands/size.ts';
import { addTheoryCommand } from './commands/theory.ts';
import { addSelectCommand } from './commands/select.ts';
import { addWarmupCommand } from './commands/warmup.ts';
import { addValidateCommand } from './commands/validate.ts';
import type { Host } from './host.ts';
import { issueText } from './issue-text.ts';
import { addGlobalOptions } from './options.ts';
import { Interrupted, UserError } from './user-error.ts';

/** What the process ends with: 0 done, 1 a check failed, 2 something to mend in what was given, 130 interrupted, 70 a bug. */
type ExitCode = number;

/** What a command needs beside its own arguments. */
export interface Session {
  readonly host: Host;
  /** whether messages on stderr may be coloured */
  colours(): boolean;
  /** ends the program with this code instead of 0 */
  exitWith(code: ExitCode): void;
}

/**
 * Runs one command line. Results go to stdout, everything else to stderr; never throws for anything a person did.
 *
 * @param words without the program's own name
 */
export async function runCommandLine(words: readonly string[], host: Host): Promise<ExitCode> {
  let exitCode: ExitCode = 0;
  const program = new Command('headroom');
  const colours = (): boolean => program.opts<{ color: boolean }>().color && host.stderr.colours;
  const session: Session = { host, colours, exitWith: (code) => (exitCode = code) };
  addGlobalOptions(program)
    .description('Would this scaling policy have worked, what would it have cost, and would it have flapped?')
    .version(packageJson.version)
    .showHelpAfterError('(--help shows what may be given)')
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => host.stdout.write(text),
      writeErr: (text) => host.stderr.write(text),
      getOutHasColors: () => host.stdout.colours,
      getErrHasColors: () => host.stderr.colours,
    })
    .exitOverride();
  for (const add of [
    addRunCommand,
    addCompareCommand,
    addCheckCommand,
    addExplainCommand,
    addAlertsCommand,
    addMapCommand,
    addValidateCommand,
    addSchemaCommand,
    addTheoryCommand,
    addSizeCommand,
    addImportCommand,
    addFetchCommand,
    addFitCommand,
    addCalibrateCommand,
    addScalabilityCommand,
    addRealityCheckCommand,
    addExportCommand,
    addConformanceCommand,
    addSelectCommand,
    addWarmupCommand,
  ]) {
    add(program, session);
  }
  try {
    await program.parseAsync(words, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    const paint = createColors(colours());
    if (error instanceof Interrupted) {
      host.stderr.write('interrupted\n');
      return 130;
    }
    if (error instanceof UserError) {
      if (error.message !== '') host.stderr.write(`${paint.red('error')}: ${error.message}\n`);
      for (const file of error.files) host.stderr.write(issueText(file, colours()));
      return 2;
    }
    const message = error instanceof Error ? error.message : String(error);
    host.stderr.write(`${paint.red('error')}: ${message}\nThis is a fault of headroom, not of your file.\n`);
    return 70;
  }
}
