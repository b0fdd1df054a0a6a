import { printDuration } from '../units/duration.ts';
import type { RecordedSeries, TraceColumn, TraceImport, TraceQuality, TraceSeries } from './contract.ts';
import type { FindingCode, Findings } from './findings.ts';
import type { TraceMapping, TraceUnit } from './mapping.ts';
import type { Recording } from './recording.ts';
import { settleLog } from './settle-log.ts';
import type { RequestLog } from './request-log.ts';
import { aggregationOf } from './roles.ts';
import { findSaturation } from './saturation.ts';
import type { SeriesGroup } from './series-group.ts';
import { markGaps, orderRows, type GapRows, type OrderedRows } from './settle-rows.ts';
import { demandUnit, settleSpec, type SettledSpec } from './settle-spec.ts';
import { checkNames } from './told-names.ts';
import { printEpoch, printFromStart } from './time-text.ts';

export interface SettleInput {
  readonly recording: Recording;
  readonly recognisedBy: string;
  readonly mapping: TraceMapping;
  readonly findings: Findings;
  readonly columns: readonly TraceColumn[];
  readonly groups: readonly SeriesGroup[];
  readonly log: RequestLog | undefined;
}

/** A series and where it stands: its group and its column there. */
interface Place {
  readonly group: number;
  readonly column: number;
  readonly spec: SettledSpec;
}

/** Turns what a reader gathered into the series of an import, and says everything that is to be said about it. */
export function settle(input: SettleInput): TraceImport {
  const { recording, mapping, findings, groups, log } = input;
  const places = groups.flatMap((group, g) =>
    group.specs.map((spec, column): Place => ({ group: g, column, spec: settleSpec(spec, mapping) })),
  );
  const demand = log === undefined ? chooseDemand(places, mapping, findings) : undefined;
  checkMalformed(recording, findings);
  checkNames(
    [...input.columns.map(({ name }) => name), ...places.map(({ spec }) => spec.name)],
    recording.format,
    mapping,
    findings,
  );

  const rows = groups.map((group, g) =>
    orderRows(
      group,
      places.filter((place) => place.group === g).map(({ spec }) => spec),
      mapping,
      demand?.group === g,
    ),
  );
  // Trouble with rows and values refuses the file only where it concerns the demand.
  if (demand !== undefined) {
    const group = groups[demand.group]!;
    findings.absorb(group.findings);
    findings.absorb(group.columnFindings[demand.column]!);
  }
  groups.forEach((group, g) => {
    if (demand?.group !== g) tellOfLength(findings, group);
  });

  const { absolute } = recording.time;
  const settledDemand = demand && settleDemand(demand, rows[demand.group]!, input);
  const settledLog = log && settleLog(log, findings);
  const origin = settledDemand?.origin ?? settledLog?.origin ?? earliest(rows);
  const startEpoch = absolute ? origin : NaN;
  const marked = rows.map((ordered, g) =>
    demand?.group === g && settledDemand !== undefined
      ? settledDemand.marked
      : markGaps(ordered, ordered.mergedFrom > 0 ? ordered.spacing.usual : undefined),
  );
  const recorded = [
    ...places.flatMap((place) =>
      place === demand || place.spec.unused ? [] : recordedOf(place, rows[place.group]!, marked[place.group]!, origin),
    ),
    ...(settledLog?.recorded ?? []),
  ];
  const series = settledDemand?.series(startEpoch) ?? settledLog?.series(startEpoch);
  if (series === undefined && recorded.length === 0 && !findings.hasError) findings.add('trace-header-only');
  const saturation = findSaturation(recorded, series);
  if (saturation.time > 0) findings.add('trace-saturated', 0, printDuration(Math.round(saturation.time)));
  const loop = mapping.load ?? recording.loop;
  if (loop === 'closed') findings.add('trace-closed-loop');

  const gaps = settledDemand?.marked.gaps ?? settledLog?.gaps ?? Math.max(0, ...marked.map((one) => one.gaps));
  const failed = findings.hasError || series === undefined;
  const [firstTime, lastTime] = span(recorded, series, origin, settledDemand?.lastTime ?? settledLog?.lastTime);
  const print = (time: number): string => (absolute ? printEpoch(time) : printFromStart(time));
  const quality: TraceQuality = {
    gaps,
    ...countsOf(findings, groups, demand !== undefined, log),
    saturated: saturation.stretches,
    saturatedTime: saturation.time,
    timeZone: recording.time.zone,
    loop,
  };
  // A file that is refused is still described, so that a person sees what to settle.
  const anything =
    series !== undefined || recorded.length > 0 || (log?.rows ?? 0) > 0 || rows.some(({ time }) => time.length > 0);
  return {
    format: recording.format,
    ...(anything && { mapping: proposalOf(input) }),
    ...(!failed && { series }),
    recorded: findings.hasError && demand !== undefined ? [] : recorded,
    ...(recording.distribution !== undefined && !findings.hasError && { distribution: recording.distribution }),
    startEpoch,
    ...(anything && {
      report: {
        file: findings.file,
        format: recording.format,
        recognisedBy: input.recognisedBy,
        rows: recording.rows,
        used: settledDemand?.used ?? log?.rows ?? Math.max(0, ...rows.map(({ time }) => time.length)),
        gaps,
        columns: columnsOf(input, places, demand, marked),
        timeFormat: recording.time.format,
        firstTime: print(firstTime),
        lastTime: print(lastTime),
        quality,
      },
    }),
    issues: findings.issues(),
  };
}

