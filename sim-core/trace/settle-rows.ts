import { aggregationOf } from './roles.ts';
import type { DuplicateRule, TraceMapping } from './mapping.ts';
import type { SettledSpec } from './settle-spec.ts';
import type { SeriesGroup } from './series-group.ts';
import { sortOrder } from './sort-order.ts';
import { formatSpacing, measureSpacing, type Spacing } from './spacing.ts';

/** Rows of a group in order, one a time, with the counters turned into what they counted per second. */
export interface OrderedRows {
  readonly base: number;
  /** s after `base`, strictly increasing */
  readonly time: Float64Array;
  readonly columns: readonly Float64Array[];
  readonly spacing: Spacing;
  /** s: what a row of the file lasted before rows were merged; NaN when they were not */
  readonly mergedFrom: number;
}

/**
 * Puts rows in order and merges those of one time.
 *
 * @param strict the demand is among the columns: disorder and duplicates refuse the file unless the mapping settles them
 */
export function orderRows(
  group: SeriesGroup,
  specs: readonly SettledSpec[],
  mapping: TraceMapping,
  strict: boolean,
): OrderedRows {
  const { findings } = group;
  const { base, time, columns, mergedFrom, inOrder } = group.take();
  let rows = { time, columns: columns as readonly Float64Array[] };
  if (!inOrder) {
    // Refused or not, what follows needs rows in order.
    if (!strict || mapping.sort === true) findings.rename('trace-unsorted', 'trace-rows-sorted');
    rows = mergeDuplicates(sortRows(rows), group, specs, mapping, strict);
  }
  specs.forEach(({ measure }, k) => {
    if (measure === 'counter')
      rows = { ...rows, columns: rows.columns.with(k, rateOfCounter(rows.time, rows.columns[k]!, group, k, mapping)) };
  });
  // Where all are counters, the last sample only ends the row before.
  if (rows.time.length > 1 && specs.every(({ measure }) => measure === 'counter'))
    rows = { time: rows.time.slice(0, -1), columns: rows.columns.map((column) => column.slice(0, -1)) };
  return { base, ...rows, spacing: measureSpacing(rows.time), mergedFrom };
}

type Rows = Pick<OrderedRows, 'time' | 'columns'>;

function sortRows({ time, columns }: Rows): Rows {
  const order = sortOrder(time);
  const inOrder = (column: Float64Array): Float64Array => column.map((_, i) => column[order[i]!]!);
  return { time: inOrder(time), columns: columns.map(inOrder) };
}

function mergeDuplicates(
  { time, columns }: Rows,
  group: SeriesGroup,
  specs: readonly SettledSpec[],
  { duplicates: told, sort }: TraceMapping,
  strict: boolean,
): Rows {
  const firsts: number[] = [];
  for (let i = 0; i < time.length; i++) if (i === 0 || time[i] !== time[i - 1]) firsts.push(i);
  const merged = time.length - firsts.length;
  if (merged === 0) return { time, columns };
  // Those that only sorting brought together were not seen before.
  if (!strict || sort === true)
    for (let k = group.findings.count('trace-duplicate-time'); k < merged; k++)
      group.findings.add('trace-duplicate-time');
  if (!strict || told !== undefined)
    group.findings.rename(
      'trace-duplicate-time',
      'trace-duplicates-merged',
      told ?? 'as such values are usually put together',
    );
  return {
    time: Float64Array.from(firsts, (i) => time[i]!),
    columns: columns.map((column, k) => {
      const spec = specs[k]!;
      const rule = told ?? aggregationOf(spec.role, spec.statistic, spec.unit);
      return Float64Array.from(firsts, (from, i) => combine(column, from, firsts[i + 1] ?? time.length, rule));
    }),
  };
}

