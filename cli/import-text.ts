import { formatDuration, formatRate, printDuration } from '../sim-core/index.ts';
import type { ImportedTrace, TraceColumn, TraceReport, TraceSeries } from '../sim-core/index.ts';
import { stringify } from 'yaml';
import { renderTable } from './table.ts';

/** What `headroom import` prints of a recording: what was recognised, its columns, its quality, the line to write. */
export function importText(imported: ImportedTrace): string {
  const { file, report, series, recorded } = imported;
  if (report === undefined) return '';
  const facts = [
    ['format', `${report.format} (${report.recognisedBy})${series === undefined ? '' : `, ${spacingOf(series)}`}`],
    ['rows', `${report.rows} read, ${report.used} ${usedWhere(report, series)}, ${report.gaps} missing`],
    ['time', `${report.firstTime} to ${report.lastTime} (${report.timeFormat}; zone ${report.quality.timeZone})`],
    ...(series?.kind === 'rate' ? [['rate', rates(series.rate)]] : []),
    ...(series?.kind === 'timestamps' ? [['requests', String(series.time.length)]] : []),
    ['load', loops[report.quality.loop]],
    ['quality', qualityText(report)],
  ];
  const columns = report.columns.map((column) => [nameAmong(column, report.columns), column.role, column.unit]);
  const beside = recorded.filter(({ name }) => !report.columns.some((column) => column.name === name));
  const rows = [...columns, ...beside.map(({ name, role, statistic, unit }) => [`${name} (${statistic})`, role, unit])];
  const shown = rows.length > 30 ? [...rows.slice(0, 30), [`… and ${rows.length - 30} more`, '', '']] : rows;
  return [
    `${file}\n`,
    renderTable([{ title: '' }, { title: '' }], facts).replace(/^\n/, ''),
    '\n',
    renderTable([{ title: 'column' }, { title: 'role' }, { title: 'unit' }], shown),
    series === undefined ? noDemandText(report) : termText(imported),
  ].join('');
}

function noDemandText({ columns }: TraceReport): string {
  if (columns.some(({ isDemand }) => isDemand))
    return '\nRefused as it is; `--sort`, `--duplicates` and `--bad-rows` settle what can be settled.\n';
  const label = tellingLabel(columns.filter(({ role }) => role === 'demand'));
  const how = label === undefined ? '`--column` names it' : `a label such as \`--series ${label}\` names it`;
  return `\nNothing here is taken for demand; ${how}.\n`;
}

/** A label that not all of the series have alike, as `--series` takes it. */
function tellingLabel(series: readonly TraceColumn[]): string | undefined {
  const labels = Object.entries(series[0]?.labels ?? {});
  const telling = labels.find(([key, value]) => series.some((other) => other.labels?.[key] !== value));
  return telling?.[0] === '__name__' ? undefined : telling?.join('=');
}

/** What the number of rows used is of: where each series has its own, there are several. */
function usedWhere({ columns }: TraceReport, series: TraceSeries | undefined): string {
  if (columns.filter(({ choice }) => choice === 'series').length < 2) return 'used';
  return series === undefined ? 'in the longest series' : 'in the demand';
}

function sharesName({ name, labels }: TraceColumn, columns: readonly TraceColumn[]): boolean {
  return labels !== undefined && columns.filter((other) => other.name === name).length > 1;
}

/** The name, with the labels where several series share it and the name does not hold them already. */
function nameAmong(column: TraceColumn, columns: readonly TraceColumn[]): string {
  const { name, labels = {} } = column;
  if (name.includes('{') || !sharesName(column, columns)) return name;
  const pairs = Object.entries(labels).filter(([key]) => key !== '__name__');
  return `${name}{${pairs.map(([key, value]) => `${key}=${JSON.stringify(value)}`).join(', ')}}`;
}

const loops = {
  open: 'open loop: requests come whatever the answers',
  closed: 'closed loop: users wait for each answer before they ask again',
  unknown: 'not known whether users wait for answers (open or closed loop)',
} as const;

function spacingOf(series: TraceSeries): string {
  return series.kind === 'timestamps' ? 'one row a request' : `one row every ${formatDuration(series.bucket)}`;
}

function qualityText({ quality }: TraceReport): string {
  const counts: readonly (readonly [number, string])[] = [
    [quality.gaps, 'missing'],
    [quality.missing, 'without a value'],
    [quality.duplicates, 'of the same time'],
    [quality.outOfOrder, 'out of order'],
    [quality.shownTwice, 'at an hour shown twice'],
    [quality.neverShown, 'at an hour never shown'],
    [quality.counterResets, 'counter resets'],
    [quality.malformed, `malformed (${lineList(quality.malformedLines)})`],
    [quality.negative, 'negative'],
    [quality.movedToStart, 'moved from end to start'],
    [quality.withoutDuration, 'without a duration'],
  ];
  const found = counts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  if (quality.saturatedTime > 0) found.push(`saturated for ${formatDuration(quality.saturatedTime)}`);
  return found.length === 0 ? 'nothing to object to' : found.join(', ');
}

function lineList(lines: readonly number[]): string {
  return lines.length === 0 ? 'no line' : `first at line ${lines[0]}`;
}

function termText({ file, mapping, fill, steps }: Pick<ImportedTrace, 'file' | 'mapping' | 'fill' | 'steps'>): string {
  const bucket = mapping?.bucket === undefined ? {} : { bucket: printDuration(mapping.bucket) };
  const changes = { ...(fill !== undefined && { fill }), ...(steps !== undefined && { steps }) };
  const written = stringify([{ trace: { ...mapping, ...bucket, file, ...changes } }], {
    collectionStyle: 'flow',
    lineWidth: 0,
  }).replace(/^\[ ?| ?\]\n$/g, '');
  return `\nIn a scenario, under workload.sum:\n  - ${written.replace(/^\{ ?| ?\}$/g, '')}\n`;
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
  if (count === 0) return 'none known';
  const mean = sum / count;
  return `mean ${formatRate(mean)}, from ${formatRate(least, mean)} to ${formatRate(most, mean)}`;
}
