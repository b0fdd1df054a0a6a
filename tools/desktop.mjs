import { spawn, spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { root } from './root.mjs';

/** Whether a window could be shown to the person who started this. */
export function hasDisplay() {
  if (process.platform === 'darwin' || process.platform === 'win32') return process.env.SSH_CONNECTION === undefined;
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/** @param {string} command */
function onPath(command) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, command), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** Opens the address in the browser of this desktop, if there is one. @param {string} url @returns {boolean} */
export function openBrowser(url) {
  if (!hasDisplay()) return false;
  /** @type {[string, string[]]} */
  const [command, args] =
    process.platform === 'darwin'
      ? ['open', [url]]
      : process.platform === 'win32'
        ? ['cmd', ['/c', 'start', '', url]]
        : ['xdg-open', [url]];
  if (process.platform === 'linux' && !onPath(command)) return false;
  const child = spawn(command, args, { stdio: 'ignore', detached: true });
  child.on('error', () => {});
  child.unref();
  return true;
}

const electronFolder = join(root, 'node_modules', 'electron');
const triedFile = join(root, 'node_modules', '.cache', 'headroom', 'electron-tried');
const downloadLimitSeconds = 90;
const retryAfterHours = 24;

/** Where Electron's binary is, or null. Importing the package would download it, without a limit. */
function electronBinary() {
  try {
    const name = readFileSync(join(electronFolder, 'path.txt'), 'utf8');
    const file = join(process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(electronFolder, 'dist'), name);
    return existsSync(file) ? file : null;
  } catch {
    return null;
  }
}

/**
 * Electron's binary: the one installed, or one downloaded now, once. The download is given a short time, and after a
 * failure is not tried again for a day, so that a machine without network starts without waiting.
 *
 * @returns {{ binary: string } | { reason: string }}
 */
export function findElectron() {
  if (!hasDisplay()) return { reason: 'there is no display' };
  if (process.platform === 'linux' && process.getuid?.() === 0) {
    return { reason: 'Electron does not run as root with its sandbox on' };
  }
  const installed = electronBinary();
  if (installed !== null) return { binary: installed };
  const tried = statSync(triedFile, { throwIfNoEntry: false });
  const retry = 'to try again: npx install-electron --no';
  if (tried !== undefined && Date.now() - tried.mtimeMs < retryAfterHours * 3_600_000) {
    return { reason: `its binary could not be downloaded earlier; ${retry}` };
  }
  process.stderr.write('downloading Electron, once (about 120 MB) …\n');
  const { status } = spawnSync(process.execPath, [join(electronFolder, 'install.js')], {
    stdio: 'ignore',
    timeout: downloadLimitSeconds * 1000,
  });
  const downloaded = status === 0 ? electronBinary() : null;
  if (downloaded !== null) return { binary: downloaded };
  try {
    mkdirSync(join(triedFile, '..'), { recursive: true });
    writeFileSync(triedFile, '');
  } catch {
    // Not to be remembered here: then it is tried again next time.
  }
  return { reason: `its binary could not be downloaded; ${retry}` };
}

/**
 * Runs the desktop shell until its window closes.
 *
 * @param {string} binary
 * @returns {Promise<{ started: boolean, code: number }>} started: false when it ended in an error before it could show
 */
export function runElectron(binary) {
  const startedAt = Date.now();
  const { ELECTRON_RUN_AS_NODE: _, ...environment } = process.env;
  return new Promise((done) => {
    const child = spawn(binary, [root], { stdio: ['ignore', 2, 2], env: environment });
    child.on('error', () => done({ started: false, code: 1 }));
    child.on('exit', (code) => done({ started: code === 0 || Date.now() - startedAt > 5000, code: code ?? 1 }));
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.on(signal, () => child.kill(signal));
  });
}
