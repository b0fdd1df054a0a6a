import { traceUnits, type ImportMapping, type TraceColumn } from '../../../sim-core/index.ts';

export type ColumnRole = TraceColumn['role'];

export const roleNames: Readonly<Record<ColumnRole, string>> = {
  time: 'time',
  duration: 'request duration',
  demand: 'demand',
  replicas: 'replicas',
  'desired-replicas': 'desired replicas',
  latency: 'latency',
  cpu: 'CPU',
  memory: 'memory',
  errors: 'errors',
  queue: 'queue',
  cost: 'cost',
  other: 'other',
  unused: 'not used',
};

const roles = Object.keys(roleNames) as ColumnRole[];
const rolesByChoice: Readonly<Record<TraceColumn['choice'], readonly ColumnRole[]>> = {
  any: roles,
  series: roles.filter((role) => role !== 'time' && role !== 'duration'),
  time: ['time', 'unused'],
  unit: [],
  rows: [],
  none: [],
};

/** What a column can be said to be; its present role alone where its format says it all. */
export function roleChoices({ choice, role }: TraceColumn): readonly ColumnRole[] {
  const choices = rolesByChoice[choice];
  return choices.includes(role) ? choices : [role, ...choices];
}

const spans = ['s', 'ms', 'us', 'ns'];
const unitsByRole: Readonly<Partial<Record<ColumnRole, readonly string[]>>> = {
  time: spans,
  duration: spans,
  latency: spans,
  cpu: ['cores', 'millicores', '%', 'fraction'],
  memory: ['bytes', 'kB', 'MB', 'GB', 'KiB', 'MiB', 'GiB', '%', 'fraction'],
  replicas: ['count'],
  'desired-replicas': ['count'],
  queue: ['count'],
  errors: ['requests/s', 'requests/min', 'count', 'fraction', '%'],
  cost: ['USD', 'EUR', 'GBP'],
  other: ['count', 'requests/s', ...spans, 'cores', '%', 'fraction', 'bytes', 'USD'],
};

/** What the values of a column can be said to count; none where that cannot be said. */
export function unitChoices(column: TraceColumn): readonly string[] {
  const { role, isDemand, unit, choice } = column;
  // What a counter gains is a rate already.
  if (isDemand === true) return column.counter === true ? [] : traceUnits;
  if (role === 'unused' || role === 'demand' || choice === 'none' || choice === 'rows') return [];
  const units = unitsByRole[role] ?? [];
  return unit === '' || role === 'time' || units.includes(unit) ? units : [unit, ...units];
}

/** Whether a column may be said to add up since some start. */
export function canCount({ role, choice }: TraceColumn): boolean {
  return (choice === 'any' || choice === 'series') && !['time', 'duration', 'unused'].includes(role);
}

/** The column is chosen by these labels, or by this name. */
function isNamed({ name, labels }: TraceColumn, { column, series }: ImportMapping): boolean {
  return column === name || (series !== undefined && labels !== undefined && sameLabels(series, labels));
}

function sameLabels(one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>): boolean {
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length && keys.every((key) => one[key] === other[key]);
}

type Mutable = { -readonly [Key in keyof ImportMapping]: ImportMapping[Key] };

function without<T>(record: Readonly<Record<string, T>> | undefined, name: string): Record<string, T> | undefined {
  const rest = Object.entries(record ?? {}).filter(([key]) => key !== name);
  return rest.length === 0 ? undefined : Object.fromEntries(rest);
}

/** Keeps a key only where it says something. */
function put<Key extends keyof ImportMapping>(mapping: Mutable, key: Key, value: ImportMapping[Key] | undefined): void {
  if (value === undefined) delete mapping[key];
  else mapping[key] = value as Mutable[Key];
}

/** What was said about the role of a column. */
export function saysRole(mapping: ImportMapping, column: TraceColumn): boolean {
  const { name } = column;
  return (
    mapping.time === name ||
    mapping.duration === name ||
    isNamed(column, mapping) ||
    Object.hasOwn(mapping.roles ?? {}, name)
  );
}

