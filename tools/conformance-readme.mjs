#!/usr/bin/env node
/**
 * `npm run conformance:readme -- <folder of vector files>`: puts every vector file to the autoscalers with the built command
 * line, and writes the totals between the marks in README.md. Exit code 1 if a case failed.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from './build.mjs';
import { root } from './root.mjs';

const [given] = process.argv.slice(2);
if (given === undefined) {
  process.stderr.write('Name the folder of the vector files: npm run conformance:readme -- vectors\n');
  process.exit(2);
}
const folder = resolve(process.env.INIT_CWD ?? process.cwd(), given);
const files = readdirSync(folder)
  .filter((name) => name.endsWith('.json') && name !== 'index.json')
  .map((name) => join(folder, name));

await build(['cli'], { onlyStale: true });
const { stdout, stderr, status } = spawnSync(
  process.execPath,
  [join(root, 'dist', 'cli', 'headroom.js'), 'conformance', '--markdown', ...files],
  { encoding: 'utf8' },
);
if (status !== 0 && status !== 1) {
  process.stderr.write(stderr);
  process.exit(2);
}
const readme = join(root, 'README.md');
const marks = /(<!-- conformance: .*-->\n)[^]*?(<!-- end of conformance -->)/;
const before = readFileSync(readme, 'utf8');
if (!marks.test(before)) throw new Error('README.md has lost the marks around the conformance table.');
writeFileSync(
  readme,
  before.replace(marks, (_, start, end) => `${start}\n${stdout}\n${end}`),
);
process.stdout.write(stdout);
process.exit(status);
