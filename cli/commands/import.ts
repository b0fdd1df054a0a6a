import { InvalidArgumentError, Option } from 'commander';
import type { Command } from 'commander';
import { basename } from 'node:path';
import {
  formatDuration,
  formatRate,
  importJson,
  importTrace,
  inspectTrace,
  readHpaManifest,
  seriesCsv,
  traceUnits,
} from '../../sim-core/index.ts';
import type { ImportedTrace, TraceMapping } from '../../sim-core/index.ts';
import { stringify } from 'yaml';
import { readBytes } from '../files.ts';
import { issueText } from '../issue-text.ts';
import { positiveDuration } from '../options.ts';
import type { GlobalOptions } from '../options.ts';
import { printJson } from '../print.ts';
import type { Session } from '../program.ts';
import { renderTable } from '../table.ts';
import { UserError } from '../user-error.ts';

type Mapping = Omit<TraceMapping, 'file'>;
type Flags = GlobalOptions & Mapping;

/** `headroom import`: what a recorded trace (or an HPA manifest) holds, and how to name it in a scenario. */
export function addImportCommand(program: Command, { host, colours, exitWith }: Session): void {
  program
    .command('import')
    .description('say what a recorded trace or an HPA manifest holds, and how to write it into a scenario')
    .argument('<file>', 'CSV, Prometheus query_range JSON, a list of counts, or a Kubernetes manifest')
    .option('--column <name>', 'demand column, by name or by position from 1', column)
    .option('--time <name>', 'time column, by name or by position from 1', column)
    .addOption(new Option('--unit <unit>', 'what the demand column counts').choices(traceUnits))
    .addOption(new Option('--kind <kind>', 'timestamps: one row is one request').choices(['rate', 'timestamps']))
    .option('--bucket <duration>', 'how long one row lasts', positiveDuration)
    .option('--duration <name>', 'with timestamps: the column that says how long a request took', column)
    .option('--series <label=value>', 'Prometheus: a label of the one series meant; may be repeated', label, undefined)
    .action(async (file: string, _, command: Command) => {
      const { output, color: __, ...mapping } = command.optsWithGlobals<Flags>();
      const bytes = await readBytes(host.directory, file);
      const manifest = manifestIn(file, bytes);
      if (manifest !== undefined) return importManifest(file, manifest, output);
      const trace = read(file, bytes, mapping);
      const failed = trace.series === undefined;
      if (failed) exitWith(2);
      if (output === 'json') printJson(host, importJson(trace, false));
      host.stderr.write(issueText({ file, issues: trace.issues }, colours()));
      if (failed || output === 'json') return;
      host.stdout.write(output === 'csv' && trace.series !== undefined ? seriesCsv(trace.series) : describe(trace));
    });

  function importManifest(file: string, text: string, output: GlobalOptions['output']): void {
    const { policies, issues } = readHpaManifest(text);
    if (output === 'csv') throw new UserError('A policy is no table. Use -o json, or leave -o out for YAML.');
    if (issues.some(({ severity }) => severity === 'error')) exitWith(2);
    if (output === 'json') printJson(host, { schema: 'headroom/policies/v1', policies, issues });
    else if (policies.length > 0) host.stdout.write(`# Policies for a scenario:\n${stringify({ policies })}`);
    host.stderr.write(issueText({ file, text, issues }, colours()));
  }
}

function read(file: string, bytes: Uint8Array, mapping: Mapping): ImportedTrace {
  const name = basename(file);
  if (Object.keys(mapping).length === 0) return { file, ...inspectTrace(name, bytes) };
  const imported = importTrace(name, bytes, mapping);
  return { file, format: imported.report?.format ?? null, ...imported, mapping: { file, ...mapping } };
}

/** The text of a file that is a Kubernetes manifest, judged by its content. */
function manifestIn(file: string, bytes: Uint8Array): string | undefined {
  if (!/\.(ya?ml|json)$/i.test(file) || bytes.length > 1_000_000) return undefined;
  const text = new TextDecoder().decode(bytes);
  return /["']?kind["']?\s*:\s*["']?(HorizontalPodAutoscaler|List)\b/.test(text) ? text : undefined;
}

function describe({ file, report, series, mapping }: ImportedTrace): string {
  if (report === undefined || series === undefined) return '';
  const spacing = series.kind === 'timestamps' ? 'one row a request' : `one row every ${formatDuration(series.bucket)}`;
  const facts = [
    ['format', `${report.format}, ${spacing}`],
    ['rows', `${report.rows} read, ${report.used} used, ${report.gaps} missing`],
    ['time', `${report.firstTime} to ${report.lastTime} (${report.timeFormat})`],
    ...(series.kind === 'rate' ? [['rate', rates(series.rate)]] : []),
    [
      'columns',
      report.columns.map(({ name, role, unit }) => `${name}: ${role}${unit === '' ? '' : ` (${unit})`}`).join(', '),
    ],
  ];
  const written = stringify([{ trace: { ...mapping, file } }], { collectionStyle: 'flow', lineWidth: 0 }).replace(
    /^\[ ?| ?\]\n$/g,
    '',
  );
  return `${file}\n${renderTable([{ title: '' }, { title: '' }], facts).replace(/^\n/, '')}\nIn a scenario, under workload.sum:\n  - ${written.replace(/^\{ ?| ?\}$/g, '')}\n`;
}

/** Least, mean and most of the rates that are known. */
function rates(rate: Float64Array): string {
  let [count, sum, least, most] = [0, 0, Infinity, 0];
  for (const value of rate) {
    if (Number.isNaN(value)) continue;
    count++;
    sum += value;
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  return count === 0
    ? 'none known'
    : `mean ${formatRate(sum / count)}, from ${formatRate(least)} to ${formatRate(most)}`;
}

/** Digits are a position, anything else is a name. */
function column(text: string): string | number {
  return /^[1-9]\d{0,6}$/.test(text) ? Number(text) : text;
}

function label(text: string, before: Record<string, string> | undefined): Record<string, string> {
  const [, name, value] = /^([^=]+)=(.*)$/.exec(text) ?? [];
  if (name === undefined || value === undefined) throw new InvalidArgumentError('Write it as job=checkout.');
  return { ...before, [name]: value };
}
