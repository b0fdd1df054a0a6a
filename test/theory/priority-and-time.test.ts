import { describe, expect, it } from 'vitest';
import { closedQueue } from '../../sim-core/queueing/closed-system.ts';
import { erlangC } from '../../sim-core/queueing/erlang.ts';
import {
  busyServersQuantile,
  offeredLoadOfRows,
  sinusoidalOfferedLoad,
} from '../../sim-core/queueing/infinite-server.ts';
import {
  multiServerPreemptiveSojourns,
  multiServerPriorityWaits,
  nonPreemptiveWaits,
  preemptiveSojourns,
} from '../../sim-core/queueing/priority.ts';
import { staffSinusoid } from '../../sim-core/queueing/time-varying.ts';
import { readShared } from '../support/published.ts';

describe('priorities', () => {
  // Adan & Resing's exercise form: by the conservation law the load-weighted wait is that of first come first served.
  it.each([
    [0.2, 1, 1, 0.5, 1, 1],
    [0.1, 2, 0, 0.3, 1.5, 4],
    [0.6, 0.5, 3, 0.02, 10, 0.25],
  ])('keep the load-weighted mean wait (%#)', (rate1, mean1, scv1, rate2, mean2, scv2) => {
    const classes = [
      { arrivalRate: rate1, serviceTimeMean: mean1, serviceScv: scv1 },
      { arrivalRate: rate2, serviceTimeMean: mean2, serviceScv: scv2 },
    ];
    const waits = nonPreemptiveWaits(classes);
    const loads = [rate1 * mean1, rate2 * mean2];
    const residual = (loads[0]! * mean1 * (1 + scv1) + loads[1]! * mean2 * (1 + scv2)) / 2;
    const load = loads[0]! + loads[1]!;
    const inOrder = residual / (1 - load);
    expect((loads[0]! * waits[0]! + loads[1]! * waits[1]!) / load).toBeCloseTo(inOrder, 12);
    expect(waits[0]).toBeLessThan(inOrder);
    // The first class does not know of the second: its sojourn is Pollaczek and Khinchine's.
    expect(preemptiveSojourns(classes)[0]).toBeCloseTo(
      mean1 + (loads[0]! * mean1 * (1 + scv1)) / 2 / (1 - loads[0]!),
      12,
    );
  });

  it('with exponential service of one mean, interruption does not change the number inside', () => {
    const classes = [0.3, 0.4].map((arrivalRate) => ({ arrivalRate, serviceTimeMean: 1, serviceScv: 1 }));
    const inside = preemptiveSojourns(classes).reduce((sum, sojourn, k) => sum + classes[k]!.arrivalRate * sojourn, 0);
    expect(inside).toBeCloseTo(0.7 / 0.3, 12);
  });

  it('on several servers: one class is M/M/c, one server is Cobham', () => {
    expect(multiServerPriorityWaits([8], 1, 10)[0]).toBeCloseTo(erlangC(10, 8) / 2, 12);
    const single = [0.3, 0.4].map((arrivalRate) => ({ arrivalRate, serviceTimeMean: 1, serviceScv: 1 }));
    multiServerPriorityWaits([0.3, 0.4], 1, 1).forEach((wait, k) =>
      expect(wait).toBeCloseTo(nonPreemptiveWaits(single)[k]!, 12),
    );
  });

  it('on several servers that interrupt: one server is the textbook’s, the first class does not see the others', () => {
    const single = [0.2, 0.3, 0.25].map((arrivalRate) => ({ arrivalRate, serviceTimeMean: 1, serviceScv: 1 }));
    multiServerPreemptiveSojourns([0.2, 0.3, 0.25], 1, 1).forEach((sojourn, k) =>
      expect(sojourn).toBeCloseTo(preemptiveSojourns(single)[k]!, 9),
    );
    const [first, none, last] = multiServerPreemptiveSojourns([8, 0, 4], 1, 10);
    expect(first).toBeCloseTo(1 + erlangC(10, 8) / 2, 12);
    expect(none).toBeGreaterThan(first!);
    expect(last).toBe(Infinity);
  });

  it('a class that is starved does not stop those before it', () => {
    const [first, second] = nonPreemptiveWaits([
      { arrivalRate: 0.5, serviceTimeMean: 1, serviceScv: 1 },
      { arrivalRate: 5, serviceTimeMean: 1, serviceScv: 1 },
    ]);
    // The server is never idle: half the arrivals of the second class fill the other half. R = 1.
    expect(first).toBeCloseTo(2, 12);
    expect(second).toBe(Infinity);
  });
});

