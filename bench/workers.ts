/**
 * Replications on one and on two worker threads, by the pool of the command line, threads started anew each time. Wall
 * time, because that is what workers are for: on a machine that others use, the ratio says as much about them.
 *
 * `npm run bench -- workers [replications] [rounds]`
 */
import { cpus, loadavg } from 'node:os';
import { createWorkerPool } from '../cli/worker-pool.ts';
import { dayScenario } from './support/day-scenario.ts';
import { median } from './support/median.ts';

/** As many as a comparison of four policies has when nobody says otherwise. */
const replications = Number(process.argv[2] ?? 40);
const rounds = Number(process.argv[3] ?? 3);
const target = 1.8;
const loaded = dayScenario();

interface Spent {
  /** s of wall time */
  readonly wall: number;
  /** s of processor time of all threads */
  readonly processor: number;
}

async function spentWith(workers: number): Promise<Spent> {
  const pool = createWorkerPool(loaded, workers, new URL('worker.js', import.meta.url));
  const start = performance.now();
  const startOfProcessor = process.cpuUsage();
  await Promise.all(
    Array.from({ length: replications }, (_, replication) =>
      pool.execute({ policy: 'hpa', replication, decisionLog: false }, () => undefined),
    ),
  );
  const wall = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(startOfProcessor);
  await pool.close();
  return { wall, processor: (user + system) / 1e6 };
}

const pairs: { one: Spent; two: Spent }[] = [];
for (let round = 0; round < rounds; round++) pairs.push({ one: await spentWith(1), two: await spentWith(2) });
const wall = (side: 'one' | 'two') => median(pairs.map((pair) => pair[side].wall)).toFixed(2);
const ratio = median(pairs.map(({ one, two }) => one.wall / two.wall));
const more = median(pairs.map(({ one, two }) => two.processor / one.processor));
console.log(
  `${replications} replications of a day: one worker ${wall('one')} s, two ${wall('two')} s; ratio ${ratio.toFixed(2)} (target ${target})`,
);
console.log(
  `two workers spend ${more.toFixed(2)} times the processor time of one; load of the machine ${loadavg()[0]!.toFixed(1)} on ${cpus().length} cores`,
);
