import type { CellShape, CsvLayout } from './csv-layout.ts';
import type { Findings } from './findings.ts';
import type { TraceMapping, TraceUnit } from './mapping.ts';
import { nearestName } from './nearest-name.ts';
import { epochUnitOf } from './time-text.ts';

/** Which column plays which role; indices from 0, −1 for none. */
export interface ColumnRoles {
  readonly kind: 'rate' | 'timestamps';
  readonly time: number;
  readonly demand: number;
  readonly duration: number;
  readonly unit: TraceUnit;
}

const timeNames =
  /^(_?time(stamp)?|date(time)?|ts|t|when|instant|period|epoch|unix(_?time)?|minute|hour|second|bucket|period_?start)$|time_?stamp|date_?time|time_?local|(start|arrival|end)_?time/i;
const perSecondNames =
  /\/ ?s(ec)?$|per.?s(ec|econd)?$|^(rps|qps|tps|hz)$|(^|[_ .-])(rps|qps|tps|rate)([_ .-]|$)|rate$/i;
const perMinuteNames = /\/ ?min$|per.?min(ute)?$|^(rpm|qpm)$|(^|[_ .-])(rpm|qpm)([_ .-]|$)/i;
const countNames = /count|requests?$|invocations?$|hits$|calls$|events$|arrivals$|^num|total|visits$|queries$/i;
const demandNames = [perSecondNames, perMinuteNames, countNames, /demand|load|traffic|throughput/i, /^(value|y)$/i];

/** Requests per what, as the column's name tells; undefined when it does not. */
export function unitFromName(name: string): TraceUnit | undefined {
  if (perSecondNames.test(name)) return 'requests/s';
  if (perMinuteNames.test(name)) return 'requests/min';
  return countNames.test(name) ? 'requests per bucket' : undefined;
}

/** Gives each column its role, by the mapping first and by names and contents where the mapping is silent. */
export function chooseColumns(layout: CsvLayout, mapping: TraceMapping, findings: Findings): ColumnRoles | undefined {
  const time = mapping.time === undefined ? guessTime(layout) : findColumn(layout, mapping.time, 'time', findings);
  const duration = mapping.duration === undefined ? -1 : findColumn(layout, mapping.duration, 'duration', findings);
  const named = mapping.column === undefined ? -1 : findColumn(layout, mapping.column, 'column', findings);
  if (findings.hasError) return undefined;

  const onlyTimes =
    time >= 0 && named < 0 && layout.names.every((_, i) => i === time || shapeOfColumn(layout, i) !== 'number');
  const kind = mapping.kind ?? (named < 0 && (duration >= 0 || onlyTimes) ? 'timestamps' : 'rate');
  if (kind === 'timestamps') {
    if (time < 0) {
      findings.add('trace-missing-column', 0, `No column holds times (${list(layout.names)}). Name one with \`time\`.`);
      return undefined;
    }
    return { kind, time, demand: -1, duration, unit: 'requests per bucket' };
  }
  const demand = named >= 0 ? named : guessDemand(layout, time, findings);
  if (demand < 0) return undefined;
  const name = layout.names[demand]!;
  const unit = mapping.unit ?? unitFromName(name);
  if (unit === undefined && layout.hasHeader) findings.add('trace-unit-assumed', 0, `column \`${name}\``);
  return { kind, time, demand, duration: -1, unit: unit ?? 'requests/s' };
}

function findColumn(layout: CsvLayout, wanted: string | number, key: string, findings: Findings): number {
  const { names } = layout;
  if (typeof wanted === 'number') {
    if (wanted <= names.length) return wanted - 1;
    const count = names.length === 1 ? 'one column' : `${names.length} columns`;
    findings.add(
      'trace-missing-column',
      0,
      `\`${key}: ${wanted}\` names a column by position, but there ${names.length === 1 ? 'is' : 'are'} only ${count} (${list(names)}).`,
    );
    return -1;
  }
  const exact = names.indexOf(wanted);
  if (exact >= 0) return exact;
  const loose = names.findIndex((name) => name.toLowerCase() === wanted.trim().toLowerCase());
  if (loose >= 0) return loose;
  const nearest = nearestName(wanted, names);
  const hint = nearest === undefined || !layout.hasHeader ? '' : ` Did you mean \`${nearest}\`?`;
  const exist = layout.hasHeader
    ? `the columns are ${list(names)}`
    : `the file has no header; name columns by position, from 1 to ${names.length}`;
  findings.add(
    'trace-missing-column',
    layout.hasHeader ? layout.firstLine : 0,
    `There is no column \`${wanted}\` (given as \`${key}\`); ${exist}.${hint}`,
  );
  return -1;
}

function guessTime(layout: CsvLayout): number {
  const shapes = layout.names.map((_, i) => shapeOfColumn(layout, i));
  const named = layout.names.findIndex(
    (name, i) => timeNames.test(name) && (shapes[i] === 'time' || shapes[i] === 'number'),
  );
  if (layout.hasHeader && named >= 0) return named;
  const dated = shapes.indexOf('time');
  if (dated >= 0) return dated;
  return shapes.findIndex(
    (shape, i) => shape === 'number' && epochUnitOf(Number(layout.sample[0]?.[i])) !== 'relative',
  );
}

function guessDemand(layout: CsvLayout, time: number, findings: Findings): number {
  const numeric = layout.names.flatMap((_, i) => (i !== time && shapeOfColumn(layout, i) === 'number' ? [i] : []));
  // Columns without a name are row numbers that a data frame left behind.
  const candidates = layout.hasHeader
    ? numeric.filter((i) => !/^column \d+$|^index$|^id$/i.test(layout.names[i]!))
    : numeric;
  if (candidates.length === 1) return candidates[0]!;
  for (const pattern of demandNames) {
    const matching = layout.hasHeader ? candidates.filter((i) => pattern.test(layout.names[i]!)) : [];
    if (matching.length === 1) return matching[0]!;
    if (matching.length > 1) break;
  }
  if (candidates.length === 0) {
    findings.add(
      'trace-column-choice',
      0,
      `No column holds numbers (${list(layout.names)}). Name the demand with \`column\`, or check the delimiter.`,
    );
  } else {
    const names = list(candidates.map((i) => layout.names[i]!));
    findings.add(
      'trace-column-choice',
      0,
      `Several columns could be the demand (${names}). Name one with \`column\`; or, if each row is one request, say \`kind: timestamps\`.`,
    );
  }
  return -1;
}

/** What most of the filled cells of a column look like. */
function shapeOfColumn(layout: CsvLayout, index: number): CellShape {
  const counts: Record<CellShape, number> = { number: 0, time: 0, text: 0, missing: 0 };
  for (const row of layout.shapes) counts[row[index] ?? 'missing']++;
  if (counts.number + counts.time + counts.text === 0) return 'missing';
  if (counts.time >= counts.number && counts.time >= counts.text) return 'time';
  return counts.number >= counts.text ? 'number' : 'text';
}

function list(names: readonly string[]): string {
  const shown = names.slice(0, 12).map((name) => `\`${name.slice(0, 60)}\``);
  return shown.join(', ') + (names.length > 12 ? ` and ${names.length - 12} more` : '');
}
