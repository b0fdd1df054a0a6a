#!/usr/bin/env node
/**
 * `npm run bench -- [name] [arguments]`: builds bench/ and runs one benchmark, or all of them.
 * Each runs in a process of its own, so that none inherits another's heap or compiled code.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build } from './build.mjs';
import { root } from './root.mjs';

process.chdir(root);
const names = readdirSync('bench')
  .filter((name) => name.endsWith('.ts'))
  .map((name) => basename(name, '.ts'));
const [first, ...rest] = process.argv.slice(2);
const chosen = first !== undefined && names.includes(first) ? [first] : names;
const passedOn = chosen.length === 1 && first === chosen[0] ? rest : process.argv.slice(2);
if (first !== undefined && !first.startsWith('-') && !names.includes(first)) {
  process.stderr.write(`no benchmark is called ${first}; there are ${names.join(', ')}\n`);
  process.exit(2);
}

await build(['bench'], { onlyStale: true });
let failed = 0;
for (const name of chosen) {
  const file = join('dist', 'bench', `${name}.js`);
  const { status } = spawnSync(process.execPath, ['--expose-gc', file, ...passedOn], { stdio: 'inherit' });
  if (status !== 0) failed += 1;
}
process.exit(failed === 0 ? 0 : 1);