function chooseDemand(places: readonly Place[], mapping: TraceMapping, findings: Findings): Place | undefined {
  // Without series there is no choice; why there are none has been said.
  if (places.length === 0) return undefined;
  const candidates = places.filter(({ spec }) => spec.role === 'demand' && !spec.unused);
  const conditions = Object.entries(mapping.series ?? {});
  const named = typeof mapping.column === 'string' ? mapping.column : undefined;
  const byName = named === undefined ? places : places.filter(({ spec }) => sameName(spec.name, named));
  const matching = (named === undefined ? candidates : byName).filter(({ spec: { labels } }) =>
    conditions.every(([key, value]) => Object.hasOwn(labels, key) && labels[key] === value),
  );
  const [only] = matching;
  if (matching.length === 1) return only;
  if (candidates.length === 0 && named === undefined && conditions.length === 0) return undefined;
  const many = matching.length > 0 ? matching : places;
  const listed = many.slice(0, 6).map(({ spec }) => describe(spec));
  const list = listed.join(', ') + (many.length > 6 ? ` and ${many.length - 6} more` : '');
  const labelled = many.some(({ spec }) => Object.keys(spec.labels).length > 0);
  const unmatched = (): string => {
    if (conditions.length === 0) return `No series is called \`${named}\`; the file holds ${list}.`;
    if (labelled) return `No series has the labels given in \`series\`; the file holds ${list}.`;
    return `The file has no labels, so \`series\` cannot choose by them; leave it out, or name one with \`column\`: ${list}.`;
  };
  findings.add(
    'trace-column-choice',
    0,
    matching.length === 0
      ? unmatched()
      : `${matching.length} series could be the demand: ${list}. Name one ${labelled ? 'by its labels in `series`' : 'with `column`'}, or add them up where they come from, with sum() for example.`,
  );
  return undefined;
}

function sameName(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase();
}

function describe({ name, labels }: SettledSpec): string {
  const pairs = Object.entries(labels).filter(([key]) => key !== '__name__');
  // Some formats have the labels in the name already.
  if (pairs.length === 0 || name.includes('{')) return name;
  return `${name}{${pairs.map(([key, value]) => `${key}=${JSON.stringify(value)}`).join(', ')}}`;
}

/** A file most of whose rows are of no use was taken for something it is not. */
function checkMalformed(recording: Recording, findings: Findings): void {
  const malformed = findings.count('trace-malformed-row');
  if (malformed > 0 && malformed * 2 > recording.rows)
    findings.add('trace-mostly-malformed', 0, `${malformed} of ${recording.rows}`);
}

/** Series beside the demand that were too long are no reason to refuse the file, but no secret either. */
function tellOfLength(findings: Findings, group: SeriesGroup): void {
  const { findings: own, specs } = group;
  if (own.count('trace-coarsened', 'trace-too-many-rows') === 0) return;
  const cut = own.count('trace-too-many-rows') > 0 ? 'cut off at its limit' : 'merged into longer buckets';
  findings.add(
    'trace-note',
    0,
    `\`${specs[0]?.name}\` and what stands beside it have very many rows, which were ${cut}.`,
  );
}

