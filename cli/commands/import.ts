import { InvalidArgumentError, Option } from 'commander';
import type { Command } from 'commander';
import { basename } from 'node:path';
import {
  applySteps,
  counterResetRules,
  filledSeries,
  gapFills,
  importJson,
  measureBurstiness,
  readManifest,
  recogniseManifest,
  recordedCsv,
  seriesCsv,
  duplicateRules,
  timeUnits,
  traceMapping,
  traceSteps,
  traceUnits,
} from '../../sim-core/index.ts';
import type { GapFill, ImportedTrace, ImportMapping, ManifestReading, TraceImport } from '../../sim-core/index.ts';
import { parse, stringify } from 'yaml';
import { burstinessText } from '../burstiness-text.ts';
import { readHead } from '../files.ts';
import { importText } from '../import-text.ts';
import { importTraceFile } from '../import-trace.ts';
import { issueText } from '../issue-text.ts';
import { columnName, positiveDuration } from '../options.ts';
import type { GlobalOptions } from '../options.ts';
import { printJson } from '../print.ts';
import type { Session } from '../program.ts';
import { UserError } from '../user-error.ts';

const largestManifest = 1_000_000;

type Flags = GlobalOptions & Record<string, unknown>;

/** `headroom import`: what a recorded trace (or the manifest of an autoscaler) holds, and how to name it in a scenario. */
export function addImportCommand(program: Command, { host, colours, exitWith }: Session): void {
  program
    .command('import')
    .description(
      'say what a recorded trace or the manifest of an autoscaler holds, and how to write it into a scenario',
    )
    .argument(
      '<file>',
      'CSV, Prometheus query_range JSON, a list of counts; or an autoscaler: Kubernetes, AWS, Terraform, Azure, Google, Nomad',
    )
    .option('--column <name>', 'demand column, by name or by position from 1', columnName)
    .option('--time <name>', 'time column, by name or by position from 1', columnName)
    .addOption(new Option('--unit <unit>', 'what the demand column counts').choices(traceUnits))
    .addOption(new Option('--kind <kind>', 'timestamps: one row is one request').choices(['rate', 'timestamps']))
    .option('--bucket <duration>', 'how long one row lasts', positiveDuration)
    .option('--duration <name>', 'with timestamps: the column that says how long a request took', columnName)
    .option('--format <name>', 'the format, where recognising it by content goes wrong')
    .addOption(new Option('--time-unit <unit>', 'what a time column of plain numbers counts').choices(timeUnits))
    .option('--time-zone <zone>', 'zone of times that name none: UTC or an offset such as +01:00')
    .addOption(
      new Option('--logged-at <end>', 'whether requests are logged at their start or end').choices(['start', 'end']),
    )
    .addOption(new Option('--duplicates <rule>', 'what rows of one time become').choices(duplicateRules))
    .option('--sort', 'put rows in order of time')
    .addOption(new Option('--bad-rows <what>', 'what becomes of rows that cannot be read').choices(['refuse', 'skip']))
    .option('--role <name=role>', 'what a column or series is; may be repeated', pair, undefined)
    .addOption(
      new Option('--load <kind>', 'whether requests came whatever the answers, or from users who waited').choices([
        'open',
        'closed',
      ]),
    )
    .option('--counter <name>', 'a column or series whose values add up since some start; may be repeated', counter)
    .addOption(new Option('--counter-resets <rule>', 'what a counter that falls has done').choices(counterResetRules))
    .option('--units <name=unit>', 'the unit of a column or series; may be repeated', pair, undefined)
    .addOption(new Option('--fill <how>', 'what gaps become').choices(gapFills))
    .option('--series <label=value>', 'a label of the one series meant; may be repeated', pair, undefined)
    .option(
      '--step <step>',
      'a change to the series, such as `scale=2` or `cut: {from: 1d}`; may be repeated',
      steps,
      undefined,
    )
    .option('--burstiness', 'measure how irregularly requests come, and which arrivals keep that in a replay')
    .action(async (file: string, _, command: Command) => {
      const { output, color: __, burstiness, step, fill: wanted, ...flags } = command.optsWithGlobals<Flags>();
      const fill = wanted as GapFill | undefined;
      const mapping = { ...mappingOf(flags), ...(fill !== undefined && { fill }) };
      const manifest = manifestIn(file, await readHead(host.directory, file, largestManifest + 1));
      if (manifest !== undefined) return importManifest(file, manifest, output);
      const read = await importTraceFile(host, host.directory, file, basename(file), mapping);
      const imported = step === undefined ? read : changed(read, step as readonly unknown[]);
      const measured =
        burstiness === true && imported.series !== undefined
          ? { burstiness: measureBurstiness(imported.series, imported.mapping?.bucket) }
          : {};
      const trace: ImportedTrace = { ...imported, ...measured, ...(fill !== undefined && { fill }), file };
      const failed = trace.series === undefined && trace.issues.some(({ severity }) => severity === 'error');
      if (failed) exitWith(2);
      if (output === 'json') printJson(host, importJson(trace, false));
      host.stderr.write(issueText({ file, issues: trace.issues }, colours()));
      if (output === 'json') return;
      if (output !== 'csv')
        host.stdout.write(importText(trace) + (trace.burstiness === undefined ? '' : burstinessText(trace.burstiness)));
      else if (!failed)
        host.stdout.write(
          trace.series === undefined
            ? recordedCsv(trace.recorded)
            : seriesCsv(filledSeries(trace.series, fill ?? 'leave')),
        );
    });

  function importManifest(file: string, text: string, output: GlobalOptions['output']): void {
    const { policies, issues, notes } = readManifest(text);
    if (output === 'csv') throw new UserError('A policy is no table. Use -o json, or leave -o out for YAML.');
    if (issues.some(({ severity }) => severity === 'error')) exitWith(2);
    if (output === 'json') printJson(host, { schema: 'headroom/policies/v1', policies, issues, notes });
    else if (policies.length > 0)
      host.stdout.write(`${notesText(notes)}# Policies for a scenario:\n${stringify({ policies })}`);
    host.stderr.write(issueText({ file, text, issues }, colours()));
  }
}

