import { describe, expect, it } from 'vitest';
import { queueModels } from '../../../sim-core/queueing/models.ts';
import { smallestServers } from '../../../sim-core/queueing/staffing.ts';
import type { StaffingObjective } from '../../../sim-core/queueing/staffing.ts';

/** The measure an objective limits, at a number of servers. */
function measure(
  model: 'mmc' | 'mgc',
  objective: StaffingObjective,
  system: Parameters<(typeof queueModels)['mmc']['predict']>[0],
): number {
  const queue = queueModels[model];
  switch (objective.kind) {
    case 'sojourn':
      return queue.sojournTimeQuantile(system, objective.quantile);
    case 'waiting':
      return queue.waitingTimeQuantile(system, objective.quantile);
    case 'sojourn-mean':
      return queue.predict(system).sojournTimeMean;
    case 'waiting-mean':
      return queue.predict(system).waitingTimeMean;
    case 'delay-probability':
      return queue.predict(system).delayProbability;
  }
}

const objectives: readonly StaffingObjective[] = [
  { kind: 'sojourn', quantile: 0.95, seconds: 0.5 },
  { kind: 'sojourn', quantile: 0.99, seconds: 0.9 },
  { kind: 'waiting', quantile: 0.95, seconds: 0.02 },
  { kind: 'sojourn-mean', seconds: 0.11 },
  { kind: 'waiting-mean', seconds: 0.004 },
  { kind: 'delay-probability', probability: 0.2 },
];

describe.each(['mmc', 'mgc'] as const)('smallest number of servers by %s', (model) => {
  const rates = [0.3, 1, 7, 40, 250, 3000, 50_000];
  it.each(objectives)('$kind: holds, and would not with one server less', (objective) => {
    const limit = objective.kind === 'delay-probability' ? objective.probability : objective.seconds;
    for (const arrivalRate of rates) {
      const { servers, attainable, predicted } = smallestServers({
        model,
        arrivalRate,
        serviceTimeMean: 0.1,
        serviceScv: 0.6,
        objective,
      });
      const system = { arrivalRate, serviceTimeMean: 0.1, serviceScv: 0.6, servers };
      expect(attainable).toBe(true);
      expect(measure(model, objective, system)).toBeLessThanOrEqual(limit * (1 + 1e-9));
      if (servers > 1)
        expect(measure(model, objective, { ...system, servers: servers - 1 })).toBeGreaterThan(limit * (1 - 1e-9));
      expect(predicted.waitingTimeMean).toBeCloseTo(queueModels[model].predict(system).waitingTimeMean, 12);
    }
  });

  it('never asks for fewer when more arrive', () => {
    let before = 0;
    for (let arrivalRate = 1; arrivalRate < 1200; arrivalRate += 7) {
      const { servers } = smallestServers({
        model,
        arrivalRate,
        serviceTimeMean: 0.1,
        serviceScv: 2,
        objective: objectives[0]!,
      });
      expect(servers).toBeGreaterThanOrEqual(before);
      before = servers;
    }
  });
});

describe('known answers', () => {
  it('4 erlang: six servers keep the delay probability (0.554, 0.285, 0.135 …) below 0.3', () => {
    const request = { model: 'mmc', arrivalRate: 4, serviceTimeMean: 1, serviceScv: 1 } as const;
    expect(smallestServers({ ...request, objective: { kind: 'delay-probability', probability: 0.3 } }).servers).toBe(6);
    expect(smallestServers({ ...request, objective: { kind: 'delay-probability', probability: 0.2 } }).servers).toBe(7);
    expect(smallestServers({ ...request, objective: { kind: 'delay-probability', probability: 1 } }).servers).toBe(5);
  });

  it('a load that is a whole number needs one server more for stability alone', () => {
    const request = {
      model: 'mmc',
      arrivalRate: 10,
      serviceTimeMean: 1,
      serviceScv: 1,
      objective: { kind: 'waiting-mean', seconds: 1e6 },
    } as const;
    expect(smallestServers(request).servers).toBe(11);
    expect(smallestServers({ ...request, arrivalRate: 9.999 }).servers).toBe(10);
  });

  it('nothing arrives: none', () => {
    const idle = smallestServers({
      model: 'mgc',
      arrivalRate: 0,
      serviceTimeMean: 1,
      serviceScv: 1,
      objective: objectives[0]!,
    });
    expect(idle.servers).toBe(0);
    expect(idle.predicted.waitingTimeMean).toBe(0);
  });
});

