import { InvalidArgumentError, Option } from 'commander';
import type { Command } from 'commander';
import { parseDuration, parseRate } from '../sim-core/index.ts';

export type OutputFormat = 'table' | 'json' | 'csv';

/** Options that every command takes, before or after its name. */
export interface GlobalOptions {
  readonly output: OutputFormat;
  readonly color: boolean;
}

export interface RunFlags extends GlobalOptions {
  readonly policy: readonly string[];
  readonly replications?: number;
  readonly seed?: string | number;
  readonly workers?: number;
}

export function addGlobalOptions(command: Command): Command {
  return command
    .addOption(
      new Option('-o, --output <format>', 'how results are printed').choices(['table', 'json', 'csv']).default('table'),
    )
    .option('--no-color', 'no colours, even on a terminal');
}

export function addRunOptions(command: Command): Command {
  return command
    .option('-p, --policy <name>', 'only this policy; may be repeated', collect, [])
    .option(
      '-n, --replications <count>',
      'replications of each policy, instead of what the scenario says',
      wholeNumber(1, 1000),
    )
    .option('-s, --seed <seed>', 'seed, instead of what the scenario says', seed)
    .option(
      '-w, --workers <count>',
      'worker threads (default: one a core); the numbers do not depend on it',
      wholeNumber(1, 256),
    );
}

function collect(value: string, before: readonly string[]): string[] {
  return [...before, value];
}

export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`Give a whole number from ${least} to ${most}.`);
  };
}

export function positiveNumber(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value) && value >= 0) return value;
  throw new InvalidArgumentError('Give a number of at least 0.');
}

export function rate(text: string): number {
  const value = parseRate(text);
  if (value !== undefined && value >= 0) return value;
  throw new InvalidArgumentError('Give a rate such as 150/s or 9000/min.');
}

export function positiveDuration(text: string): number {
  const value = parseDuration(text);
  if (value !== undefined && value > 0) return value;
  throw new InvalidArgumentError('Give a duration such as 80ms, 15s or 1h30m.');
}

/** As in a scenario: digits are a number, anything else is text. */
function seed(text: string): string | number {
  const value = Number(text);
  return /^-?\d+$/.test(text) && Number.isSafeInteger(value) ? value : text;
}

/** Digits are a position, anything else is a name. */
export function columnName(text: string): string | number {
  return /^[1-9]\d{0,6}$/.test(text) ? Number(text) : text;
}