interface SettledDemand {
  /** s of the file's clock, of the first row */
  readonly origin: number;
  readonly lastTime: number;
  readonly used: number;
  readonly marked: GapRows;
  series(startEpoch: number): TraceSeries | undefined;
}

function settleDemand(
  { column, spec }: Place,
  ordered: OrderedRows,
  { recording, mapping, findings }: SettleInput,
): SettledDemand | undefined {
  const { time, base, mergedFrom } = ordered;
  if (time.length === 0) {
    if (!findings.hasError) findings.add('trace-header-only');
    return undefined;
  }
  const told = mapping.bucket ?? spec.bucket;
  if (told === undefined && time.length < 2 && !findings.hasError) findings.add('trace-single-row');
  const marked = markGaps(ordered, mergedFrom > 0 ? ordered.spacing.usual : told);
  const { bucket, regular, gaps, lengths } = marked;
  const origin = base + time[0]!;
  const lastTime = base + time[time.length - 1]!;
  if (findings.hasError) return { origin, lastTime, used: time.length, marked, series: () => undefined };
  const unit = demandUnit(spec, mapping);
  const values = marked.columns[column]!;
  if (!regular) findings.add('trace-irregular', 0, marked.spacingText);
  if (values.every((value) => Number.isNaN(value))) {
    findings.add('trace-no-values');
    return { origin, lastTime, used: time.length, marked, series: () => undefined };
  }
  if (gaps > 0) {
    const many = gaps === 1 ? '1 bucket' : `${gaps} buckets`;
    const after = recording.time.absolute
      ? printEpoch(base + marked.firstGapAfter)
      : printFromStart(marked.firstGapAfter - time[0]!);
    const are = gaps === 1 ? 'is' : 'are';
    findings.add('trace-gaps', 0, `${many} of ${printDuration(bucket)} ${are} missing, the first after ${after}`);
  }
  const first = time[0]!;
  const countedOver = mergedFrom > 0 ? mergedFrom : bucket;
  return {
    origin,
    lastTime,
    used: time.length,
    marked,
    series: (startEpoch) => ({
      kind: 'rate',
      time: first === 0 ? marked.time : marked.time.map((t) => t - first),
      rate: values.map((value, i) =>
        perSecond(value, unit, spec.measure === 'counter' ? 1 : (lengths?.[i] ?? countedOver)),
      ),
      bucket,
      startEpoch,
    }),
  };
}

function perSecond(value: number, unit: TraceUnit, length: number): number {
  if (unit === 'requests/s') return value;
  return unit === 'requests/min' ? value / 60 : value / length;
}

function recordedOf({ column, spec }: Place, ordered: OrderedRows, marked: GapRows, origin: number): RecordedSeries[] {
  if (marked.time.length === 0) return [];
  const offset = ordered.base - origin;
  const { unit, role, statistic, measure } = spec;
  const values = marked.columns[column]!;
  const countedOver = ordered.mergedFrom > 0 ? ordered.mergedFrom : marked.bucket;
  const perBucket = measure === 'count' && unit === '1/s';
  const factor = spec.factor * percentFactor(spec, values);
  const scaled =
    factor === 1 && !perBucket
      ? values
      : values.map((value, i) => (value * factor) / (perBucket ? (marked.lengths?.[i] ?? countedOver) : 1));
  return [
    {
      name: spec.name,
      labels: spec.labels,
      role,
      statistic,
      unit: percentFactor(spec, values) === 1 ? unit : 'fraction',
      aggregation: aggregationOf(role, statistic, unit),
      time: offset === 0 ? marked.time : marked.time.map((t) => t + offset),
      values: scaled,
      bucket: marked.time.length > 1 ? marked.bucket : 0,
    },
  ];
}

/** CPU without a unit that reaches above 1.5 but not above 100 is a percentage when its name speaks of utilisation. */
function percentFactor({ role, unit, name }: SettledSpec, values: Float64Array): number {
  if (role !== 'cpu' || unit !== 'unknown' || !/util|usage|percent|pct|%/i.test(name)) return 1;
  let most = 0;
  for (const value of values) if (value > most) most = value;
  return most > 1.5 && most <= 100.5 ? 0.01 : 1;
}

