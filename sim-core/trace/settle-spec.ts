import { traceUnits, type TraceMapping, type TraceUnit } from './mapping.ts';
import { readUnit, unitTextAtEndOf, type RecordedUnit } from './recorded-unit.ts';
import { roleFromName, type SeriesRole, type SeriesStatistic } from './roles.ts';
import type { Measure, SeriesSpec } from './series-group.ts';

/** A series whose role, measure and unit are settled. */
export interface SettledSpec {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly role: SeriesRole;
  /** the mapping says that it is of no use */
  readonly unused: boolean;
  readonly statistic: SeriesStatistic;
  readonly measure: Measure;
  /** of the values once multiplied with `factor` */
  readonly unit: RecordedUnit;
  readonly factor: number;
  /** as the file or a person named it; empty when nobody did */
  readonly unitText: string;
  /** what the values of the file count in, in its own words where it has any */
  readonly fileUnit: string;
  /** s, the length of a row where the format states it */
  readonly bucket: number | undefined;
}

/** What the values of a role are kept in when nothing says what they are. */
const unitOfRole: Partial<Record<SeriesRole, RecordedUnit>> = {
  demand: '1/s',
  errors: '1/s',
  replicas: 'count',
  'desired-replicas': 'count',
  queue: 'count',
};

/** The mapping's word first, then the format's, then what the name tells. */
export function settleSpec(spec: SeriesSpec, mapping: TraceMapping): SettledSpec {
  const { name, labels = {}, bucket } = spec;
  const counter = toldOf(mapping.counters, name);
  const measure = measureOf(spec, counter);
  const guess = roleFromName(name);
  const told = toldOf(mapping.roles, name);
  const role = told === undefined || told === 'unused' ? (spec.role ?? guess.role) : told;
  const statistic = spec.statistic ?? guess.statistic;
  const unitText = toldOf(mapping.units, name) ?? spec.unit ?? '';
  const inName = unitTextAtEndOf(name);
  const reading = readUnit(unitText) ?? (inName === undefined ? undefined : readUnit(inName));
  const perSecond = role === 'demand' || role === 'errors' || measure === 'counter' || measure === 'rate';
  const unit = perSecond && reading?.unit !== 'fraction' ? '1/s' : (reading?.unit ?? unitOfRole[role] ?? 'unknown');
  return {
    name,
    labels,
    role,
    unused: told === 'unused',
    statistic,
    measure:
      counter === undefined && reading?.unit === 'count' && measure === 'gauge' && countsPerRow(role, name, mapping)
        ? 'count'
        : measure,
    unit,
    factor: unit === reading?.unit ? reading.factor : 1,
    unitText,
    fileUnit:
      unitText !== ''
        ? unitText
        : unit === reading?.unit && inName !== undefined
          ? inName
          : unit === 'unknown'
            ? ''
            : unit,
    bucket,
  };
}

/** Errors of formats that know better have their measure; of others a count is what a person says it is. */
function countsPerRow(role: SeriesRole, name: string, { units }: TraceMapping): boolean {
  return role === 'demand' || (role === 'errors' && toldOf(units, name) !== undefined);
}

function measureOf({ measure = 'gauge' }: SeriesSpec, counter: boolean | undefined): Measure {
  if (counter === true) return 'counter';
  return counter === false && measure === 'counter' ? 'gauge' : measure;
}

/** How the demand counts: told, or by the format, or by its measure. */
export function demandUnit({ measure, unitText }: SettledSpec, mapping: TraceMapping): TraceUnit {
  // What a counter gains is a rate by then.
  if (measure === 'counter') return 'requests/s';
  if (mapping.unit !== undefined) return mapping.unit;
  const named = traceUnits.find((unit) => unit === unitText);
  if (named !== undefined) return named;
  if (measure === 'count') return 'requests per bucket';
  const reading = readUnit(unitText);
  return reading?.unit === '1/s' && reading.factor < 1 ? 'requests/min' : 'requests/s';
}

/** What a mapping says of a series: by its whole name or, for all series of a metric, by the metric's name alone. */
function toldOf<T>(record: Readonly<Record<string, T>> | undefined, name: string): T | undefined {
  if (record === undefined) return undefined;
  if (Object.hasOwn(record, name)) return record[name];
  const metric = metricOf(name);
  return Object.hasOwn(record, metric) ? record[metric] : undefined;
}

/** `http_requests_total` of `http_requests_total{pod="a"}`. */
export function metricOf(name: string): string {
  const at = name.indexOf('{');
  return at > 0 ? name.slice(0, at) : name;
}