/** What was said about what its values count. */
export function saysUnit({ unit, units, timeUnit }: ImportMapping, { name, role, isDemand }: TraceColumn): boolean {
  if (isDemand === true) return unit !== undefined;
  return role === 'time' ? timeUnit !== undefined : Object.hasOwn(units ?? {}, name);
}

/** Whether anything was said about a column. */
export function saysColumn(mapping: ImportMapping, column: TraceColumn): boolean {
  return saysRole(mapping, column) || saysUnit(mapping, column) || Object.hasOwn(mapping.counters ?? {}, column.name);
}

function withoutRole(mapping: ImportMapping, column: TraceColumn): Mutable {
  const next: Mutable = { ...mapping };
  if (next.time === column.name) delete next.time;
  if (next.duration === column.name) {
    delete next.duration;
    if (next.kind === 'timestamps') delete next.kind;
  }
  if (isNamed(column, next)) {
    delete next.column;
    delete next.series;
    delete next.unit;
  }
  put(next, 'roles', without(next.roles, column.name));
  return next;
}

/** The mapping that makes a column what a person says it is. @param columns all of the file */
export function withRole(
  mapping: ImportMapping,
  column: TraceColumn,
  role: ColumnRole,
  columns: readonly TraceColumn[],
): ImportMapping {
  const next = withoutRole(mapping, column);
  if (role === 'time') return { ...next, time: column.name };
  if (role === 'duration') {
    // A duration makes each row a request, which a named demand would stand against.
    const { column: _column, unit: _unit, ...rest } = next;
    return { ...rest, duration: column.name, kind: 'timestamps' };
  }
  if (role !== 'demand') return { ...next, roles: { ...next.roles, [column.name]: role } };
  const { duration: _duration, unit: _unit, series: _series, column: _column, kind, ...rest } = next;
  return { ...rest, ...(kind === 'rate' && { kind }), ...demandOf(column, columns) };
}

/** What tells one series from the others: labels where it has them, else its name. */
function demandOf(column: TraceColumn, columns: readonly TraceColumn[]): Pick<ImportMapping, 'column' | 'series'> {
  const { name, labels, role } = column;
  if (labels === undefined) return { column: name };
  const alike = columns.filter((other) => other.role === 'demand' && other.labels && sameLabels(other.labels, labels));
  if (role === 'demand' && alike.length === 1) return { series: labels };
  const namesakes = columns.filter((other) => other.name === name);
  return namesakes.length === 1 ? { column: name } : { column: name, series: labels };
}

/** The mapping that makes the values of a column count what a person says. */
export function withUnit(mapping: ImportMapping, { name, role, isDemand }: TraceColumn, unit: string): ImportMapping {
  const next: Mutable = { ...mapping };
  if (isDemand === true)
    put(
      next,
      'unit',
      traceUnits.find((known) => known === unit),
    );
  else if (role === 'time') put(next, 'timeUnit', unit === '' ? undefined : (unit as ImportMapping['timeUnit']));
  else put(next, 'units', unit === '' ? without(next.units, name) : { ...next.units, [name]: unit });
  return next;
}

export function withCounter(mapping: ImportMapping, { name, isDemand }: TraceColumn, counter: boolean): ImportMapping {
  const next: Mutable = { ...mapping, counters: { ...mapping.counters, [name]: counter } };
  if (isDemand === true) delete next.unit;
  return next;
}

/** Takes back all that was said about a column. */
export function withoutColumn(mapping: ImportMapping, column: TraceColumn): ImportMapping {
  const next = withoutRole(mapping, column);
  put(next, 'units', without(next.units, column.name));
  put(next, 'counters', without(next.counters, column.name));
  if (column.isDemand === true) delete next.unit;
  if (column.role === 'time') delete next.timeUnit;
  return next;
}

/** Sets one key, or takes it back. */
export function withSetting<Key extends keyof ImportMapping>(
  mapping: ImportMapping,
  key: Key,
  value: ImportMapping[Key] | undefined,
): ImportMapping {
  const next: Mutable = { ...mapping };
  put(next, key, value);
  return next;
}
