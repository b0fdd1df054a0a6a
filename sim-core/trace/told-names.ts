import type { Findings } from './findings.ts';
import { traceUnits, type TraceMapping } from './mapping.ts';
import { nearestName } from './nearest-name.ts';
import { readUnit } from './recorded-unit.ts';
import { metricOf } from './settle-spec.ts';

/** Names that histograms go by in `units` although they are no columns. */
const ofHistograms = ['Value', 'value'];

/** A name in `roles`, `units` or `counters` that fits nothing in the file would change nothing, and nobody would know. */
export function checkNames(names: readonly string[], format: string, mapping: TraceMapping, findings: Findings): void {
  if (names.length === 0) return;
  const known = new Set([...names, ...names.map(metricOf)]);
  if (format.startsWith('hdr-')) for (const name of ofHistograms) known.add(name);
  const told = { roles: mapping.roles, units: mapping.units, counters: mapping.counters };
  for (const [key, record] of Object.entries(told)) {
    for (const name of Object.keys(record ?? {})) if (!known.has(name)) tellOfName(key, name, [...known], findings);
  }
  for (const [name, unit] of Object.entries(mapping.units ?? {})) {
    if (readUnit(unit) !== undefined || traceUnits.some((one) => one === unit)) continue;
    findings.add(
      'trace-unknown-unit',
      0,
      `\`${unit}\` (given in \`units\` for \`${name}\`) is no unit that is known. Write one such as ms, s, percent, fraction, cores, MiB, 1/s or count`,
    );
  }
}

function tellOfName(key: string, name: string, known: readonly string[], findings: Findings): void {
  const nearest = nearestName(name, known);
  const listed = known.slice(0, 6).map((one) => `\`${one}\``);
  const rest = known.length > 6 ? ` and ${known.length - 6} more` : '';
  findings.add(
    'trace-unknown-name',
    0,
    `No column or series is called \`${name}\` (given in \`${key}\`); ${
      nearest === undefined ? `there are ${listed.join(', ')}${rest}` : `the nearest is \`${nearest}\``
    }`,
  );
}
