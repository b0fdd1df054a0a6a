import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const commands = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];
const applications = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** The Chromium of this machine (or a browser built on it), for browser tests; CHROMIUM names another. */
export function findChromium() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  const folders = (process.env.PATH ?? '').split(delimiter);
  for (const file of [...commands.flatMap((name) => folders.map((folder) => join(folder, name))), ...applications]) {
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
 * Installs Chromium where that needs no question: on Debian and its kin, as root or by a sudo that asks no password.
 *
 * @returns {string | null} what a person must do instead, or null when there is a browser now
 */
export function ensureChromium() {
  if (findChromium() !== null) return null;
  const advice =
    'install Chromium or Chrome (on Debian: apt-get install chromium), or name one: CHROMIUM=/path npm test';
  if (!existsSync('/usr/bin/apt-get')) return advice;
  const asRoot = process.getuid?.() === 0;
  const before = asRoot ? [] : ['sudo', '-n'];
  if (!asRoot && spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status !== 0) return advice;
  process.stderr.write('installing Chromium for the browser tests (apt-get) …\n');
  for (const args of [['update'], ['install', '--yes', '--no-install-recommends', 'chromium', 'fonts-liberation']]) {
    const [command = '', ...rest] = [...before, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '--quiet', ...args];
    spawnSync(command, rest, { stdio: ['ignore', 2, 2], timeout: 300_000 });
  }
  return findChromium() === null ? advice : null;
}
