import { describe, expect, it } from 'vitest';
import { closedQueue } from '../../sim-core/queueing/closed-system.ts';
import { erlangA, erlangAWaitQuantile } from '../../sim-core/queueing/erlang-a.ts';
import { erlangB, erlangC } from '../../sim-core/queueing/erlang.ts';
import { renewalQueue } from '../../sim-core/queueing/gimc.ts';
import { constantServiceWait } from '../../sim-core/queueing/mdc-wait.ts';
import { byRoots, bySpitzer, constantServiceQueue } from '../../sim-core/queueing/mdc.ts';
import { finiteQueue, finiteQueueWaitQuantile } from '../../sim-core/queueing/mmck.ts';
import { mmc } from '../../sim-core/queueing/mmc.ts';
import { halfinWhittBeta, halfinWhittDelay } from '../../sim-core/queueing/square-root.ts';
import { queueingTables } from '../support/published.ts';

const tables = queueingTables();

/** What nine significant digits say of a number: the tables print no more, so that is all an exact value can meet. */
const printed = (value: number): number => Number(value.toPrecision(9));

function relativeError(value: number, exact: number): number {
  return exact === 0 ? Math.abs(value) : Math.abs(value / exact - 1);
}

function patient(c: number, arrivalRate: number, theta: number) {
  return { arrivalRate, serviceTimeMean: 1, servers: c, patienceMean: 1 / theta };
}

describe('every published row, to its last digit', () => {
  it('M/D/c: mean wait, 91 rows', () => {
    expect(tables.MDc.map(({ c, rho }) => printed(constantServiceQueue(c, c * rho).waitingTimeMean))).toEqual(
      tables.MDc.map(({ Wq }) => Wq),
    );
    expect(tables.MDc).toHaveLength(91);
  });

  it('M/D/c: percentiles of the wait, 16 rows', () => {
    expect(tables.MDc_percentiles).toHaveLength(16);
    for (const { c, rho, wait } of tables.MDc_percentiles) {
      const distribution = constantServiceWait(c, c * rho);
      for (const [p, seconds] of Object.entries(wait)) {
        expect(relativeError(distribution?.quantile(Number(p)) ?? NaN, seconds)).toBeLessThan(5e-9);
      }
    }
  });

  it('D/M/c, and Erlang or hyperexponential arrivals with exponential service: wait and delay probability', () => {
    const rows = [
      ...tables.DMc.map((row) => ({ ...row, scv: 0 })),
      ...tables.GIGc_phase_type.filter(({ service }) => service === 'M').map((row) => ({
        ...row,
        scv: row.scv_arrivals,
      })),
    ];
    expect(rows).toHaveLength(35 + 105);
    for (const { c, rho, scv, Wq, P_wait } of rows) {
      const queue = renewalQueue(c, c * rho, scv);
      expect(relativeError(queue.waitingTimeMean, Wq)).toBeLessThan(5e-9);
      expect(relativeError(queue.delayProbability, P_wait)).toBeLessThan(5e-9);
    }
  });

  it('M/M/c/K: blocking and queue, 6 rows', () => {
    expect(tables.MMcK).toHaveLength(6);
    for (const { c, K_total: capacity, rho_offered: rho, P_block, Lq } of tables.MMcK) {
      const queue = finiteQueue(c, capacity, c * rho, 1);
      expect([printed(queue.blockingProbability), printed(queue.queueLengthMean)]).toEqual([P_block, Lq]);
    }
  });

  it('Erlang A: abandonment, queue and delay probability, 6 rows', () => {
    expect(tables.MMc_plus_M_ErlangA).toHaveLength(6);
    for (const { c, lam, theta, P_abandon, Lq, P_wait } of tables.MMc_plus_M_ErlangA) {
      const queue = erlangA(patient(c, lam, theta));
      expect([queue.abandonmentProbability, queue.queueLengthMean, queue.delayProbability].map(printed)).toEqual([
        P_abandon,
        Lq,
        P_wait,
      ]);
    }
  });

  it('closed with users who think: throughput, response, utilisation, 9 rows', () => {
    expect(tables.closed_MMc_users_think).toHaveLength(9);
    for (const row of tables.closed_MMc_users_think) {
      const queue = closedQueue({
        users: row.users,
        thinkTimeMean: row.think_mean,
        serviceTimeMean: 1,
        servers: row.c,
      });
      expect([queue.throughput, queue.sojournTimeMean, queue.utilisation].map(printed)).toEqual(
        [row.throughput, row.response_mean, row.utilisation].map(printed),
      );
    }
  });
});

