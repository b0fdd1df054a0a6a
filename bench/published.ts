/**
 * The engine against every row of the published tables: stationary queues (M/M/c, M/D/c, M/PH/c, GI/G/c, D/M/c, M/M/c/K,
 * Erlang A and B) and queues whose rate changes over time. Row by row the theory, the estimate with its 99 % interval,
 * and whether the one lies in the other; at the end how many lie outside, and how many chance alone puts there.
 *
 * `npm run bench -- published [effort] [part of a table's name]`: effort 1 (the default) takes minutes, 0.1 tells whether
 * anything is badly wrong. Exits with 1 when more lie outside than chance explains.
 */
import { publishedRows, relaxationTime, simulateRow, type Measure } from '../test/support/published-rows.ts';
import { simulateScript, simulateSinusoid, timeVarying, type Check } from '../test/support/published-time-varying.ts';

const effort = Number(process.argv[2] ?? 1);
const wanted = process.argv[3] ?? '';
const confidence = 0.99;
const replications = 20;
/** Smaller numbers rest on so few events that their interval is none: they are left out, and counted. */
const rarest = 0.005;
let leftOut = 0;

interface Tally {
  checks: number;
  outside: number;
  /** widths ÷ values, to say how much the table shows */
  readonly widths: number[];
}
const tallies = new Map<string, Tally>();

function report(table: string, row: string, { what, exact, estimate }: Check): void {
  if (exact < rarest) {
    leftOut += 1;
    return;
  }
  const tally = tallies.get(table) ?? { checks: 0, outside: 0, widths: [] };
  tallies.set(table, tally);
  const inside = Math.abs(estimate.mean - exact) <= estimate.halfWidth;
  tally.checks += 1;
  if (!inside) tally.outside += 1;
  tally.widths.push(estimate.halfWidth / Math.abs(exact));
  const [theory, mean, halfWidth] = [exact, estimate.mean, estimate.halfWidth].map((value) => value.toPrecision(5));
  console.log(
    `${table.padEnd(10)} ${row.padEnd(40)} ${what.padEnd(16)} ${theory!.padStart(11)} ${mean!.padStart(11)} ± ${halfWidth!.padEnd(11)} ${inside ? 'inside' : 'OUTSIDE'}`,
  );
}

const started = performance.now();
for (const row of publishedRows().filter(({ table }) => table.includes(wanted))) {
  // Long against the time in which a queue forgets, and enough customers for a narrow interval.
  const needed = Math.max(60_000, 2000 * row.servers, 40 * relaxationTime(row) * row.rate);
  const customers = effort * Math.min(needed, 1_000_000);
  // Chance of its own for each row, or one unlucky stream would show in a whole column.
  const seed = `${row.table} ${row.name}`;
  const estimates = simulateRow(row, { replications, customers, seed, confidence });
  for (const [what, exact] of Object.entries(row.exact)) {
    report(row.table, row.name, { what, exact, estimate: estimates[what as Measure] });
  }
}
if ('Mt/M/c'.includes(wanted)) {
  for (const row of timeVarying.sinusoid) {
    const name = `c ${row.c}, λ ${row.lam_mean} ± ${row.amplitude}, period ${row.period}`;
    const cycles = Math.max(2, Math.round((effort * 20_000) / row.period));
    const checks = simulateSinusoid(row, { replications, cycles, seed: name, confidence });
    for (const check of checks) report('Mt/M/c', name, check);
  }
}
if ('script'.includes(wanted)) {
  for (const [which, { name }] of timeVarying.scripted.entries()) {
    const checks = simulateScript(which, { replications: Math.round(20_000 * effort), seed: name, confidence });
    for (const check of checks) report('script', name.slice(0, 40), check);
  }
}

console.log('\ntable       checks  outside  by chance  half-width ÷ value, median and widest');
let checks = 0;
let outside = 0;
for (const [table, tally] of tallies) {
  checks += tally.checks;
  outside += tally.outside;
  const widths = tally.widths.toSorted((a, b) => a - b);
  const percent = (value: number) => `${(100 * value).toFixed(1)} %`;
  console.log(
    `${table.padEnd(10)} ${String(tally.checks).padStart(7)} ${String(tally.outside).padStart(8)} ${((1 - confidence) * tally.checks).toFixed(1).padStart(10)}  ${percent(widths[Math.floor(widths.length / 2)]!)}, ${percent(widths.at(-1)!)}`,
  );
}
const expected = (1 - confidence) * checks;
const most = expected + 4 * Math.sqrt(expected) + 1;
console.log(
  `\n${outside} of ${checks} checks outside their ${100 * confidence} % intervals; chance alone: about ${expected.toFixed(0)}, at most ${Math.floor(most)}; ${leftOut} numbers below ${rarest} left out. ${((performance.now() - started) / 1000).toFixed(0)} s.`,
);
if (outside > most) process.exitCode = 1;
