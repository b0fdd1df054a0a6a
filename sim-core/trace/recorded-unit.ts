/** Units that recorded values are kept in. `count`: per bucket. `unknown`: as the file has it. */
export const recordedUnits = ['1/s', 'count', 's', 'cores', 'fraction', 'bytes', 'money', 'unknown'] as const;
export type RecordedUnit = (typeof recordedUnits)[number];

/** A unit as written somewhere, and what a value must be multiplied with. */
export interface UnitReading {
  readonly unit: RecordedUnit;
  readonly factor: number;
}

const words: readonly (readonly [names: readonly string[], unit: RecordedUnit, factor: number])[] = [
  [
    ['1/s', '/s', 'req/s', 'requests/s', 'reqps', 'rps', 'qps', 'tps', 'ops', 'hz', 'per second', 'count/second'],
    '1/s',
    1,
  ],
  [
    ['1/min', '/min', 'req/min', 'requests/min', 'rpm', 'qpm', 'reqpm', 'opm', 'per minute', 'count/minute'],
    '1/s',
    1 / 60,
  ],
  [['count', 'requests', 'request', 'requests per bucket', 'invocations', 'short', 'none', '1'], 'count', 1],
  [['s', 'sec', 'secs', 'second', 'seconds'], 's', 1],
  [['ms', 'msec', 'millis', 'millisecond', 'milliseconds'], 's', 1e-3],
  [['us', 'µs', 'μs', 'usec', 'microsecond', 'microseconds'], 's', 1e-6],
  [['ns', 'nsec', 'nanosecond', 'nanoseconds'], 's', 1e-9],
  [['min', 'mins', 'minute', 'minutes', 'm'], 's', 60],
  [['h', 'hour', 'hours'], 's', 3600],
  [['d', 'day', 'days'], 's', 86_400],
  [['core', 'cores', 'vcpu', 'vcpus', 'cpu', 'cpus'], 'cores', 1],
  [['millicore', 'millicores', 'mcpu', 'mcores'], 'cores', 1e-3],
  [['nanocore', 'nanocores'], 'cores', 1e-9],
  [['%', 'percent', 'pct'], 'fraction', 0.01],
  [['fraction', 'ratio', 'share', 'percentunit'], 'fraction', 1],
  [['b', 'byte', 'bytes', 'by'], 'bytes', 1],
  [['kb', 'kilobyte', 'kilobytes'], 'bytes', 1e3],
  [['mb', 'megabyte', 'megabytes'], 'bytes', 1e6],
  [['gb', 'gigabyte', 'gigabytes'], 'bytes', 1e9],
  [['kib', 'kibibyte', 'kibibytes'], 'bytes', 1024],
  [['mib', 'mebibyte', 'mebibytes'], 'bytes', 1024 * 1024],
  [['gib', 'gibibyte', 'gibibytes'], 'bytes', 1024 * 1024 * 1024],
  [['usd', 'eur', 'gbp', '$', '€', '£', 'dollar', 'dollars', 'euro', 'euros', 'money'], 'money', 1],
];

const byWord = new Map<string, UnitReading>(
  words.flatMap(([names, unit, factor]) => names.map((name) => [name, { unit, factor }] as const)),
);

/** Reads a unit as tools write it: `ms`, `Percent`, `reqps`, `1/min`. Undefined for what is not known. */
export function readUnit(text: string): UnitReading | undefined {
  return byWord.get(text.trim().toLowerCase());
}

/** A unit that a name ends in or has in brackets: `elapsed_ms`, `CPU (%)`, `cpu_util_percent`. */
export function unitAtEndOf(name: string): UnitReading | undefined {
  const text = unitTextAtEndOf(name);
  return text === undefined ? undefined : readUnit(text);
}

/** The same, as it is written there. */
export function unitTextAtEndOf(name: string): string | undefined {
  const bracket = /[([]\s*([^()[\]]{1,20}?)\s*[)\]]\s*$/.exec(name)?.[1];
  if (bracket !== undefined) return readUnit(bracket) && bracket;
  const ending = /(?:^|[_ .-])([a-zµμ%]{2,12}|[sb%])$/i.exec(name.trim())?.[1];
  const reading = ending === undefined ? undefined : readUnit(ending);
  // `..._count`, `..._requests` are names of things, not units.
  return reading === undefined || reading.unit === 'count' ? undefined : ending;
}
