/**
 * Replications on one and on two worker threads, by the pool of the command line, threads started anew each time. Wall
 * time, because that is what workers are for: on a machine that others use, the ratio says as much about them.
 *
 * `npm run bench -- workers [replications] [rounds]`
 */
import { createWorkerPool } from '../cli/worker-pool.ts';
import { dayScenario } from './support/day-scenario.ts';
import { median } from './support/median.ts';

const replications = Number(process.argv[2] ?? 8);
const rounds = Number(process.argv[3] ?? 3);
const target = 1.8;
const loaded = dayScenario();

/** s */
async function timeWith(workers: number): Promise<number> {
  const pool = createWorkerPool(loaded, workers, new URL('worker.js', import.meta.url));
  const start = performance.now();
  await Promise.all(
    Array.from({ length: replications }, (_, replication) =>
      pool.execute({ policy: 'hpa', replication, decisionLog: false }, () => undefined),
    ),
  );
  const seconds = (performance.now() - start) / 1000;
  await pool.close();
  return seconds;
}

const pairs: { one: number; two: number }[] = [];
for (let round = 0; round < rounds; round++) pairs.push({ one: await timeWith(1), two: await timeWith(2) });
console.log(
  `${replications} replications of a day: one worker ${median(pairs.map(({ one }) => one)).toFixed(2)} s, two ${median(pairs.map(({ two }) => two)).toFixed(2)} s; ratio ${median(pairs.map(({ one, two }) => one / two)).toFixed(2)} (target ${target})`,
);
