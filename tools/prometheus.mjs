import { findProgram, installPackages } from './system-package.mjs';

/**
 * A Prometheus server and its promtool on this machine, for tests of the live import; PROMETHEUS and PROMTOOL name others.
 *
 * @returns {{ server: string, promtool: string } | null}
 */
export function findPrometheus() {
  const server = process.env.PROMETHEUS ?? findProgram(['prometheus']);
  const promtool = process.env.PROMTOOL ?? findProgram(['promtool']);
  return server === null || promtool === null ? null : { server, promtool };
}

/** @returns {string | null} what a person must do, or null when there is a server now */
export function ensurePrometheus() {
  if (findPrometheus() === null) installPackages('Prometheus for the tests of the live import', ['prometheus']);
  if (findPrometheus() !== null) return null;
  return 'install Prometheus (on Debian: apt-get install prometheus), or name it: PROMETHEUS=/path PROMTOOL=/path npm test';
}
