/**
 * A day at 150 requests/s (13 M requests) under an HPA at 15 s: lognormal service of 80 ms, start-up delay, time-outs,
 * every result column. Also what the same customers cost without any statistics: a bare Kiefer–Wolfowitz loop of fixed
 * capacity in the same process, as the yardstick of this machine at this moment.
 */
import { createRun } from '../sim-core/index.ts';
import { bareLoop } from './support/bare-loop.ts';
import { dayScenario } from './support/day-scenario.ts';
import { median } from './support/median.ts';

const loaded = dayScenario();
const rounds = Number(process.argv[2] ?? 5);
const times: number[] = [];
const bareTimes: number[] = [];
let requests = 0;
let memory = 0;
for (let round = 0; round < rounds; round++) {
  globalThis.gc?.();
  const before = process.memoryUsage().rss;
  const start = performance.now();
  const run = createRun(loaded, { policy: 'hpa', replication: 0, decisionLog: true });
  while (!run.advance(100_000).done) memory = Math.max(memory, process.memoryUsage().rss);
  const { summary } = run.result();
  times.push(performance.now() - start);
  requests = summary.arrivals;
  memory = Math.max(memory, process.memoryUsage().rss);
  if (round === 0) console.log(`memory over the empty process: ${((memory - before) / 1e6).toFixed(0)} MB`);
  const bareStart = performance.now();
  bareLoop(requests, 150, 0.08, 16);
  bareTimes.push(performance.now() - bareStart);
}
const time = median(times);
const bare = median(bareTimes);
console.log(
  `a day, ${(requests / 1e6).toFixed(2)} M requests, HPA, all columns: ${(time / 1000).toFixed(2)} s (best ${(Math.min(...times) / 1000).toFixed(2)} s), ${((time * 1e6) / requests).toFixed(0)} ns a request`,
);
console.log(`bare loop of the same customers: ${(bare / 1000).toFixed(2)} s; ratio ${(bare / time).toFixed(2)}`);
