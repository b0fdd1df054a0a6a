import { Option } from 'commander';
import type { Command } from 'commander';
import { resolve } from 'node:path';
import {
  chartSvg,
  createRealityCheck,
  explainMisfit,
  formatDuration,
  formatPath,
  oneLine,
  readingsOf,
  realityJson,
  realityLanes,
  withValue,
  writeCsv,
} from '../../sim-core/index.ts';
import type { LoadedScenario, Misfit, RealityReport, RecordedReadings } from '../../sim-core/index.ts';
import { runOnPool } from '../comparison-run.ts';
import { estimateText } from '../estimate-text.ts';
import { writeAtomically } from '../files.ts';
import { issueText } from '../issue-text.ts';
import { positiveDuration, wholeNumber } from '../options.ts';
import type { GlobalOptions } from '../options.ts';
import { renderPng } from '../png.ts';
import { printJson } from '../print.ts';
import type { Session } from '../program.ts';
import { requireScenario } from '../scenario-file.ts';
import { renderTable } from '../table.ts';
import { UserError } from '../user-error.ts';

interface Flags extends GlobalOptions {
  readonly from?: number;
  readonly to?: number;
  readonly replications?: number;
  readonly workers?: number;
  readonly explain: boolean;
  readonly write?: boolean;
  readonly chart?: string;
  readonly theme: 'light' | 'dark';
  readonly font?: string;
}

/** `headroom reality-check`: the policy that was live, simulated and set beside what was recorded. */
export function addRealityCheckCommand(program: Command, session: Session): void {
  const { host, colours } = session;
  program
    .command('reality-check')
    .description('simulate the policy that was live on the recorded demand, and score it against what was recorded')
    .argument('<scenario>', 'scenario file with a `recorded` part, YAML or JSON')
    .option('--from <duration>', 'judge from here on, instead of what the scenario says', positiveDuration)
    .option('--to <duration>', 'judge up to here, instead of what the scenario says', positiveDuration)
    .option('-n, --replications <count>', 'replications, instead of what the scenario says', wholeNumber(1, 1000))
    .option('-w, --workers <count>', 'worker threads (default: one a core)', wholeNumber(1, 256))
    .option('--no-explain', 'do not look for the assumption that explains the misfit')
    .option('--write', 'note the grade in the scenario, for every later result to be seen with it')
    .option('--chart <file>', 'draw recorded over simulated: a file that ends in .svg or .png')
    .addOption(new Option('--theme <theme>', 'colours of the chart').choices(['light', 'dark']).default('light'))
    .option('--font <file>', 'png: TrueType or OpenType font for its text (default: a font of the system)')
    .action(async (file: string, _, command: Command) => {
      const flags = command.optsWithGlobals<Flags>();
      const { chart, font } = flags;
      if (chart !== undefined && !/\.(svg|png)$/i.test(chart))
        throw new UserError(`${chart} ends neither in .svg nor in .png. Those can be drawn.`);
      const { loaded, text } = await requireScenario(host, file, colours());
      const readings = requireReadings(session, file, text, loaded, flags);
      const rounds = createRealityCheck(loaded, readings, flags.replications);
      await runOnPool(host, loaded, rounds, flags.workers);
      const report = rounds.report()!;
      const misfit = flags.explain && report.grade !== 'good' ? await explainMisfit(text, loaded, readings) : null;
      if (chart !== undefined) {
        const svg = overlaySvg(report, loaded, flags.theme);
        const isPng = chart.toLowerCase().endsWith('.png');
        const fontFile = font === undefined ? {} : { fontFile: resolve(host.directory, font) };
        await writeAtomically(host.directory, chart, isPng ? await renderPng(svg, fontFile) : svg);
      }
      if (flags.write === true) {
        const replicaError = Number(report.score.replicaError.mean.toPrecision(4));
        const noted = withValue(text, ['recorded', 'check'], { grade: report.grade, replicaError, of: report.of });
        await writeAtomically(host.directory, file, noted);
      }
      if (flags.output === 'json') printJson(host, realityJson(report, misfit));
      else if (flags.output === 'csv') host.stdout.write(overlayCsv(report));
      else host.stdout.write(reportText(report) + misfitText(misfit));
    });
}

