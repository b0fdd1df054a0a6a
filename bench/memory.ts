/**
 * Peak memory of the day of 13 M requests over that of an empty process: the highest resident size each reached, of
 * processes of their own. `npm run bench -- memory`
 */
import { spawnSync } from 'node:child_process';
import { createRun } from '../sim-core/index.ts';
import { dayScenario } from './support/day-scenario.ts';

const megabyte = 1e6;
const target = 150;

/** B, the highest resident size of a process that does this. */
function peakOf(script: readonly string[]): number {
  const { stdout, status } = spawnSync(process.execPath, script, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${script.join(' ')} ended with ${status}`);
  return Number(stdout);
}

if (process.argv[2] === 'day') {
  const run = createRun(dayScenario(), { policy: 'hpa', replication: 0, decisionLog: true });
  while (!run.advance(100_000).done);
  run.result();
  console.log(process.resourceUsage().maxRSS * 1024);
} else {
  const empty = peakOf(['-e', 'console.log(process.resourceUsage().maxRSS * 1024)']);
  const day = peakOf([process.argv[1]!, 'day']);
  const more = (day - empty) / megabyte;
  console.log(
    `a day of 13 M requests: ${(day / megabyte).toFixed(0)} MB at most, ${more.toFixed(0)} MB over an empty process (target ${target})`,
  );
}
