import { InvalidArgumentError, Option } from 'commander';
import type { Command } from 'commander';
import { resolve } from 'node:path';
import {
  assignColours,
  chartSvg,
  createCapacityPlan,
  decisionCsv,
  lanesOf,
  manifestFormatNames,
  manifestFormats,
  nativeFormat,
  noteOf,
  policyInText,
  prometheusRules,
  realityStatusOf,
  resultCsv,
  seriesCsv,
  verdictOf,
  withRealityComment,
  writeManifest,
} from '../../sim-core/index.ts';
import type { LoadedScenario, ManifestFormatName, PolicyResult } from '../../sim-core/index.ts';
import { runPolicies } from '../comparison-run.ts';
import { writeAtomically } from '../files.ts';
import type { Host } from '../host.ts';
import { addRunOptions, wholeNumber } from '../options.ts';
import type { RunFlags } from '../options.ts';
import { renderPng } from '../png.ts';
import type { Session } from '../program.ts';
import { chosenPolicies, requireScenario, withSeed } from '../scenario-file.ts';
import { UserError } from '../user-error.ts';

const targets = [
  'plan',
  'manifest',
  'hpa',
  'result-csv',
  'trace-csv',
  'decisions',
  'prometheus-rules',
  'svg',
  'png',
] as const;
type Target = (typeof targets)[number];

