import type { Issue } from '../issue.ts';
import type { TraceColumn, TraceImport } from '../trace/contract.ts';
import { detectLayout } from '../trace/csv-layout.ts';
import { CsvScanner } from '../trace/csv-scanner.ts';
import { withoutByteOrderMark } from '../trace/encoding.ts';
import { distributionSample } from '../trace/distribution.ts';
import { hdrLog } from '../trace/formats/hdr-log.ts';
import { hdrPercentiles } from '../trace/formats/hdr-percentiles.ts';
import { importTrace, openTrace } from '../trace/import-session.ts';
import { parseMarked } from '../trace/number-marks.ts';
import { maxServiceTimes } from '../trace/request-log.ts';

export const durationUnits = ['s', 'ms', 'us', 'ns'] as const;
export type DurationUnit = (typeof durationUnits)[number];
const secondsIn: Readonly<Record<DurationUnit, number>> = { s: 1, ms: 1e-3, us: 1e-6, ns: 1e-9 };

export interface MeasuredDurations {
  /** s, in the order of the file; NaN where a cell holds no number. Absent when there is an issue of severity error. */
  readonly values?: Float64Array;
  /** the column's name */
  readonly column?: string;
  readonly unit?: DurationUnit;
  readonly issues: readonly Issue[];
}

const headLength = 65_536;
const likelyName = /duration|latency|response.?time|service.?time|elapsed|took|request.?time/i;
/** The unit at the end of a name: `latency_ms`, `took (us)`, `durationMillis`. */
const unitInName: readonly (readonly [RegExp, DurationUnit])[] = [
  [/(?:[_ .([-]ms|millis(?:econds)?)[)\]]?$/i, 'ms'],
  [/(?:[_ .([-](?:us|µs)|micros(?:econds)?)[)\]]?$/i, 'us'],
  [/(?:[_ .([-]ns|nanos(?:econds)?)[)\]]?$/i, 'ns'],
  [/(?:[_ .([-](?:s|sec|secs)|seconds)[)\]]?$/i, 's'],
];

/** Values that stand for a distribution which a tool has already counted. */
const valuesOfDistribution = 20_000;

/** Formats whose columns nobody has named yet: which one holds the durations is settled here. */
const plainTables = new Set(['csv', 'values', 'wide-series']);
/** What is said of a log's times, gaps and demand is no matter for its durations; rows that could not be read are. */
const rowsLost = new Set(['trace-malformed-row', 'trace-mostly-malformed']);
const tooMany: Issue = {
  code: 'fit-unreadable',
  severity: 'error',
  message: `Durations are kept of at most ${maxServiceTimes} requests of a log. Take a part of it.`,
  path: [],
};

/**
 * What a format that knows its durations has of them: those of a log of requests, one by one, or what wrk2 or
 * HdrHistogram counted, as values that each stand for an equal share.
 */
function recognisedIn(bytes: Uint8Array, unit: DurationUnit | undefined): MeasuredDurations | undefined {
  const opened = openTrace('', bytes.subarray(0, headLength), bytes.length <= headLength, {});
  if (!('format' in opened) || plainTables.has(opened.format.name)) return undefined;
  const first = importTrace('', bytes, unit === undefined ? {} : { units: { value: unit, Value: unit } });
  const name = durationColumn(first)?.name;
  const told = unit !== undefined && name !== undefined ? importTrace('', bytes, { units: { [name]: unit } }) : first;
  const { distribution, series, mapping, issues } = told;
  if (opened.format === hdrLog || opened.format === hdrPercentiles) {
    if (distribution === undefined) return { issues };
    const written = mapping?.units?.[distribution.name] ?? 's';
    return {
      values: distributionSample(distribution, valuesOfDistribution),
      column: distribution.name,
      unit: durationUnits.find((one) => one === written) ?? 's',
      issues: issues.filter(({ code }) => code !== 'trace-left-out'),
    };
  }
  const column = durationColumn(told);
  if (column === undefined) {
    const { access, title } = opened.format;
    const first = withoutByteOrderMark(bytes).find((byte) => byte > 32) ?? 0;
    const isTable = access === 'text' && !'[{<'.includes(String.fromCharCode(first));
    if (isTable) return undefined;
    const message = `This is ${title}, from which the durations of single requests are not taken. Save them as CSV.`;
    return { issues: [{ code: 'fit-column', severity: 'error', message, path: [] }] };
  }
  if (series?.serviceTime === undefined) {
    const isTable = detectLayout(withoutByteOrderMark(bytes).subarray(0, headLength)).names.includes(column.name);
    if (isTable) return readDurations(bytes, { column: column.name, ...(unit !== undefined && { unit }) });
    const errors = issues.filter(({ severity }) => severity === 'error');
    return { issues: errors.length > 0 ? errors : [tooMany] };
  }
  const read = durationUnits.find((one) => one === column.unit.replace('µ', 'u')) ?? 's';
  const passedOver: Issue = {
    code: 'fit-unit',
    severity: 'warning',
    message: `The format says that ${column.name} counts ${read}; --unit ${unit} is passed over.`,
    path: [],
  };
  return {
    values: series.serviceTime,
    column: column.name,
    unit: read,
    issues: [
      ...issues.filter(({ code }) => rowsLost.has(code)),
      ...(unit !== undefined && unit !== read ? [passedOver] : []),
    ],
  };
}