/** The readings of a recording, or the end of the command. @throws UserError */
export function requireReadings(
  { host, colours }: Session,
  file: string,
  text: string,
  loaded: LoadedScenario,
  part: { readonly from?: number; readonly to?: number },
): RecordedReadings {
  if (loaded.recorded === undefined) {
    throw new UserError(
      `${file} has no \`recorded\` part. Name the file of what really happened there; docs/reality-check.md shows how.`,
    );
  }
  const { readings, issues } = readingsOf(loaded.scenario, loaded.recorded, {
    ...(part.from !== undefined && { from: part.from }),
    ...(part.to !== undefined && { to: part.to }),
  });
  if (readings === undefined) throw new UserError('', [{ file, text, issues }]);
  host.stderr.write(issueText({ file, text, issues }, colours()));
  return readings;
}

function overlaySvg(report: RealityReport, { scenario }: LoadedScenario, theme: 'light' | 'dark'): string {
  const { time } = report.overlay;
  const last = time.at(-1)! + (time[1]! - time[0]!);
  return chartSvg({
    lanes: realityLanes(report),
    window: [time[0]!, last],
    startEpoch: scenario.start,
    width: 1200,
    height: 520,
    theme,
    title: `${scenario.name}: recorded and simulated`,
  });
}

function reportText({
  policy,
  grade,
  limits,
  score,
  recorded,
  textbook,
  replications,
  scenario,
}: RealityReport): string {
  const reading = (value: number, digits = 3): string => String(Number(value.toPrecision(digits)));
  const rows: [string, string, string][] = [
    ['replicas, mean', reading(recorded.replicasMean), estimateText(score.replicasMean, 'count')],
    ['replicas, most', reading(recorded.peakReplicas), estimateText(score.peakReplicas, 'count')],
    ['when', formatDuration(recorded.peakTime), estimateText(score.peakTime, 'seconds')],
    ['mean error of the replicas', '', estimateText(score.replicaError, 'count')],
    ['readings with the same count', '', estimateText(score.equalShare, 'share')],
    ['late by', '', estimateText(score.lag, 'seconds')],
  ];
  if (!Number.isNaN(score.latencyError.mean)) {
    rows.push(['error of the latency', '', estimateText(score.latencyError, 'share')]);
    rows.push(['error of its 95 % quantile', '', estimateText(score.latencyP95Error, 'share')]);
  }
  if (!Number.isNaN(score.cpuError.mean)) rows.push(['error of the CPU', '', estimateText(score.cpuError, 'count')]);
  if (textbook !== null) {
    rows.push(['textbook rule: mean error', '', reading(textbook.replicaError)]);
    rows.push(['the same, a row late', '', reading(textbook.replicaErrorLate)]);
  }
  const table = renderTable(
    [{ title: policy }, { title: 'recorded', align: 'right' }, { title: 'simulated', align: 'right' }],
    rows,
  );
  const runs = `${replications} ${replications === 1 ? 'replication' : 'replications'}`;
  const where = `good up to ${reading(limits.good)}, fair up to ${reading(limits.fair)}`;
  return `${scenario}: ${runs}\n\n${table}\nReality check: ${grade} (mean error of the replicas ${reading(score.replicaError.mean)}; ${where}).\n`;
}

function misfitText(misfit: Misfit | null): string {
  if (misfit === null) return '';
  const { likely, replicaError, tried } = misfit;
  if (likely === null) {
    return `None of the assumptions tried explains the misfit by itself (${tried.map(({ assumption }) => assumption).join(', ')}).\n`;
  }
  const { assumption, path, was, becomes } = likely;
  const before = was === null ? 'the default' : oneLine(was);
  const table = renderTable(
    [{ title: 'assumption, changed alone' }, { title: 'to' }, { title: 'mean error', align: 'right' }],
    tried.slice(0, 6).map((each) => [each.assumption, String(oneLine(each.becomes)), each.replicaError.toPrecision(3)]),
  );
  return `\nMost likely: ${assumption}. ${formatPath(path)}: ${oneLine(becomes)} instead of ${before} takes the error from ${replicaError.toPrecision(3)} to ${likely.replicaError.toPrecision(3)} (${misfit.engine} engine).\n${table}\`headroom calibrate\` goes on from there.\n`;
}

/** Recorded and simulated side by side, a row a reading; a column without values is left empty. */
function overlayCsv({ overlay }: RealityReport): string {
  const names = Object.keys(overlay) as (keyof RealityReport['overlay'])[];
  const rows = Array.from(overlay.time, (_, i) => names.map((name) => overlay[name]?.[i] ?? NaN));
  return writeCsv([names, ...rows]);
}
