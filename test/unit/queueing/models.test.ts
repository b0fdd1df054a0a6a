import { describe, expect, it } from 'vitest';
import { mgc } from '../../../sim-core/queueing/mgc.ts';
import { mmc } from '../../../sim-core/queueing/mmc.ts';
import { queueModels } from '../../../sim-core/queueing/models.ts';

const models = Object.values(queueModels);

describe('anchors', () => {
  it('M/M/1 at 0.8: a mean wait of 4', () => {
    expect(
      mmc.predict({ arrivalRate: 0.8, serviceTimeMean: 1, serviceScv: 1, servers: 1 }).waitingTimeMean,
    ).toBeCloseTo(4, 12);
  });

  it('M/D/1 at 0.8: a mean wait of 2', () => {
    expect(
      mgc.predict({ arrivalRate: 0.8, serviceTimeMean: 1, serviceScv: 0, servers: 1 }).waitingTimeMean,
    ).toBeCloseTo(2, 12);
  });

  it('M/M/5 at 4 erlang: delay probability 0.5541, everything scales with the unit of time', () => {
    const slow = mmc.predict({ arrivalRate: 4, serviceTimeMean: 1, serviceScv: 1, servers: 5 });
    const fast = mmc.predict({ arrivalRate: 50, serviceTimeMean: 0.08, serviceScv: 1, servers: 5 });
    expect(slow.delayProbability).toBeCloseTo(0.5541, 4);
    expect(fast.waitingTimeMean).toBeCloseTo(0.08 * slow.waitingTimeMean, 12);
    expect(fast.queueLengthMean).toBeCloseTo(slow.queueLengthMean, 12);
  });

  it('the sojourn time in M/M/1 is exponential with rate μ − λ', () => {
    const system = { arrivalRate: 30, serviceTimeMean: 0.02, serviceScv: 1, servers: 1 };
    for (const p of [0.1, 0.5, 0.95, 0.999]) {
      expect(mmc.sojournTimeQuantile(system, p)).toBeCloseTo(-Math.log(1 - p) / 20, 12);
    }
  });

  it('the sojourn tail is smooth where waiting and service end at the same rate (c − 1 = a)', () => {
    const at = (arrivalRate: number) =>
      mmc.sojournTimeTail({ arrivalRate, serviceTimeMean: 1, serviceScv: 1, servers: 5 }, 2);
    expect(at(4)).toBeCloseTo((at(4 - 1e-7) + at(4 + 1e-7)) / 2, 12);
  });
});

describe.each(models)('$title', (model) => {
  const system = { arrivalRate: 90, serviceTimeMean: 0.1, serviceScv: 0.6, servers: 10 };

  it('obeys Little and adds service to the wait', () => {
    const prediction = model.predict(system);
    expect(prediction.queueLengthMean).toBeCloseTo(90 * prediction.waitingTimeMean, 12);
    expect(prediction.numberInSystemMean).toBeCloseTo(prediction.queueLengthMean + prediction.offeredLoad, 12);
    expect(prediction.sojournTimeMean).toBeCloseTo(prediction.waitingTimeMean + 0.1, 12);
    expect(prediction.utilisation).toBeCloseTo(0.9, 12);
  });

  it('has quantiles that invert the tails', () => {
    for (const p of [0.5, 0.9, 0.99]) {
      expect(model.sojournTimeTail(system, model.sojournTimeQuantile(system, p))).toBeCloseTo(1 - p, 9);
      expect(model.waitingTimeTail(system, model.waitingTimeQuantile(system, p))).toBeCloseTo(1 - p, 9);
    }
    expect(model.waitingTimeQuantile(system, 0.1)).toBe(0);
  });

  it('has a mean sojourn that is the integral of its tail', () => {
    let integral = 0;
    const step = 0.0005;
    for (let t = step / 2; t < 12; t += step) integral += step * model.sojournTimeTail(system, t);
    expect(integral / model.predict(system).sojournTimeMean).toBeCloseTo(1, 4);
  });

  it('says Infinity for times and lengths, 1 for probabilities, when the load fills the servers', () => {
    const full = { ...system, arrivalRate: 100 };
    expect(model.predict(full)).toEqual({
      offeredLoad: 10,
      trafficIntensity: 1,
      utilisation: 1,
      delayProbability: 1,
      waitingTimeMean: Infinity,
      sojournTimeMean: Infinity,
      queueLengthMean: Infinity,
      numberInSystemMean: Infinity,
    });
    expect(model.sojournTimeQuantile(full, 0.5)).toBe(Infinity);
    expect(model.waitingTimeTail(full, 10)).toBe(1);
    expect(model.predict({ ...system, arrivalRate: 150 }).utilisation).toBe(1);
  });

  it('is at rest without arrivals', () => {
    const idle = model.predict({ ...system, arrivalRate: 0 });
    expect([idle.delayProbability, idle.waitingTimeMean, idle.numberInSystemMean]).toEqual([0, 0, 0]);
    expect(idle.sojournTimeMean).toBe(0.1);
  });

  it('stays finite and in order at a hundred thousand servers', () => {
    const large = { arrivalRate: 99_800, serviceTimeMean: 1, serviceScv: 0.6, servers: 100_000 };
    const { delayProbability, waitingTimeMean } = model.predict(large);
    expect(delayProbability).toBeGreaterThan(0.3);
    expect(delayProbability).toBeLessThan(0.6);
    expect(waitingTimeMean).toBeGreaterThan(0);
    expect(waitingTimeMean).toBeLessThan(0.01);
    expect(model.sojournTimeQuantile(large, 0.99)).toBeGreaterThan(model.sojournTimeQuantile(large, 0.95));
  });

  it.each([
    { arrivalRate: -1 },
    { arrivalRate: NaN },
    { serviceTimeMean: 0 },
    { serviceScv: -0.1 },
    { serviceScv: Infinity },
    { servers: 0 },
    { servers: 2.5 },
  ])('refuses %o', (wrong) => {
    expect(() => model.predict({ ...system, ...wrong })).toThrow(RangeError);
    expect(() => model.sojournTimeQuantile({ ...system, ...wrong }, 0.5)).toThrow(RangeError);
  });

  it('refuses a quantile at 1', () => {
    expect(() => model.waitingTimeQuantile(system, 1)).toThrow(RangeError);
    expect(() => model.sojournTimeQuantile(system, -0.1)).toThrow(RangeError);
  });
});