const durationColumn = ({ report }: TraceImport): TraceColumn | undefined =>
  report?.columns.find(({ role }) => role === 'duration');

/**
 * One column of a delimited file, a plain list of numbers, what a log of requests says they took, or a distribution of
 * wrk2 or HdrHistogram, as durations.
 *
 * @param wanted column by name or by position from 1; its unit. Without them the name of a column tells.
 */
export function readDurations(
  bytes: Uint8Array,
  wanted: { readonly column?: string | number; readonly unit?: DurationUnit } = {},
): MeasuredDurations {
  const recognised = wanted.column === undefined ? recognisedIn(bytes, wanted.unit) : undefined;
  if (recognised !== undefined) return recognised;
  const issues: Issue[] = [];
  const report = (severity: Issue['severity'], code: string, message: string): void => {
    issues.push({ code, severity, message, path: [] });
  };
  const text = withoutByteOrderMark(bytes);
  const layout = detectLayout(text.subarray(0, headLength));
  const isNumeric = (index: number): boolean => layout.shapes.some((shapes) => shapes[index] === 'number');
  const column = chooseColumn(layout.names, isNumeric, wanted.column);
  if (column === undefined) {
    const names = layout.names.length === 0 ? 'none' : layout.names.join(', ');
    const which =
      wanted.column === undefined
        ? 'Which column holds the durations? Name it with --column.'
        : `There is no column ${wanted.column}.`;
    report('error', 'fit-column', `${which} The columns are: ${names}.`);
    return { issues };
  }
  const name = layout.names[column]!;
  const unit = wanted.unit ?? unitInName.find(([pattern]) => pattern.test(name))?.[1] ?? 's';
  if (wanted.unit === undefined && unit === 's' && !unitInName.at(-1)![0].test(name))
    report(
      'warning',
      'fit-unit',
      `Nothing says what ${layout.hasHeader ? `the column ${name} counts` : 'the numbers count'}; it is read as seconds. Say it with --unit ms.`,
    );
  const values: number[] = [];
  let skip = layout.hasHeader;
  const scanner = new CsvScanner(
    layout.delimiter,
    column + 1,
    ({ bytes: cells, starts, ends, count }) => {
      if (skip) skip = false;
      else
        values.push(
          column < count
            ? parseMarked(cells, starts[column]!, ends[column]!, layout.marks[column]!) * secondsIn[unit]
            : NaN,
        );
      return true;
    },
    (trouble, line) =>
      report(
        'error',
        'fit-unreadable',
        trouble === 'unclosed-quote'
          ? `The quotation mark in line ${line} is never closed.`
          : `Line ${line} is too long.`,
      ),
    layout.firstLine,
  );
  scanner.push(text.subarray(layout.skip));
  scanner.end();
  return issues.some(({ severity }) => severity === 'error')
    ? { issues }
    : { values: Float64Array.from(values), column: name, unit, issues };
}

function chooseColumn(
  names: readonly string[],
  isNumeric: (index: number) => boolean,
  wanted: string | number | undefined,
): number | undefined {
  if (typeof wanted === 'number') return wanted <= names.length ? wanted - 1 : undefined;
  if (wanted !== undefined) {
    const exact = names.indexOf(wanted);
    const found = exact >= 0 ? exact : names.findIndex((name) => name.toLowerCase() === wanted.toLowerCase());
    return found < 0 ? undefined : found;
  }
  const numeric = names.flatMap((_, index) => (isNumeric(index) ? [index] : []));
  const named = numeric.filter((index) => likelyName.test(names[index]!));
  const [only] = named.length > 0 ? named : numeric;
  return named.length === 1 || numeric.length === 1 ? only : undefined;
}