function combine(column: Float64Array, from: number, to: number, rule: DuplicateRule): number {
  let count = 0;
  let result = NaN;
  for (let i = from; i < to; i++) {
    const value = column[i]!;
    if (Number.isNaN(value)) continue;
    count++;
    if (count === 1 || rule === 'last') result = value;
    else if (rule === 'max') result = Math.max(result, value);
    else if (rule !== 'first') result += value;
  }
  return rule === 'mean' && count > 1 ? result / count : result;
}

const resetTexts = {
  restart: 'What it counted between the sample before and its restart is lost; the rate there is a lower bound.',
  gap: 'The rate there is left open, as a gap.',
} as const;

/**
 * What a cumulative counter counted per second from each sample to the next; the last row has none. A fall is a restart
 * from zero, as Prometheus takes it (what the new value holds was counted since), unless the mapping calls it a gap.
 */
function rateOfCounter(
  time: Float64Array,
  values: Float64Array,
  group: SeriesGroup,
  column: number,
  { counterResets = 'restart' }: TraceMapping,
): Float64Array {
  const rate = new Float64Array(time.length).fill(NaN);
  let before = -1;
  for (let i = 0; i < time.length; i++) {
    if (Number.isNaN(values[i]!)) continue;
    if (before >= 0) {
      const reset = values[i]! < values[before]!;
      if (reset) group.columnFindings[column]!.add('trace-counter-reset', i + 1, resetTexts[counterResets]);
      const since = counterResets === 'gap' ? NaN : values[i]!;
      const counted = reset ? since : values[i]! - values[before]!;
      // Over missing samples the mean is known, but not when it came.
      if (before === i - 1) rate[before] = counted / (time[i]! - time[before]!);
    }
    before = i;
  }
  return rate;
}

/** Rows with one more, without values, at the start of every missing stretch; the demand and what stands beside it alike. */
export interface GapRows {
  readonly time: Float64Array;
  readonly columns: readonly Float64Array[];
  /** s, how long each row lasts: its bucket, or up to the next row where rows are uneven */
  readonly lengths: Float64Array | undefined;
  readonly bucket: number;
  readonly regular: boolean;
  /** missing buckets */
  readonly gaps: number;
  /** s after base, of the row before the first gap; NaN without gaps */
  readonly firstGapAfter: number;
  readonly spacingText: string;
}

/** @param bucket s, as told; undefined to take the usual spacing */
export function markGaps({ time, columns, spacing }: OrderedRows, bucket: number | undefined): GapRows {
  const length = bucket ?? spacing.usual;
  const regular = time.length < 2 || spacing.regularShare >= 0.8;
  let gaps = 0;
  let gapRows = 0;
  let firstGapAfter = NaN;
  const missingAfter = (i: number): number => {
    const distance = regular && i + 1 < time.length ? time[i + 1]! - time[i]! : 0;
    return distance >= 1.5 * length ? Math.round(distance / length) - 1 : 0;
  };
  for (let i = 0; i < time.length; i++) {
    const missing = missingAfter(i);
    gaps += missing;
    if (missing === 0) continue;
    gapRows++;
    if (Number.isNaN(firstGapAfter)) firstGapAfter = time[i]!;
  }
  const facts = {
    bucket: length,
    regular,
    gaps,
    firstGapAfter,
    spacingText: time.length > 1 ? formatSpacing(spacing) : '',
  };
  const lengths = regular
    ? undefined
    : Float64Array.from(time, (t, i) => (i + 1 < time.length ? time[i + 1]! - t : length));
  if (gapRows === 0) return { ...facts, time, columns, lengths };
  const n = time.length + gapRows;
  const times = new Float64Array(n);
  const wider = columns.map(() => new Float64Array(n));
  for (let i = 0, k = 0; i < time.length; i++) {
    times[k] = time[i]!;
    for (let c = 0; c < columns.length; c++) wider[c]![k] = columns[c]![i]!;
    k++;
    if (missingAfter(i) === 0) continue;
    times[k] = time[i]! + length;
    for (const column of wider) column[k] = NaN;
    k++;
  }
  return { ...facts, time: times, columns: wider, lengths };
}
