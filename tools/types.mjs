#!/usr/bin/env node
/** Checks the types of every folder under its own tsconfig: each one names only the host libraries that folder may use. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './root.mjs';

const projects = ['sim-core', 'cli', 'renderer', 'electron', '.'];
let failed = 0;
for (const project of projects) {
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const { status } = spawnSync(process.execPath, [tsc, '-p', join(root, project)], { cwd: root, stdio: 'inherit' });
  if (status !== 0) failed += 1;
}
process.exit(failed === 0 ? 0 : 1);
