#!/usr/bin/env node
/**
 * Makes shop-hour.csv: an hour of an imagined shop under the HPA of Kubernetes, as a dashboard would export it. Made second
 * by second from rates alone, without the simulation that is checked against it. Same numbers at every run.
 *
 *   node scenarios/traces/generate-recording.mjs [file to write]
 */
import { writeFileSync } from 'node:fs';

const start = Date.UTC(2026, 9, 1, 17);
const rowSeconds = 30;
const demand = 0.09; // CPU seconds of a request
const most = 0.5; // CPU of a replica
const request = 0.25;
const target = 0.6;
const startup = 40;
const metrics = { delay: 15, window: 30 };
const stabilisation = 120;
const [fewest, farthest] = [3, 40];

/** Requests/s: a wave of twenty minutes, and a crowd of five from minute 32 on. */
function rateAt(second) {
  const wave = 30 + 18 * Math.sin((2 * Math.PI * second) / 1200);
  return second >= 1920 && second < 2220 ? wave + 25 : wave;
}

let backlog = 0; // CPU seconds
let ready = 18;
let wished = 18;
const starting = []; // seconds at which replicas become ready
const utilisations = [];
const wishes = [];
const rows = ['timestamp,requests,desired_replicas,ready_replicas,cpu_cores'];
let [requests, used] = [0, 0];
for (let second = 0; second < 3600; second++) {
  while (starting.length > 0 && starting[0] <= second) {
    starting.shift();
    ready += 1;
  }
  const work = backlog + rateAt(second) * demand;
  const cores = Math.min(work, ready * most);
  backlog = work - cores;
  utilisations.push(cores / (ready * request));
  requests += rateAt(second);
  used += cores;
  if ((second + 1) % 15 === 0) {
    const seen = utilisations.slice(0, Math.max(1, second + 1 - metrics.delay)).slice(-metrics.window);
    const ratio = seen.reduce((sum, value) => sum + value) / seen.length / target;
    const wish = Math.abs(ratio - 1) <= 0.1 ? wished : Math.ceil(ready * ratio);
    wishes.push({ second, wish: Math.min(farthest, Math.max(fewest, wish)) });
    while (wishes[0].second <= second - stabilisation) wishes.shift();
    const highest = Math.max(...wishes.map((each) => each.wish));
    const next = Math.max(wishes.at(-1).wish, Math.min(wished, highest));
    for (let one = wished; one < next; one++) starting.push(second + startup);
    // Those that have not started go first.
    for (let one = wished; one > next; one--) if (starting.pop() === undefined) ready -= 1;
    wished = next;
  }
  if ((second + 1) % rowSeconds !== 0) continue;
  const time = new Date(start + (second + 1 - rowSeconds) * 1000).toISOString().slice(0, 19);
  rows.push(`${time}Z,${Math.round(requests)},${wished},${ready},${(used / rowSeconds).toFixed(3)}`);
  [requests, used] = [0, 0];
}
writeFileSync(process.argv[2] ?? new URL('shop-hour.csv', import.meta.url), rows.join('\n') + '\n');