/** Balance equations, roots and binomial sums worked out in 40 to 60 digits with mpmath. */
describe('beyond the digits the tables print: 10⁻⁹ and better', () => {
  it.each([
    { c: 100, lambda: 110, theta: 0.25, exact: [0.9804906394054006, 0.0919299849798085, 40.44919339111574] },
    { c: 1000, lambda: 990, theta: 0.1, exact: [0.5598262938393375, 0.002940772587615759, 29.11364861739601] },
    { c: 3, lambda: 1, theta: 5, exact: [0.07035397807860975, 0.04522124822705855, 0.009044249645411709] },
  ])('Erlang A, c = $c, λ = $lambda, θ = $theta', ({ c, lambda, theta, exact }) => {
    const { delayProbability, abandonmentProbability, queueLengthMean } = erlangA(patient(c, lambda, theta));
    [delayProbability, abandonmentProbability, queueLengthMean].forEach((value, i) =>
      expect(relativeError(value, exact[i]!)).toBeLessThan(1e-11),
    );
  });

  it.each([
    { c: 1, K: 1000, a: 1.2, exact: [1 / 6, 994] },
    { c: 100, K: 250, a: 99.5, exact: [0.003965248756599348, 58.54792714082191] },
    { c: 20, K: 20, a: 12, exact: [0.00979563942006408, 0] },
    { c: 7, K: 400, a: 7, exact: [0.00251877660620902, 195.0062036293085] },
  ])('M/M/$c/$K, a = $a', ({ c, K, a, exact }) => {
    const { blockingProbability, queueLengthMean } = finiteQueue(c, K, a, 1);
    expect(relativeError(blockingProbability, exact[0]!)).toBeLessThan(1e-11);
    expect(relativeError(queueLengthMean, exact[1]!)).toBeLessThan(1e-11);
  });

  it.each([
    { c: 2, rho: 0.9, exact: 2.146923214715827 },
    { c: 40, rho: 0.3, exact: 5.235591073696467e-12 },
    { c: 25, rho: 0.99, exact: 1.89125583058751 },
  ])('M/D/$c, ρ = $rho', ({ c, rho, exact }) => {
    expect(relativeError(constantServiceQueue(c, c * rho).waitingTimeMean, exact)).toBeLessThan(1e-10);
  });

  it.each([
    { c: 5, rho: 0.8, exact: [0.6286297964969467, 0.3615424669743652, 0.1947073101525188] },
    { c: 60, rho: 0.95, exact: [0.9016951100310884, 0.4587286972684336, 0.0777731228855967] },
  ])('D/M/$c, ρ = $rho', ({ c, rho, exact }) => {
    const { sigma, delayProbability, waitingTimeMean } = renewalQueue(c, c * rho, 0);
    [sigma, delayProbability, waitingTimeMean].forEach((value, i) =>
      expect(relativeError(value, exact[i]!)).toBeLessThan(1e-10),
    );
  });

  it.each([
    { users: 500, think: 10, c: 45, exact: [44.07125526588896, 1.345263414518596] },
    { users: 50, think: 0.5, c: 8, exact: [8, 5.75] },
  ])('$users users on $c servers', ({ users, think, c, exact }) => {
    const queue = closedQueue({ users, thinkTimeMean: think, serviceTimeMean: 1, servers: c });
    expect(relativeError(queue.throughput, exact[0]!)).toBeLessThan(1e-11);
    expect(relativeError(queue.sojournTimeMean, exact[1]!)).toBeLessThan(1e-11);
  });

  it('Erlang B and C of 100,000 servers', () => {
    expect(relativeError(erlangB(100_000, 99_500), 0.0003814423940590296)).toBeLessThan(1e-10);
    expect(relativeError(erlangC(100_000, 99_500), 0.0709061993551133)).toBeLessThan(1e-10);
  });
});

