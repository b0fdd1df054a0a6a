import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * The first of some programs that this machine has.
 *
 * @param {readonly string[]} names looked up on the PATH
 * @param {readonly string[]} [files] looked up where they are
 * @returns {string | null}
 */
export function findProgram(names, files = []) {
  const folders = (process.env.PATH ?? '').split(delimiter);
  for (const file of [...names.flatMap((name) => folders.map((folder) => join(folder, name))), ...files]) {
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {
      // not this one
    }
  }
  return null;
}

/**
 * Installs what tests need of the system where that needs no question: on Debian and its kin, as root or by a sudo that
 * asks no password. Elsewhere it does nothing.
 *
 * @param {string} purpose `Chromium for the browser tests`
 * @param {readonly string[]} packages
 */
export function installPackages(purpose, packages) {
  if (!existsSync('/usr/bin/apt-get')) return;
  const asRoot = process.getuid?.() === 0;
  if (!asRoot && spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status !== 0) return;
  process.stderr.write(`installing ${purpose} (apt-get) …\n`);
  for (const args of [['update'], ['install', '--yes', '--no-install-recommends', ...packages]]) {
    const before = asRoot ? [] : ['sudo', '-n'];
    const [command = '', ...rest] = [...before, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '--quiet', ...args];
    spawnSync(command, rest, { stdio: ['ignore', 2, 2], timeout: 300_000 });
  }
}
