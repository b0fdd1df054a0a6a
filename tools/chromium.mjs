import { findProgram, installPackages } from './system-package.mjs';

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
  return process.env.CHROMIUM ? process.env.CHROMIUM : findProgram(commands, applications);
}

/** @returns {string | null} what a person must do, or null when there is a browser now */
export function ensureChromium() {
  if (findChromium() === null) installPackages('Chromium for the browser tests', ['chromium', 'fonts-liberation']);
  if (findChromium() !== null) return null;
  return 'install Chromium or Chrome (on Debian: apt-get install chromium), or name one: CHROMIUM=/path npm test';
}