/** What was passed over, as comments above the policies. */
function notesText(notes: ManifestReading['notes']): string {
  if (notes.length === 0) return '';
  const lines = notes.map(({ line, message }) => `#   ${line === undefined ? '' : `line ${line}: `}${message}\n`);
  return `# Passed over:\n${lines.join('')}`;
}

/** The text of a file that is the manifest of an autoscaler, judged by its content. */
function manifestIn(file: string, bytes: Uint8Array): string | undefined {
  if (!/\.(ya?ml|json|tf|hcl|nomad)$/i.test(file) || bytes.length > largestManifest) return undefined;
  const text = new TextDecoder().decode(bytes);
  const list = /["']?kind["']?\s*:\s*["']?List\b/.test(text);
  return list || recogniseManifest(text) !== undefined ? text : undefined;
}

function pair(text: string, before: Record<string, string> | undefined): Record<string, string> {
  const [, name, value] = /^([^=]+)=(.*)$/.exec(text) ?? [];
  if (name === undefined || value === undefined) throw new InvalidArgumentError('Write it as name=value.');
  return { ...before, [name]: value };
}

function counter(name: string, before: Record<string, boolean> | undefined): Record<string, boolean> {
  return { ...before, [name]: true };
}

/** A step as the scenario would have it (`scale: 2`) or as `scale=2`, beside those before. */
function steps(text: string, before: readonly unknown[] | undefined): readonly unknown[] {
  const [, name, value = ''] = /^([a-z]+)=(.*)$/.exec(text) ?? [];
  try {
    return [...(before ?? []), name === undefined ? parse(text) : { [name]: parse(value) }];
  } catch {
    throw new InvalidArgumentError('Write it as in a scenario: `--step "cut: {from: 1d, to: 2d}"`.');
  }
}

/** The import after the steps. @throws UserError when a step is written wrongly or cannot be done */
function changed(
  imported: TraceImport,
  written: readonly unknown[],
): TraceImport & { readonly steps: readonly unknown[] } {
  const parsed = traceSteps.safeParse(written);
  if (!parsed.success)
    throw new UserError(
      parsed.error.issues.map(({ path, message }) => `steps.${path.join('.')}: ${message}`).join('\n'),
    );
  if (imported.series === undefined) return { ...imported, steps: written };
  const { series, issues } = applySteps(imported.series, parsed.data);
  if (series === undefined)
    throw new UserError(issues.map(({ path, message }) => `steps.${path.join('.')}: ${message}`).join('\n'));
  return { ...imported, series, steps: written };
}

/** The flags as the keys of a scenario's trace, checked as those are. @throws UserError */
function mappingOf({ role, counter: counters, ...flags }: Record<string, unknown>): ImportMapping {
  const parsed = traceMapping.safeParse({
    ...flags,
    ...(role !== undefined && { roles: role }),
    ...(counters !== undefined && { counters }),
  });
  if (parsed.success) return parsed.data;
  throw new UserError(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n'));
}