function earliest(rows: readonly OrderedRows[]): number {
  const starts = rows.flatMap(({ base, time }) => (time.length > 0 ? [base + time[0]!] : []));
  return starts.length === 0 ? NaN : Math.min(...starts);
}

function span(
  recorded: readonly RecordedSeries[],
  series: TraceSeries | undefined,
  origin: number,
  demandEnd: number | undefined,
): [first: number, last: number] {
  if (series !== undefined || demandEnd !== undefined) return [origin, demandEnd ?? origin];
  return [origin, origin + recorded.reduce((last, { time }) => Math.max(last, time[time.length - 1] ?? 0), 0)];
}

type Counts = Omit<TraceQuality, 'gaps' | 'saturated' | 'saturatedTime' | 'timeZone' | 'loop'>;

function countsOf(
  findings: Findings,
  groups: readonly SeriesGroup[],
  demandAbsorbed: boolean,
  log: RequestLog | undefined,
): Counts {
  const malformedCodes = [
    'trace-malformed-row',
    'trace-bad-time',
    'trace-short-row',
    'trace-bad-cell',
    'trace-number-marks',
  ] as const;

  // Groups often share their rows, so that of these the most is the number, not the sum.
  const ofRows = (...codes: readonly FindingCode[]): number =>
    Math.max(findings.count(...codes), ...groups.map((group) => group.findings.count(...codes)));
  const ofValues = (...codes: readonly FindingCode[]): number =>
    groups.reduce(
      (sum, group) => sum + group.columnFindings.reduce((inGroup, one) => inGroup + one.count(...codes), 0),
      demandAbsorbed ? 0 : findings.count(...codes),
    );
  return {
    duplicates: ofRows('trace-duplicate-time', 'trace-duplicates-merged'),
    outOfOrder: ofRows('trace-unsorted', 'trace-rows-sorted', 'trace-sorted'),
    shownTwice: findings.count('trace-hour-twice'),
    neverShown: findings.count('trace-hour-skipped'),
    counterResets: ofValues('trace-counter-reset'),
    malformed: findings.count(...malformedCodes),
    malformedLines: findings.lines(...malformedCodes),
    missing: ofValues('trace-missing-value'),
    negative: ofValues('trace-negative'),
    movedToStart: log?.moved ?? 0,
    withoutDuration: log?.withoutDuration ?? 0,
  };
}

/** The mapping that reads the file as it was read, to start from. */
function proposalOf({ recording: { proposal }, mapping: { fill: _fill, ...told } }: SettleInput): TraceMapping {
  return { ...proposal, ...told };
}

/** The columns as the reader listed them, each series with what it was taken for; series it did not list come after. */
function columnsOf(
  { columns, groups, mapping }: SettleInput,
  places: readonly Place[],
  demand: Place | undefined,
  marked: readonly GapRows[],
): TraceColumn[] {
  const left = [...places];
  const take = (name: string): Place | undefined => {
    const at = left.findIndex(({ spec }) => spec.name === name);
    return at < 0 ? undefined : left.splice(at, 1)[0];
  };
  const columnOf = (place: Place, listed?: TraceColumn): TraceColumn => {
    const { spec, group, column } = place;
    const { name, labels } = spec;
    const isDemand = place === demand;
    const percent = percentFactor(spec, marked[group]?.columns[column] ?? new Float64Array(0)) !== 1;
    const values = groups[group]!.sampleOf(column);
    const sample = listed?.sample ?? (values.length > 0 ? values : undefined);
    return {
      name,
      role: spec.unused ? 'unused' : isDemand ? 'demand' : spec.role,
      unit: spec.unused ? '' : isDemand ? demandUnit(spec, mapping) : percent ? '%' : spec.fileUnit,
      ...(Object.keys(labels).length > 0 && { labels }),
      choice: listed?.choice === 'any' ? 'any' : 'series',
      ...(isDemand && { isDemand }),
      ...(spec.measure === 'counter' && { counter: true as const }),
      ...(sample !== undefined && { sample }),
    };
  };
  const listed = columns.map((column) => {
    const place = column.role === 'unused' ? take(column.name) : undefined;
    return place === undefined ? column : columnOf(place, column);
  });
  return [...listed, ...left.map((place) => columnOf(place))];
}
