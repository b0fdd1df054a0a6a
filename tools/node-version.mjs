import { readFileSync } from 'node:fs';

/** What to do about this Node, or null when it will do. `engines.node` in package.json says what is needed. */
export function nodeComplaint(version = process.versions.node) {
  const { engines } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  const needed = engines.node.replace(/[^\d.]/g, '');
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [neededMajor = 0, neededMinor = 0] = needed.split('.').map(Number);
  if (major > neededMajor || (major === neededMajor && minor >= neededMinor)) return null;
  return `Headroom needs Node ${needed} or newer; this is Node ${version}. See https://nodejs.org/en/download.`;
}