interface Flags extends RunFlags {
  readonly what: Target;
  readonly out?: string;
  readonly format?: ManifestFormatName;
  readonly target?: string;
  readonly namespace?: string;
  readonly theme: 'light' | 'dark';
  readonly size: Size;
  readonly font?: string;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** What an export works from. */
interface Job {
  readonly host: Host;
  readonly loaded: LoadedScenario;
  /** of the scenario file */
  readonly text: string;
  readonly policies: readonly string[];
  readonly flags: Flags;
  warn(message: string): void;
  note(message: string): void;
}

/** `headroom export`: one thing made from a scenario, to a file or to stdout. */
export function addExportCommand(program: Command, { host, colours }: Session): void {
  addRunOptions(program.command('export'))
    .description('make a file from a scenario: a capacity plan, the manifest of an autoscaler, tables, charts')
    .argument('<scenario>', 'scenario file, YAML or JSON')
    .argument('[policies...]', 'names of policies (default: all; a plan takes the cheapest that meets every limit)')
    .addOption(new Option('--what <target>', 'what to make').choices(targets).makeOptionMandatory())
    .option('--out <file>', 'file to write (default: stdout)')
    .addOption(
      new Option('--format <name>', 'manifest: its format (default: that of the controller)').choices(
        manifestFormatNames,
      ),
    )
    .option('--target <name>', 'manifest, hpa: name of what is scaled (default: the service)')
    .option('--namespace <name>', 'manifest, hpa: namespace of the manifest')
    .addOption(new Option('--theme <theme>', 'svg, png: colours').choices(['light', 'dark']).default('light'))
    .option('--size <width>x<height>', 'svg, png: size in pixels', size, { width: 1200, height: 900 })
    .option('--font <file>', 'png: TrueType or OpenType font for its text (default: a font of the system)')
    .action(async (file: string, names: string[], _, command: Command) => {
      const flags = command.optsWithGlobals<Flags>();
      if (flags.what === 'png' && flags.out === undefined && host.stdout.isTerminal) {
        throw new UserError('A picture would only clutter the terminal. Name a file with --out.');
      }
      const { loaded, text } = await requireScenario(host, file, colours());
      const seeded = withSeed(loaded, flags.seed);
      const policies = chosenPolicies(seeded, [...names, ...flags.policy]);
      const warn = (message: string): void => host.stderr.write(`warning: ${message}\n`);
      const note = (message: string): void => host.stderr.write(`note: ${message}\n`);
      const made = await makers[flags.what]({
        host,
        loaded: seeded,
        text,
        policies: named(names, flags) ? policies : standard(text, policies, flags.what),
        flags,
        warn,
        note,
      });
      if (flags.out === undefined) host.stdout.write(made);
      else await writeAtomically(host.directory, flags.out, made);
    });
}

const named = (names: readonly string[], flags: Flags): boolean => names.length + flags.policy.length > 0;

/** Without a choice: all, but of manifests only those that can be written. */
function standard(text: string, all: readonly string[], what: Target): readonly string[] {
  if (what !== 'hpa' && what !== 'manifest') return all;
  const written = all.filter((name) => {
    const policy = policyInText(text, name);
    const native = policy === undefined ? undefined : nativeFormat(policy);
    return what === 'manifest' ? native !== undefined : native === 'hpa';
  });
  return written.length > 0 ? written : all.slice(0, 1);
}

const makers: Readonly<Record<Target, (job: Job) => Promise<string | Uint8Array>>> = {
  plan: capacityPlan,
  manifest: (job) => Promise.resolve(manifests(job, job.flags.format)),
  hpa: (job) => Promise.resolve(manifests(job, 'hpa')),
  'result-csv': (job) => overTime(job, resultCsv),
  'trace-csv': ({ loaded }) => Promise.resolve(replayedTrace(loaded)),
  decisions: (job) => overTime(job, decisionCsv),
  'prometheus-rules': alertRules,
  svg: chart,
  png: async (job) =>
    renderPng(await chart(job), {
      ...(job.flags.font !== undefined && { fontFile: resolve(job.host.directory, job.flags.font) }),
    }),
};

/** One document after the other; formats that know but one document a file take one policy. */
function manifests({ loaded, text, policies, flags, warn }: Job, format: ManifestFormatName | undefined): string {
  const options = {
    target: flags.target ?? Object.keys(loaded.scenario.services)[0] ?? 'service',
    ...(flags.namespace !== undefined && { namespace: flags.namespace }),
  };
  const written = policies.map((name) => {
    const policy = policyInText(text, name);
    if (policy === undefined) throw new Error(`chosenPolicies let ${name} pass`);
    const manifest = writeManifest(policy, options, format);
    for (const { severity, message } of manifest.issues) {
      if (severity === 'error') throw new UserError(message);
      warn(message);
    }
    return { text: manifest.text ?? '', format: format ?? nativeFormat(policy) };
  });
  const [first] = written;
  if (written.some((each) => each.format !== first?.format))
    throw new UserError('The policies are for several platforms. Name one policy, or several of one kind.');
  const kind = first?.format === undefined ? 'yaml' : manifestFormats[first.format].extension;
  if (kind === 'json' && written.length > 1)
    throw new UserError('A file of JSON holds one policy. Name the one that is meant.');
  const together = written.map((each) => each.text).join(kind === 'yaml' ? '---\n' : '\n');
  return withRealityComment(together, kind, realityStatusOf(loaded.scenario));
}

/** The series that is replayed, after its steps. */
function replayedTrace({ traces }: LoadedScenario): string {
  const [only, another] = traces.values();
  if (only === undefined) throw new UserError('The scenario replays no trace. Add one under `workload.sum`.');
  if (another !== undefined)
    throw new UserError('The scenario replays several traces. `headroom import … --step … -o csv` prints one of them.');
  return seriesCsv(only);
}

/** Rows and decisions are those of replication 0: no more is run than is written. */
async function overTime({ host, loaded, policies, flags }: Job, write: typeof resultCsv): Promise<string> {
  const comparison = await runPolicies(host, loaded, { ...flags, policies, replications: 1, decisions: true });
  return write(
    comparison.policies.map(({ example }) => example),
    loaded.scenario.start,
    comparison.reality,
  );
}

/** The plan of one policy; what it would cost is set against the baseline. */
async function capacityPlan({ host, loaded, policies, flags, note }: Job): Promise<string> {
  const baseline = loaded.scenario.compare.baseline ?? loaded.scenario.policies[0]?.name ?? '';
  const comparison = await runPolicies(host, loaded, { ...flags, policies: [...new Set([baseline, ...policies])] });
  const candidates = comparison.policies.filter(({ policy }) => policies.includes(policy));
  const chosen = bestOf(candidates);
  const baselineResult = comparison.policies.find(({ policy }) => policy === baseline);
  if (chosen === undefined || baselineResult === undefined) throw new Error('no policy was run');
  if (candidates.length > 1)
    note(
      `the plan speaks for ${chosen.policy}: ${verdictOf(chosen).passed ? 'the cheapest that meets every limit' : 'none meets every limit, and it comes nearest to its objectives'}. Name another to plan with it.`,
    );
  const createdAt = `${new Date(host.now()).toISOString().slice(0, 19)}Z`;
  const plan = createCapacityPlan({ scenario: loaded.scenario, policyResult: chosen, baselineResult, createdAt });
  return `${JSON.stringify(plan, null, 2)}\n`;
}

/** The cheapest that passes; if none does, the one with the highest SLO attainment. */
function bestOf(results: readonly PolicyResult[]): PolicyResult | undefined {
  const passing = results.filter((result) => verdictOf(result).passed);
  const attained = ({ summary }: PolicyResult): number =>
    Number.isNaN(summary.sloAttainment.mean) ? 0 : summary.sloAttainment.mean;
  if (passing.length > 0)
    return passing.reduce((best, result) => (result.summary.cost.mean < best.summary.cost.mean ? result : best));
  return results.reduce<PolicyResult | undefined>(
    (best, result) => (best === undefined || attained(result) > attained(best) ? result : best),
    undefined,
  );
}

/** The alert rules of a scenario, with what they did under one policy: the one named, or else the baseline. */
async function alertRules({ host, loaded, policies, flags }: Job): Promise<string> {
  const { alerts, compare } = loaded.scenario;
  if (alerts === undefined)
    throw new UserError('The scenario has no `alerts` part; docs/alerts.md shows how to write one.');
  const [first = ''] = policies;
  const policy = policies.length > 1 ? (compare.baseline ?? first) : first;
  const comparison = await runPolicies(host, loaded, { ...flags, policies: [policy] });
  const rules = prometheusRules(alerts, policy, comparison.policies[0]?.alerts ?? []);
  return withRealityComment(rules, 'yaml', comparison.reality);
}

async function chart({ host, loaded, policies, flags }: Job): Promise<string> {
  const comparison = await runPolicies(host, loaded, { ...flags, policies });
  const { scenario } = loaded;
  const colours = assignColours(
    comparison.policies.map(({ policy }) => policy),
    comparison.baseline,
  );
  return chartSvg({
    lanes: lanesOf(comparison, { colours, slo: scenario.slo, cost: scenario.cost }),
    window: [0, scenario.horizon],
    startEpoch: scenario.start,
    ...flags.size,
    theme: flags.theme,
    title: scenario.name,
    ...noteOf(comparison.reality),
  });
}

function size(text: string): Size {
  const [, width = '', height = ''] = /^(\d+)x(\d+)$/.exec(text) ?? [];
  try {
    return { width: wholeNumber(200, 8000)(width), height: wholeNumber(200, 8000)(height) };
  } catch {
    throw new InvalidArgumentError('Write it as 1200x900, each side from 200 to 8000.');
  }
}
