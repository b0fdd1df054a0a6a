import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';

/** @param {string} file @returns {Record<string, { version?: string, optional?: boolean }> | null} */
function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(join(root, file), 'utf8')).packages;
  } catch {
    return null;
  }
}

/**
 * Whether node_modules is what the lock file says. npm writes its own list when it has finished, so that neither an
 * interrupted install nor a changed lock file passes.
 */
export function isInstalled() {
  const wanted = packagesOf('package-lock.json');
  const present = packagesOf('node_modules/.package-lock.json');
  if (wanted === null || present === null) return false;
  return Object.entries(wanted).every(
    ([path, { version, optional }]) => path === '' || present[path]?.version === version || optional === true,
  );
}

/**
 * Installs what the lock file names, if need be. npm's errors go to stderr, whatever .npmrc
 * says, so that stdout stays free for results and a failure does not go unseen.
 *
 * @returns {boolean} whether everything is there
 */
export function install() {
  if (isInstalled()) return true;
  process.stderr.write('installing packages (npm ci), once …\n');
  const npm = process.env.npm_execpath;
  const [command, first] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []];
  const { status } = spawnSync(command, [...first, 'ci', '--loglevel=error', '--no-progress'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: command === 'npm' && process.platform === 'win32',
  });
  if (status === 0) return true;
  process.stderr.write(
    'npm ci did not finish; it says why above. It needs the network once. Then start again, or run: npm ci --loglevel=warn\n',
  );
  return false;
}
