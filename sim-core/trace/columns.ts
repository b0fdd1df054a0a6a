import type { CellShape, CsvLayout } from './csv-layout.ts';
import type { Findings } from './findings.ts';
import type { TraceMapping, TraceUnit } from './mapping.ts';
import { listNames, nearestName } from './nearest-name.ts';
import { isPartedOtherwise } from './number-marks.ts';
import { roleFromName } from './roles.ts';
import { epochUnitOf } from './time-text.ts';

/** A table as far as its columns matter. */
export type ColumnLayout = Pick<CsvLayout, 'names' | 'shapes' | 'sample' | 'hasHeader' | 'firstLine'> &
  Partial<Pick<CsvLayout, 'marks'>>;

/** Which column plays which role; indices from 0, −1 for none. */
export interface ColumnRoles {
  /** each row is a request, kept as such or counted */
  readonly requests: boolean;
  readonly time: number;
  readonly demand: number;
  readonly duration: number;
  /** HTTP status of a request */
  readonly status: number;
  readonly unit: TraceUnit;
  /** other columns of numbers, to be kept beside the demand */
  readonly recorded: readonly number[];
}

const timeNames =
  /^(_?time(stamp)?|date(time)?|ts|t|when|instant|period|epoch|unix(_?time)?|minute|hour|second|bucket|period_?start)$|time_?stamp|date_?time|time_?local|(start|arrival|end)_?time|^(time|elapsed)[ _]?[([]/i;
const perSecondNames =
  /\/ ?s(ec)?$|per.?s(ec|econd)?$|^(rps|qps|tps|hz)$|(^|[_ .-])(rps|qps|tps|rate)([_ .-]|$)|rate$/i;
const perMinuteNames = /\/ ?min$|per.?min(ute)?$|^(rpm|qpm)$|(^|[_ .-])(rpm|qpm)([_ .-]|$)/i;
const countNames = /count|requests?$|invocations?$|hits$|calls$|events$|arrivals$|^num|total|visits$|queries$/i;
const statusNames = /^(http.?)?(status|response)(.?code)?$|^code$/i;
const demandNames = [perSecondNames, perMinuteNames, countNames, /demand|load|traffic|throughput/i, /^(value|y)$/i];

/** Requests per what, as the column's name tells; undefined when it does not. */
export function unitFromName(name: string): TraceUnit | undefined {
  if (perSecondNames.test(name)) return 'requests/s';
  if (perMinuteNames.test(name)) return 'requests/min';
  return countNames.test(name) ? 'requests per bucket' : undefined;
}

/**
 * Gives each column its role, by the mapping first and by names and contents where the mapping is silent. Undefined when
 * nothing can be read so; a demand that could not be chosen is an error among the findings, but the rest is read.
 */
export function chooseColumns(
  layout: ColumnLayout,
  mapping: TraceMapping,
  findings: Findings,
): ColumnRoles | undefined {
  const time =
    mapping.time === undefined ? guessTime(layout, mapping) : findColumn(layout, mapping.time, 'time', findings);
  const duration = mapping.duration === undefined ? -1 : findColumn(layout, mapping.duration, 'duration', findings);
  const wanted = mapping.column ?? demandAmong(mapping);
  const named = wanted === undefined ? -1 : findColumn(layout, wanted, 'column', findings);
  if (findings.hasError) return undefined;

  const numbers = layout.names.flatMap((_, i) => (i !== time && shapeOfColumn(layout, i) === 'number' ? [i] : []));
  const onlyTimes = time >= 0 && named < 0 && numbers.length === 0;
  const parted = onlyTimes && mapping.kind !== 'timestamps' && duration < 0 ? partedCell(layout) : undefined;
  if (parted !== undefined) {
    findings.add('trace-number-marks', 0, parted);
    return undefined;
  }
  const requests = mapping.kind === 'timestamps' || (named < 0 && (duration >= 0 || onlyTimes));
  const status = requests ? layout.names.findIndex((name, i) => numbers.includes(i) && statusNames.test(name)) : -1;
  if (requests) {
    if (time < 0) {
      findings.add(
        'trace-missing-column',
        0,
        `No column holds times (${listNames(layout.names)}). Name one with \`time\`.`,
      );
      return undefined;
    }
    return { requests, time, demand: -1, duration, status, unit: 'requests per bucket', recorded: [] };
  }
  const demand = named >= 0 ? named : guessDemand(layout, numbers, mapping, findings);
  // Columns without a name are row numbers that a data frame left behind.
  const recorded = numbers.filter(
    (i) => i !== demand && i !== duration && (!layout.hasHeader || !rowNumbers.test(layout.names[i]!)),
  );
  if (demand < 0) return { requests, time, demand, duration, status, unit: 'requests/s', recorded };
  const name = layout.names[demand]!;
  const unit = mapping.unit ?? unitFromName(name);
  if (layout.marks?.[demand]?.assumed === true) findings.add('trace-marks-assumed', 0, `column \`${name}\``);
  if (unit === undefined && layout.hasHeader && mapping.counters?.[name] !== true)
    findings.add('trace-unit-assumed', 0, `column \`${name}\``);
  return { requests, time, demand, duration: -1, status, unit: unit ?? 'requests/s', recorded };
}

/** A cell that is a number to people but not to this program: its rows must not pass for requests. */
function partedCell({ sample }: ColumnLayout): string | undefined {
  for (const row of sample) for (const cell of row) if (isPartedOtherwise(cell)) return cell;
  return undefined;
}

/** The one column that the mapping's `roles` calls the demand. */
function demandAmong({ roles = {} }: TraceMapping): string | undefined {
  const [only, another] = Object.keys(roles).filter((name) => roles[name] === 'demand');
  return another === undefined ? only : undefined;
}

function findColumn(layout: ColumnLayout, wanted: string | number, key: string, findings: Findings): number {
  const { names } = layout;
  if (typeof wanted === 'number') {
    if (wanted <= names.length) return wanted - 1;
    const count = names.length === 1 ? 'one column' : `${names.length} columns`;
    findings.add(
      'trace-missing-column',
      0,
      `\`${key}: ${wanted}\` names a column by position, but there ${names.length === 1 ? 'is' : 'are'} only ${count} (${listNames(names)}).`,
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
    ? `the columns are ${listNames(names)}`
    : `the file has no header; name columns by position, from 1 to ${names.length}`;
  findings.add(
    'trace-missing-column',
    layout.hasHeader ? layout.firstLine : 0,
    `There is no column \`${wanted}\` (given as \`${key}\`); ${exist}.${hint}`,
  );
  return -1;
}

function guessTime(layout: ColumnLayout, { roles = {} }: TraceMapping): number {
  // What is said to be something else is no time.
  const shapes = layout.names.map((name, i) => (Object.hasOwn(roles, name) ? 'text' : shapeOfColumn(layout, i)));
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

const rowNumbers = /^column \d+$|^index$|^id$|^unnamed: \d+$/i;

/** @returns −1 when no column is demand, or when it is not clear which (then that is among the findings) */
function guessDemand(
  layout: ColumnLayout,
  numbers: readonly number[],
  { roles = {} }: TraceMapping,
  findings: Findings,
): number {
  const named = layout.hasHeader ? numbers.filter((i) => !rowNumbers.test(layout.names[i]!)) : numbers;
  // What is said or known to be something else is no demand.
  const candidates = named.filter((i) => {
    const name = layout.names[i]!;
    return Object.hasOwn(roles, name) ? roles[name] === 'demand' : !layout.hasHeader || isOther(name);
  });
  if (candidates.length === 1) return candidates[0]!;
  for (const pattern of demandNames) {
    const matching = layout.hasHeader ? candidates.filter((i) => pattern.test(layout.names[i]!)) : [];
    if (matching.length === 1) return matching[0]!;
    if (matching.length > 1) break;
  }
  if (named.length === 0 && numbers.length > 0) {
    const positions = numbers.map((i) => i + 1).join(', ');
    findings.add(
      'trace-column-choice',
      0,
      `No column with a name of its own holds numbers (${listNames(layout.names)}). Name the demand by its position with \`column\`: ${positions}.`,
    );
  } else if (named.length === 0) {
    findings.add(
      'trace-column-choice',
      0,
      `No column holds numbers (${listNames(layout.names)}). Name the demand with \`column\`, or check the delimiter.`,
    );
  } else if (candidates.length > 0) {
    const names = listNames(candidates.map((i) => layout.names[i]!));
    findings.add(
      'trace-column-choice',
      0,
      `Several columns could be the demand (${names}). Name one with \`column\`; or, if each row is one request, say \`kind: timestamps\`.`,
    );
  }
  return -1;
}

function isOther(name: string): boolean {
  return roleFromName(name).role === 'other' || unitFromName(name) === 'requests/s';
}

/** Whether a column can be anything but a time: cells that are empty so far may hold numbers further down. */
export function couldBeNumbers(layout: ColumnLayout, index: number): boolean {
  const shape = shapeOfColumn(layout, index);
  return shape === 'number' || shape === 'missing';
}

/** What most of the filled cells of a column look like. */
function shapeOfColumn(layout: ColumnLayout, index: number): CellShape {
  const counts: Record<CellShape, number> = { number: 0, time: 0, text: 0, missing: 0 };
  for (const row of layout.shapes) counts[row[index] ?? 'missing']++;
  if (counts.number + counts.time + counts.text === 0) return 'missing';
  if (counts.time >= counts.number && counts.time >= counts.text) return 'time';
  return counts.number >= counts.text ? 'number' : 'text';
}