it('closed, one server: the recursion of mean values', () => {
  let inside = 0;
  for (let users = 1; users <= 60; users += 1) {
    const response = 0.2 * (1 + inside);
    const throughput = users / (3 + response);
    inside = throughput * response;
    const queue = closedQueue({ users, thinkTimeMean: 3, serviceTimeMean: 0.2, servers: 1 });
    expect(queue.throughput / throughput).toBeCloseTo(1, 12);
    expect(queue.sojournTimeMean / response).toBeCloseTo(1, 12);
  }
});

describe('time-varying rates', () => {
  const rate = { mean: 100, amplitude: 20, period: 2 * Math.PI };

  it('Mt/M/∞: the closed form of Eick, Massey and Whitt', () => {
    for (const t of [0, 1.3, 4, 6]) {
      expect(sinusoidalOfferedLoad(rate, 1, 1, t)).toBeCloseTo(100 + 10 * (Math.sin(t) - Math.cos(t)), 11);
      // Constant service: the mean rate over the last service time.
      expect(sinusoidalOfferedLoad(rate, 1, 0, t)).toBeCloseTo(100 + 20 * (Math.cos(t - 1) - Math.cos(t)), 11);
    }
  });

  it('row by row is the same, for any variability', () => {
    const perPeriod = 256;
    const width = rate.period / perPeriod;
    const rates = Array.from({ length: 20 * perPeriod }, (_, i) => 100 + 20 * Math.sin((i + 0.5) * width));
    for (const scv of [0, 0.25, 1, 2]) {
      const rows = offeredLoadOfRows(rates, width, 1, scv);
      for (const row of [18 * perPeriod + 3, 19 * perPeriod + 101]) {
        expect(Math.abs(rows[row]! - sinusoidalOfferedLoad(rate, 1, scv, (row + 0.5) * width))).toBeLessThan(0.005);
      }
    }
  });

  it('busy servers are Poisson', () => {
    // Σ to 117 of Poisson(100) is 0.9557, to 116 0.9470.
    expect(busyServersQuantile(100, 0.95)).toBe(117);
    expect(busyServersQuantile(0, 0.95)).toBe(0);
    // e⁻² = 0.135, ·(1 + 2) = 0.406, ·(1 + 2 + 2) = 0.677
    expect([0.1, 0.3, 0.5].map((p) => busyServersQuantile(2, p))).toEqual([0, 1, 2]);
  });

  it('the modified offered load gives the delay probabilities of Mt/M/c as published, on average over a period', () => {
    const { staffing } = JSON.parse(readShared('published/queueing_time_varying.json')) as {
      staffing: { beta: number; P_delay_mean: number }[];
    };
    expect(staffing).toHaveLength(5);
    for (const { beta, P_delay_mean } of staffing) {
      let sum = 0;
      for (let k = 0; k < 400; k += 1) {
        const load = sinusoidalOfferedLoad(rate, 1, 1, (k / 400) * rate.period);
        sum += erlangC(Math.ceil(load + beta * Math.sqrt(load)), load) / 400;
      }
      expect(Math.abs(sum / P_delay_mean - 1)).toBeLessThan(0.03);
    }
  });

  it('methods of staffing: the peak of the servers lags with the load, and averages ask for fewer', () => {
    const plan = (method: 'psa' | 'sipp-avg' | 'sipp-max' | 'sipp-mix' | 'mol') =>
      staffSinusoid({
        rate: { mean: 100, amplitude: 40, period: 24 },
        serviceTimeMean: 3,
        serviceScv: 1,
        objective: { kind: 'delay-probability', probability: 0.2 },
        staffingInterval: 1,
        method,
      });
    const peakOf = (method: Parameters<typeof plan>[0]) => {
      const servers = plan(method).map((row) => row.servers);
      return servers.indexOf(Math.max(...servers));
    };
    expect(peakOf('psa')).toBe(5);
    // arctan(γS) ÷ γ = 2.54 later than the peak of the rate at 6.
    expect(peakOf('mol')).toBe(8);
    const total = (method: Parameters<typeof plan>[0]) => plan(method).reduce((sum, row) => sum + row.servers, 0);
    expect(total('sipp-avg')).toBeLessThan(total('sipp-mix'));
    expect(total('sipp-mix')).toBeLessThan(total('sipp-max'));
    for (const row of plan('mol')) expect(erlangC(row.servers, row.arrivalRate * 3)).toBeLessThanOrEqual(0.2);
  });
});