describe('limits and neighbours', () => {
  it.each([
    [1, 0.5],
    [10, 9],
    [64, 60],
    [200, 197],
  ])('M/D/%i with %d erlang: roots and random walk agree', (c, a) => {
    const roots = byRoots(c, a);
    const walk = bySpitzer(c, a);
    expect(relativeError(roots.delayProbability, walk.delayProbability)).toBeLessThan(1e-11);
    expect(relativeError(roots.waitingTimeMean, walk.waitingTimeMean)).toBeLessThan(1e-11);
  });

  it('endless patience is M/M/c, endless room is M/M/c, no room is Erlang B', () => {
    for (const [c, a] of [
      [1, 0.7],
      [20, 18],
      [500, 480],
    ] as const) {
      const open = mmc.predict({ arrivalRate: a, serviceTimeMean: 1, serviceScv: 1, servers: c });
      const impatient = erlangA(patient(c, a, 1e-9));
      expect(relativeError(impatient.delayProbability, open.delayProbability)).toBeLessThan(1e-6);
      expect(relativeError(impatient.waitingTimeMean, open.waitingTimeMean)).toBeLessThan(1e-6);
      const roomy = finiteQueue(c, c + 3000, a, 1);
      expect(relativeError(roomy.delayProbability, open.delayProbability)).toBeLessThan(1e-11);
      expect(relativeError(roomy.waitingTimeMean, open.waitingTimeMean)).toBeLessThan(1e-11);
      expect(finiteQueue(c, c, a, 1).blockingProbability).toBe(erlangB(c, a));
      const renewal = renewalQueue(c, a, 1);
      expect(relativeError(renewal.delayProbability, open.delayProbability)).toBeLessThan(1e-10);
      expect(relativeError(renewal.waitingTimeMean, open.waitingTimeMean)).toBeLessThan(1e-10);
    }
  });

  it('the quantiles of the wait, too', () => {
    const system = { arrivalRate: 18, serviceTimeMean: 1, serviceScv: 1, servers: 20 };
    for (const p of [0.5, 0.9, 0.99]) {
      const open = mmc.waitingTimeQuantile(system, p);
      expect(Math.abs(finiteQueueWaitQuantile(20, 3000, 18, 1, p) - open)).toBeLessThan(1e-9);
      expect(Math.abs(erlangAWaitQuantile(patient(20, 18, 1e-9), p) - open)).toBeLessThan(1e-6);
    }
  });

  it('with patience as long as service everybody has a server of infinitely many: the number inside is Poisson', () => {
    for (const [c, a] of [
      [3, 5],
      [50, 45],
    ] as const) {
      const { numberInSystemMean, waitingTimeMean, waitingTimeServedMean, waitingTimeAbandonedMean, ...queue } =
        erlangA(patient(c, a, 1));
      expect(relativeError(numberInSystemMean, a)).toBeLessThan(1e-12);
      const lost = queue.abandonmentProbability;
      expect((1 - lost) * waitingTimeServedMean + lost * waitingTimeAbandonedMean).toBeCloseTo(waitingTimeMean, 12);
    }
  });

  it('100,000 servers are at the limit of Halfin and Whitt', () => {
    for (const beta of [0.2, 0.5, 1, 2]) {
      const servers = 100_000;
      // a with a + β√a = c
      const root = (-beta + Math.sqrt(beta * beta + 4 * servers)) / 2;
      expect(Math.abs(erlangC(servers, root * root) - halfinWhittDelay(beta))).toBeLessThan(0.001);
      expect(halfinWhittBeta(halfinWhittDelay(beta))).toBeCloseTo(beta, 10);
    }
  });
});
