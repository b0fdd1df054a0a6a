// Writes sim-core/units/zone/zone-table.ts from the time zone database of this machine.
//
//   node tools/time-zones.mjs [/usr/share/zoneinfo/tzdata.zi]
//
// `zic` compiles the database in its slim form: the changes that no rule foretells, and the rule for all later years as
// POSIX writes it. Both are packed, from 1970 on; names with the same clocks share a line.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './root.mjs';

const source = process.argv[2] ?? '/usr/share/zoneinfo/tzdata.zi';
const target = join(root, 'sim-core/units/zone/zone-table.ts');

const version = /^# version (\S+)/.exec(readFileSync(source, 'utf8'))?.[1];
if (version === undefined) throw new Error(`${source} does not say its version in its first line.`);

const folder = mkdtempSync(join(tmpdir(), 'time-zones-'));
try {
  execFileSync('zic', ['-b', 'slim', '-d', folder, source], {
    env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` },
  });
  const names = new Map();
  for (const name of filesIn(folder, '').sort()) {
    if (name === 'Factory') continue;
    const line = packed(readFileSync(join(folder, name)));
    names.set(line, [...(names.get(line) ?? []), name]);
  }
  const lines = [...names].map(([line, all]) => `${all.join(' ')}|${line}`);
  writeFileSync(
    target,
    `/** Written by tools/time-zones.mjs; not to be edited. How to read it: zone-clock.ts. */
export const zoneTable = {
  /** of the IANA time zone database */
  version: '${version}',
  lines: \`
${lines.join('\n')}
\`,
};
`,
  );
  console.error(`${lines.length} clocks with ${[...names.values()].flat().length} names of ${version} in ${target}`);
} finally {
  rmSync(folder, { recursive: true });
}

/**
 * @param {string} folder
 * @param {string} prefix of the names, with its slash
 * @returns {string[]}
 */
function filesIn(folder, prefix) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesIn(join(folder, entry.name), `${prefix}${entry.name}/`) : [`${prefix}${entry.name}`],
  );
}

/** `offsets|changes|rule`: seconds east of UTC; steps in minutes and which offset then; the POSIX rule afterwards. @param {Buffer} bytes */
function packed(bytes) {
  const { changes, rule, first } = readTzif(bytes);
  const offsets = [first];
  const kept = [];
  let before = first;
  for (const [index, { at, offset }] of changes.entries()) {
    if (at < 0) {
      before = offsets[0] = offset;
      continue;
    }
    // From the last change on the rule holds, even where that change is none of the clock.
    const isLast = index === changes.length - 1 && rule.includes(',');
    if (offset === before && !isLast) continue;
    if (!offsets.includes(offset)) offsets.push(offset);
    kept.push({ at, offset });
    before = offset;
  }
  let last = 0;
  const steps = kept.map(({ at, offset }) => {
    const step = (at - last) / 60;
    last = at;
    // One change of all since 1970 (Monrovia, 1972) is not at a full minute.
    const text = Number.isInteger(step)
      ? step.toString(36)
      : `${Math.floor(step).toString(36)}.${(at % 60).toString(36)}`;
    return `${text}${String.fromCharCode(65 + offsets.indexOf(offset))}`;
  });
  return `${offsets.join(' ')}|${steps.join('')}|${rule}`;
}

/** The second, 64-bit part of a TZif file (RFC 8536) and its footer. @param {Buffer} bytes */
function readTzif(bytes) {
  /** @param {number} at */
  const countsAt = (at) => ({
    utc: bytes.readUInt32BE(at + 20),
    standard: bytes.readUInt32BE(at + 24),
    leaps: bytes.readUInt32BE(at + 28),
    times: bytes.readUInt32BE(at + 32),
    types: bytes.readUInt32BE(at + 36),
    letters: bytes.readUInt32BE(at + 40),
  });
  if (bytes.toString('latin1', 0, 4) !== 'TZif') throw new Error('zic wrote something else than TZif.');
  const narrow = countsAt(0);
  const start =
    44 + narrow.times * 5 + narrow.types * 6 + narrow.letters + narrow.leaps * 8 + narrow.standard + narrow.utc;
  const { utc, standard, leaps, times, types, letters } = countsAt(start);
  const timesAt = start + 44;
  const typesAt = timesAt + times * 9;
  /** @param {number} type */
  const offsetOf = (type) => bytes.readInt32BE(typesAt + type * 6);
  const changes = Array.from({ length: times }, (_, i) => ({
    at: Number(bytes.readBigInt64BE(timesAt + i * 8)),
    offset: offsetOf(bytes.readUInt8(timesAt + times * 8 + i)),
  }));
  const end = typesAt + types * 6 + letters + leaps * 12 + standard + utc;
  const rule = bytes.toString('latin1', end).trim();
  return { changes, rule, first: offsetOf(0) };
}
