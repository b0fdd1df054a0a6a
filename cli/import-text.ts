import { formatDuration, formatRate } from '../sim-core/index.ts';
import type { ImportedTrace, TraceReport, TraceSeries } from '../sim-core/index.ts';
import { stringify } from 'yaml';
import { renderTable } from './table.ts';

/** What `headroom import` prints of a recording: what was recognised, its columns, its quality, the line to write. */
export function importText({ file, report, series, mapping, steps, recorded }: ImportedTrace): string {
  if (report === undefined) return '';
  const facts = [
    ['format', `${report.format} (${report.recognisedBy})${series === undefined ? '' : `, ${spacingOf(series)}`}`],
    ['rows', `${report.rows} read, ${report.used} used, ${report.gaps} missing`],
    ['time', `${report.firstTime} to ${report.lastTime} (${report.timeFormat}; zone ${report.quality.timeZone})`],
    ...(series?.kind === 'rate' ? [['rate', rates(series.rate)]] : []),
    ...(series?.kind === 'timestamps' ? [['requests', String(series.time.length)]] : []),
    ['load', loops[report.quality.loop]],
    ['quality', qualityText(report)],
  ];
  const columns = report.columns.map(({ name, role, unit }) => [name, role, unit]);
  const beside = recorded.filter(({ name }) => !report.columns.some((column) => column.name === name));
  const rows = [...columns, ...beside.map(({ name, role, statistic, unit }) => [`${name} (${statistic})`, role, unit])];
  const shown = rows.length > 30 ? [...rows.slice(0, 30), [`… and ${rows.length - 30} more`, '', '']] : rows;
  return [
    `${file}\n`,
    renderTable([{ title: '' }, { title: '' }], facts).replace(/^\n/, ''),
    '\n',
    renderTable([{ title: 'column' }, { title: 'role' }, { title: 'unit' }], shown),
    series === undefined ? noDemandText(report) : termText(file, mapping, steps),
  ].join('');
}

function noDemandText({ columns }: TraceReport): string {
  return columns.some(({ isDemand }) => isDemand)
    ? '\nRefused as it is; `--sort`, `--duplicates` and `--bad-rows` settle what can be settled.\n'
    : '\nNothing here is taken for demand; `--column` names it.\n';
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
  ];
  const found = counts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  if (quality.saturatedTime > 0) found.push(`saturated for ${formatDuration(quality.saturatedTime)}`);
  return found.length === 0 ? 'nothing to object to' : found.join(', ');
}

function lineList(lines: readonly number[]): string {
  return lines.length === 0 ? 'no line' : `first at line ${lines[0]}`;
}

function termText(file: string, mapping: ImportedTrace['mapping'], steps: ImportedTrace['steps']): string {
  const written = stringify([{ trace: { ...mapping, file, ...(steps !== undefined && { steps }) } }], {
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
  return count === 0
    ? 'none known'
    : `mean ${formatRate(sum / count)}, from ${formatRate(least)} to ${formatRate(most)}`;
}
