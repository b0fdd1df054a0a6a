#!/usr/bin/env node
/**
 * Makes checkout-week.csv: a week of an imagined checkout service, shaped like a real one. Same numbers at every run.
 *
 *   node scenarios/traces/generate.mjs [file to write]
 */
import { writeFileSync } from 'node:fs';

const bucketMinutes = 2;
const bucketsPerDay = (24 * 60) / bucketMinutes;
const start = Date.UTC(2026, 2, 9); // a Monday
const meanRate = 14; // requests/s over an ordinary week

/** Weight of each hour from midnight: quiet nights, a lunch peak, a higher one in the evening. */
const hours = [18, 12, 9, 8, 9, 14, 28, 45, 62, 74, 82, 92, 104, 98, 88, 84, 86, 94, 108, 122, 128, 112, 76, 40];
/** Monday to Sunday */
const weekdays = [0.94, 0.96, 0.98, 1, 1.08, 1.12, 0.92];

/** Mulberry32: 32 bits of state are plenty for five thousand rows. */
let state = 20_260_309;
function uniform() {
  state = (state + 0x6d2b79f5) | 0;
  let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
}
function normal() {
  return Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}

/** The hourly weights as a smooth curve through the middles of the hours. */
function hourly(minuteOfDay) {
  const position = minuteOfDay / 60 - 0.5;
  const hour = Math.floor(position);
  const share = position - hour;
  const smooth = (1 - Math.cos(Math.PI * share)) / 2;
  return hours[(hour + 24) % 24] * (1 - smooth) + hours[(hour + 1) % 24] * smooth;
}

/** What happened besides the ordinary: [day, hour, minutes, factor at the start, factor at the end]. */
const events = [
  [1, 19, 50, 1.9, 1.1], // Tuesday: a newsletter goes out, and its readers come at once
  [3, 14.15, 24, 0.15, 0.1], // Thursday: the payment provider is down; customers give up …
  [3, 14.55, 34, 1.85, 1.1], // … and come back
  [5, 11, 180, 1, 1.35], // Saturday: a slow swell towards the afternoon
  [5, 14, 240, 1.35, 1],
];
/** Minutes of the week for which the monitoring has no data. */
const outage = { from: 6 * 1440 + 3 * 60 + 10, to: 6 * 1440 + 3 * 60 + 40 };

const hoursMean = hours.reduce((sum, weight) => sum + weight) / 24;
const weekdaysMean = weekdays.reduce((sum, weight) => sum + weight) / 7;
const rows = ['timestamp,requests'];
let wobble = normal();
for (let bucket = 0; bucket < 7 * bucketsPerDay; bucket++) {
  const minute = bucket * bucketMinutes;
  const day = Math.floor(minute / 1440);
  // The day's level changes around midnight, not at it.
  const next = weekdays[(day + (minute % 1440 >= 720 ? 1 : 6)) % 7];
  const nearness = Math.max(0, 1 - Math.min(minute % 1440, 1440 - (minute % 1440)) / 120) / 2;
  let rate = (meanRate * hourly(minute % 1440) * (weekdays[day] * (1 - nearness) + next * nearness)) / (hoursMean * weekdaysMean);
  for (const [eventDay, hour, minutes, from, to] of events) {
    const into = (minute - eventDay * 1440 - hour * 60) / minutes;
    if (into >= 0 && into < 1) rate *= from + (to - from) * into;
  }
  // A wobble of 5 % that lasts some ten minutes, and the chance of counting.
  wobble = 0.82 * wobble + Math.sqrt(1 - 0.82 ** 2) * normal();
  const expected = rate * (1 + 0.05 * wobble) * bucketMinutes * 60;
  const count = Math.max(0, Math.round(expected + Math.sqrt(expected) * normal()));
  if (minute >= outage.from && minute < outage.to) continue;
  rows.push(`${new Date(start + minute * 60_000).toISOString().slice(0, 19)}Z,${count}`);
}
writeFileSync(process.argv[2] ?? new URL('checkout-week.csv', import.meta.url), rows.join('\n') + '\n');
