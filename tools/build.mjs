#!/usr/bin/env node
/**
 * Builds targets with vite: `node tools/build.mjs [--stale] [name ...]`. Without names: everything but the benchmarks.
 * With --stale, only what changed since the last build. Says what it does on stderr; stdout stays free for results.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './root.mjs';
import { targets } from './targets.mjs';

/** @typedef {import('./targets.mjs').Target} Target */

/** What every bundle depends on beside its own sources. */
const sharedSources = ['package.json', 'package-lock.json', 'tools/one-byte.mjs'];

/**
 * Name, size and time of every source: changes whenever a file is added, removed, renamed or written.
 *
 * @param {Target} target
 */
function fingerprint(target) {
  const hash = createHash('sha256');
  /** @param {string} path */
  const visit = (path) => {
    const stat = statSync(join(root, path), { throwIfNoEntry: false });
    if (stat === undefined) return;
    if (stat.isDirectory()) for (const name of readdirSync(join(root, path)).sort()) visit(`${path}/${name}`);
    else hash.update(`${path} ${stat.size} ${stat.mtimeMs}\n`);
  };
  for (const path of [...target.sources, target.config, ...sharedSources]) visit(path);
  return hash.digest('hex');
}

/** @param {Target} target */
const stampFile = (target) => join(root, 'dist', '.stamps', target.name);

/** @param {Target} target */
function isStale(target) {
  if (!existsSync(join(root, target.output)) || !existsSync(stampFile(target))) return true;
  return readFileSync(stampFile(target), 'utf8') !== fingerprint(target);
}

/**
 * Builds the named targets, in order; throws what vite throws.
 *
 * @param {readonly string[]} names
 * @param {{ onlyStale?: boolean }} [options]
 */
export async function build(names, { onlyStale = false } = {}) {
  const wanted = targets.filter((target) => names.includes(target.name) && !(onlyStale && !isStale(target)));
  if (wanted.length === 0) return;
  // The configurations name their files relative to the root, wherever the person stands.
  const startedIn = process.cwd();
  process.chdir(root);
  const vite = await import('vite');
  for (const target of wanted) {
    const before = fingerprint(target);
    const started = performance.now();
    await vite.build({ configFile: join(root, target.config), logLevel: 'error' });
    mkdirSync(join(root, 'dist', '.stamps'), { recursive: true });
    writeFileSync(stampFile(target), before);
    process.stderr.write(`built ${target.name} in ${((performance.now() - started) / 1000).toFixed(1)} s\n`);
  }
  process.chdir(startedIn);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(resolve(process.argv[1])).href) {
  const names = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
  const unknown = names.filter((name) => !targets.some((target) => target.name === name));
  if (unknown.length > 0) {
    process.stderr.write(
      `no such target: ${unknown.join(', ')}; there are ${targets.map((target) => target.name).join(', ')}\n`,
    );
    process.exit(2);
  }
  const wanted = names.length > 0 ? names : targets.map((target) => target.name).filter((name) => name !== 'bench');
  try {
    await build(wanted, { onlyStale: process.argv.includes('--stale') });
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}
