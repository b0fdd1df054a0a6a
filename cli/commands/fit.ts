import { Option } from 'commander';
import type { Command } from 'commander';
import { resolve } from 'node:path';
import { stringify } from 'yaml';
import {
  createDistribution,
  durationUnits,
  fitChart,
  fitDistributions,
  fitJson,
  formatDuration,
  readDurations,
  serviceTimeOf,
  writeCsv,
} from '../../sim-core/index.ts';
import type { DurationUnit, FitReport, MeasuredDurations } from '../../sim-core/index.ts';
import { writeAtomically } from '../files.ts';
import { unpackedFile } from '../import-trace.ts';
import { issueText } from '../issue-text.ts';
import { columnName } from '../options.ts';
import type { GlobalOptions } from '../options.ts';
import { renderPng } from '../png.ts';
import { printJson } from '../print.ts';
import type { Session } from '../program.ts';
import { renderTable } from '../table.ts';
import { UserError } from '../user-error.ts';

interface Flags extends GlobalOptions {
  readonly column?: string | number;
  readonly unit?: DurationUnit;
  readonly chart?: string;
  readonly font?: string;
  readonly theme: 'light' | 'dark';
}

/** `headroom fit`: which distribution measured service times have, ready for a scenario. */
export function addFitCommand(program: Command, { host, colours, exitWith }: Session): void {
  program
    .command('fit')
    .description('fit distributions to measured durations, and write the best as a serviceTime')
    .argument(
      '<file>',
      'CSV, a plain list of numbers, a log of requests that says how long each took, or a latency histogram of wrk2 or HdrHistogram; packed (gz, zst) or not',
    )
    .option('--column <name>', 'column of the durations, by name or by position from 1', columnName)
    .addOption(
      new Option('--unit <unit>', 'what the numbers count (default: by the name of the column)').choices(durationUnits),
    )
    .option('--chart <file>', 'draw the best fits: a file that ends in .svg or .png')
    .addOption(new Option('--theme <theme>', 'colours of the chart').choices(['light', 'dark']).default('light'))
    .option('--font <file>', 'png: TrueType or OpenType font for its text (default: a font of the system)')
    .action(async (file: string, _, command: Command) => {
      const { output, column, unit, chart, font, theme } = command.optsWithGlobals<Flags>();
      if (chart !== undefined && !/\.(svg|png)$/i.test(chart))
        throw new UserError(`${chart} ends neither in .svg nor in .png. Those can be drawn.`);
      const unpacked = await unpackedFile(host, file);
      const wanted = { ...(column !== undefined && { column }), ...(unit !== undefined && { unit }) };
      const read: MeasuredDurations = unpacked.bytes === undefined ? unpacked : readDurations(unpacked.bytes, wanted);
      const result = read.values === undefined ? { fits: [], excluded: [], issues: [] } : fitDistributions(read.values);
      const issues = [...read.issues, ...result.issues];
      const report: FitReport = { ...result, issues, file, column: read.column ?? '', unit: read.unit ?? '' };
      const { sample, fits } = result;
      if (sample === undefined) exitWith(2);
      if (output === 'json') printJson(host, fitJson(report));
      host.stderr.write(issueText({ file, issues }, colours()));
      if (sample === undefined) return;
      if (output === 'csv') host.stdout.write(writeCsv([csvTitles, ...rowsOf(report, String)]));
      if (output === 'table') host.stdout.write(describe(report));
      if (chart === undefined) return;
      const svg = fitChart({
        sample,
        fits: fits.slice(0, 4),
        title: `${file}: ${report.column}`,
        width: 1200,
        height: 520,
        theme,
      });
      const isPng = chart.toLowerCase().endsWith('.png');
      const made = isPng
        ? await renderPng(svg, { ...(font !== undefined && { fontFile: resolve(host.directory, font) }) })
        : svg;
      await writeAtomically(host.directory, chart, made);
    });
}

const csvTitles = ['family', 'aic', 'bic', 'logLikelihood', 'kolmogorovSmirnov', 'andersonDarling', 'serviceTime'];

function rowsOf({ fits, sample }: FitReport, number: (value: number) => string): string[][] {
  return fits.map((fit) => [
    fit.family,
    ...[fit.aic, fit.bic, fit.logLikelihood, fit.kolmogorovSmirnov, fit.andersonDarling].map(number),
    sample === undefined ? '' : oneLine(serviceTimeOf(fit, sample)),
  ]);
}

const oneLine = (value: unknown): string => stringify(value, { collectionStyle: 'flow', lineWidth: 0 }).trim();

function describe(report: FitReport): string {
  const { file, column, unit, fits, excluded, sample } = report;
  if (sample === undefined) return '';
  const [best] = fits;
  const { count, zeros, mean, grouped, lasts } = sample;
  const about = `${file}: ${count} durations${zeros > 0 ? ` and ${zeros} zeros` : ''} of ${column} (${unit}), mean ${formatDuration(mean)}, from ${formatDuration(lasts[0]!)} to ${formatDuration(lasts[lasts.length - 1]!)}\n`;
  const least = best?.aic ?? NaN;
  const rows = fits.map((fit) => {
    const { mean: fittedMean, variance } = createDistribution(fit.config);
    return [
      fit.family,
      `+${(fit.aic - least).toFixed(1)}`,
      `+${(fit.bic - Math.min(...fits.map(({ bic }) => bic))).toFixed(1)}`,
      fit.kolmogorovSmirnov.toFixed(4),
      fit.andersonDarling.toPrecision(4),
      formatDuration(fittedMean),
      variance === Infinity ? '∞' : (variance / fittedMean ** 2).toPrecision(3),
    ];
  });
  const right = (title: string) => ({ title, align: 'right' }) as const;
  const table = renderTable([{ title: 'family' }, ...['AIC', 'BIC', 'KS', 'AD', 'mean', 'scv'].map(right)], rows);
  const left = excluded.map(({ family, reason }) => `${family}: not fitted, ${reason}.\n`).join('');
  const groups = grouped ? 'Neighbouring values were taken together, the outermost ones excepted.\n' : '';
  const yaml =
    best === undefined
      ? ''
      : `\nIn a scenario, under a service:\n  serviceTime: ${oneLine(serviceTimeOf(best, sample))}\n`;
  return `${about}\n${table}${left}${groups}${yaml}`;
}
