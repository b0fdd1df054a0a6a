import { describe, expect, it } from 'vitest';
import { mgc } from '../../sim-core/queueing/mgc.ts';
import { mmc } from '../../sim-core/queueing/mmc.ts';
import { queueingTables } from '../support/published.ts';
import { testRandom } from '../support/random.ts';

const tables = queueingTables();

function system(c: number, rho: number, scv: number) {
  return { arrivalRate: c * rho, serviceTimeMean: 1, serviceScv: scv, servers: c };
}

/** What the model says of itself: the bound it states for its mean wait. */
function statedBound(rho: number, scv: number): number {
  if (scv > 4) return 1 / 3;
  return rho >= 0.7 ? 0.05 : 0.12;
}

describe('M/G/c against exact values', () => {
  it.each(tables.MDc)('M/D/c, c = $c, ρ = $rho: mean wait', ({ c, rho, Wq }) => {
    expect(Math.abs(mgc.predict(system(c, rho, 0)).waitingTimeMean / Wq - 1)).toBeLessThan(statedBound(rho, 0));
  });

  it.each(tables.MGc_phase_type)('M/$service/c, c = $c, ρ = $rho: mean wait and delay probability', (row) => {
    const prediction = mgc.predict(system(row.c, row.rho, row.scv_service));
    expect(Math.abs(prediction.waitingTimeMean / row.Wq - 1)).toBeLessThan(statedBound(row.rho, row.scv_service));
    expect(Math.abs(prediction.delayProbability - row.P_wait)).toBeLessThan(0.034);
  });

  it('is nearer to the exact mean wait than Allen and Cunneen, by a factor of four and more on average', () => {
    let ours = 0;
    let allenCunneen = 0;
    for (const { c, rho, scv_service: scv, Wq } of tables.MGc_phase_type) {
      ours += Math.abs(mgc.predict(system(c, rho, scv)).waitingTimeMean / Wq - 1);
      allenCunneen += Math.abs((((1 + scv) / 2) * mmc.predict(system(c, rho, scv)).waitingTimeMean) / Wq - 1);
    }
    expect(allenCunneen / ours).toBeGreaterThan(4);
  });

  it('M/D/c wait percentiles: p90 and p95 within 5 % of a service time, p99 within 16 %', () => {
    for (const { c, rho, wait } of tables.MDc_percentiles) {
      const error = (p: string) => Math.abs(mgc.waitingTimeQuantile(system(c, rho, 0), Number(p)) - wait[p]!);
      expect(error('0.9')).toBeLessThan(0.05);
      expect(error('0.95')).toBeLessThan(0.05);
      expect(error('0.99')).toBeLessThan(0.16);
    }
  });

  it('at one server the mean wait is that of Pollaczek and Khinchine', () => {
    for (const rho of [0.1, 0.5, 0.8, 0.99]) {
      for (const scv of [0, 0.25, 1, 3, 50]) {
        const exact = (rho * (1 + scv)) / (2 * (1 - rho));
        expect(mgc.predict(system(1, rho, scv)).waitingTimeMean / exact).toBeCloseTo(1, 12);
      }
    }
  });

  it('with an scv of 1 the means, the delay probability and the wait are those of M/M/c', () => {
    for (const [c, rho] of [
      [1, 0.5],
      [4, 0.2],
      [7, 0.9],
      [300, 0.97],
    ] as const) {
      const general = mgc.predict(system(c, rho, 1));
      const exponential = mmc.predict(system(c, rho, 1));
      for (const key of Object.keys(general) as (keyof typeof general)[]) {
        expect(general[key] / exponential[key]).toBeCloseTo(1, 12);
      }
      for (const t of [0.01, 0.1, 1, 3]) {
        const exact = mmc.waitingTimeTail(system(c, rho, 1), t);
        expect(Math.abs(mgc.waitingTimeTail(system(c, rho, 1), t) - exact)).toBeLessThan(1e-12);
      }
    }
  });
});

/** Sojourn times of M/LN/c from the recursion of Kiefer and Wolfowitz, sorted. */
function simulateLognormal(c: number, rho: number, scv: number, customers: number, seed: number): Float64Array {
  const random = testRandom(seed);
  const sigma = Math.sqrt(Math.log1p(scv));
  const free = new Float64Array(c);
  const sojourns = new Float64Array(customers);
  let time = 0;
  for (let i = -20_000; i < customers; i += 1) {
    time -= Math.log(1 - random()) / (c * rho);
    let server = 0;
    for (let k = 1; k < c; k += 1) if (free[k]! < free[server]!) server = k;
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    const end = Math.max(time, free[server]!) + Math.exp(sigma * normal - (sigma * sigma) / 2);
    free[server] = end;
    if (i >= 0) sojourns[i] = end - time;
  }
  return sojourns.sort();
}

describe('M/G/c against a simulation of lognormal service', () => {
  it.each([
    { c: 1, rho: 0.7, scv: 0.6 },
    { c: 4, rho: 0.8, scv: 2 },
    { c: 10, rho: 0.9, scv: 0.6 },
    { c: 10, rho: 0.5, scv: 4 },
  ])('c = $c, ρ = $rho, scv = $scv: p95 of the sojourn within 5 %', ({ c, rho, scv }) => {
    const sojourns = simulateLognormal(c, rho, scv, 1_000_000, 1);
    const simulated = sojourns[Math.floor(0.95 * sojourns.length)]!;
    expect(Math.abs(mgc.sojournTimeQuantile(system(c, rho, scv), 0.95) / simulated - 1)).toBeLessThan(0.05);
  });

  it('with nobody waiting the sojourn is the service time', () => {
    // Half of a lognormal lies below mean ÷ √(1 + scv).
    expect(mgc.sojournTimeQuantile(system(1000, 0.01, 3), 0.5)).toBeCloseTo(0.5, 9);
    expect(mgc.sojournTimeQuantile(system(1000, 0.01, 0), 0.95)).toBe(1);
  });
});