describe('an objective the service time alone exceeds', () => {
  const request = { model: 'mmc', arrivalRate: 400, serviceTimeMean: 0.1, serviceScv: 1 } as const;

  it('says what would be attainable, and leaves waiting a twentieth of the late share', () => {
    // p95 of an exponential of mean 0.1 s is 0.1·ln 20 = 0.29957 s; 4.75 % of the services take longer than 0.1·ln(1/0.0475).
    const { servers, attainable, limit } = smallestServers({
      ...request,
      objective: { kind: 'sojourn', quantile: 0.95, seconds: 0.25 },
    });
    expect(attainable).toBe(false);
    expect(limit).toBeCloseTo(0.1 * Math.log(20), 12);
    const nearest = 0.1 * Math.log(1 / 0.0475);
    expect(queueModels.mmc.sojournTimeTail({ ...request, servers }, nearest)).toBeLessThanOrEqual(0.05);
    expect(queueModels.mmc.sojournTimeTail({ ...request, servers: servers - 1 }, nearest)).toBeGreaterThan(0.05);
  });

  it('does not leap as the objective passes the limit', () => {
    const at = (seconds: number) =>
      smallestServers({ ...request, objective: { kind: 'sojourn', quantile: 0.95, seconds } }).servers;
    for (let seconds = 0.28; seconds < 0.32; seconds += 0.0005) {
      expect(at(seconds)).toBeGreaterThanOrEqual(at(seconds + 0.0005));
      expect(at(seconds) - at(seconds + 0.0005)).toBeLessThanOrEqual(1);
    }
  });

  it('needs only that waiting is as rare as lateness may be when every service takes the same time', () => {
    const objective = { kind: 'sojourn', quantile: 0.95, seconds: 0.05 } as const;
    const constant = { ...request, model: 'mgc', serviceScv: 0 } as const;
    const { servers, attainable, predicted } = smallestServers({ ...constant, objective });
    expect(attainable).toBe(false);
    expect(predicted.delayProbability).toBeLessThanOrEqual(0.05);
    expect(queueModels.mgc.predict({ ...constant, servers: servers - 1 }).delayProbability).toBeGreaterThan(0.05);
  });

  it('holds a mean wait of a twentieth of the service time when the mean sojourn is asked below it', () => {
    const staffing = smallestServers({ ...request, objective: { kind: 'sojourn-mean', seconds: 0.1 } });
    expect(staffing.attainable).toBe(false);
    expect(staffing.limit).toBe(0.1);
    expect(staffing.predicted.waitingTimeMean).toBeLessThanOrEqual(0.005);
  });
});

it.each([
  { arrivalRate: -1 },
  { serviceTimeMean: 0 },
  { objective: { kind: 'sojourn', quantile: 1, seconds: 1 } as const },
  { objective: { kind: 'waiting', quantile: 0.95, seconds: 0 } as const },
  { objective: { kind: 'delay-probability', probability: 0 } as const },
  { objective: { kind: 'waiting-mean', seconds: NaN } as const },
])('refuses %o', (wrong) => {
  const good = { model: 'mgc', arrivalRate: 1, serviceTimeMean: 1, serviceScv: 1, objective: objectives[0]! } as const;
  expect(() => smallestServers({ ...good, ...wrong })).toThrow(RangeError);
});
