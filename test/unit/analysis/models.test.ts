import { describe, expect, it } from 'vitest';
import type { BesideName } from '../../../sim-core/analysis/models-beside.ts';
import { compareWithTheory } from '../../../sim-core/analysis/models.ts';
import type { ModelError } from '../../../sim-core/analysis/models.ts';
import { neededReplicas, serviceMoments } from '../../../sim-core/analysis/needed-replicas.ts';
import { relaxationTime } from '../../../sim-core/analysis/theory-rows.ts';
import type { TheoryStation } from '../../../sim-core/analysis/theory-station.ts';
import type { RunColumns } from '../../../sim-core/kernel/columns.ts';
import { mgc } from '../../../sim-core/queueing/mgc.ts';
import { mmc } from '../../../sim-core/queueing/mmc.ts';
import { runColumns } from '../../support/run-columns.ts';

const interval = 60;
const rows = 20;
const concurrency = 2;
/** 8 busy slots of 10, services of 0.1 s with an scv of 0.5. */
const system = { arrivalRate: 80, serviceTimeMean: 0.1, serviceScv: 0.5, servers: 10 };

function columns(change: Partial<Record<keyof RunColumns, readonly number[]>> = {}): RunColumns {
  const all = (value: number) => Array.from({ length: rows }, () => value);
  return runColumns(rows, interval, {
    arrivals: all(80 * interval),
    completed: all(80 * interval),
    ready: all(5),
    readySlotSeconds: all(10 * interval),
    serviceTimeMean: all(0.1),
    serviceScv: all(0.5),
    waitingTimeMean: all(mgc.predict(system).waitingTimeMean),
    ...change,
  });
}

/** A column that is `value` but for one row. */
function except(row: number, odd: number, value: number): number[] {
  return Array.from({ length: rows }, (_, index) => (index === row ? odd : value));
}

const station: TheoryStation = { concurrency, ownQueues: false, sharing: null, patience: null };

function compare(given: RunColumns, warmup = 0, at: TheoryStation = station) {
  const { models, ...rest } = compareWithTheory({
    columns: given,
    recordingInterval: interval,
    warmup,
    end: given.time.length * interval,
    station: at,
    sampled: true,
  });
  return { ...rest, models: models as Readonly<Record<BesideName, ModelError>> };
}

describe('theory beside simulation', () => {
  it('finds no error where the simulation is the model, and the whole error of the other', () => {
    const { models, trusted, counts, reason } = compare(columns());
    expect(counts.steady).toBe(rows);
    expect(models.mgc).toMatchObject({ bias: 0, meanAbsoluteError: 0, relativeError: 0 });
    const error = mmc.predict(system).waitingTimeMean - mgc.predict(system).waitingTimeMean;
    expect(models.mmc.bias).toBeCloseTo(error, 12);
    expect(models.mmc.meanAbsoluteError).toBeCloseTo(error, 12);
    expect(models.mmc.relativeError).toBeCloseTo(error / mgc.predict(system).waitingTimeMean, 12);
    expect(models.mgc.predicted[3]).toBeCloseTo(mgc.predict(system).waitingTimeMean, 12);
    expect(trusted).toBe('mgc');
    expect(reason).toContain('0.5');
  });

  it('bias has a sign, the mean absolute error none', () => {
    const wait = mgc.predict(system).waitingTimeMean;
    const { models } = compare(
      columns({ waitingTimeMean: Array.from({ length: rows }, (_, row) => wait + (row % 2 === 0 ? 0.01 : -0.005)) }),
    );
    expect(models.mgc.bias).toBeCloseTo(-0.0025, 12);
    expect(models.mgc.meanAbsoluteError).toBeCloseTo(0.0075, 12);
  });

  it('prefers M/M/c where that is nearer', () => {
    const wait = mmc.predict(system).waitingTimeMean;
    expect(compare(columns({ waitingTimeMean: except(-1, 0, wait) })).trusted).toBe('mmc');
  });

  it.each([
    { verdict: 'no-data', change: { arrivals: except(5, 0, 4800) }, at: [5] },
    { verdict: 'no-data', change: { serviceTimeMean: except(5, NaN, 0.1) }, at: [5] },
    { verdict: 'no-data', change: { readySlotSeconds: except(5, 0, 600) }, at: [5] },
    { verdict: 'losses', change: { timedOut: except(5, 1, 0) }, at: [5] },
    { verdict: 'unstable', change: { serviceTimeMean: except(5, 0.125, 0.1) }, at: [5] },
    { verdict: 'transient', change: { ready: except(5, 6, 5), readySlotSeconds: except(5, 720, 600) }, at: [5, 6] },
    { verdict: 'transient', change: { readySlotSeconds: except(5, 550, 600) }, at: [5] },
    { verdict: 'transient', change: { arrivals: except(5, 3600, 4800) }, at: [5, 6] },
    { verdict: 'transient', change: { queueLength: except(5, 40, 0) }, at: [6] },
    { verdict: 'transient', change: { serviceTimeMean: except(5, 0.1249, 0.1) }, at: [5] },
  ])('row 5 is not judged: $verdict by $change', ({ verdict, change, at }) => {
    const { verdicts, counts } = compare(columns(change));
    expect(verdicts.flatMap((each, row) => (each === 'steady' ? [] : [row]))).toEqual(at);
    for (const row of at) expect(verdicts[row]).toBe(verdict);
    expect(counts).toMatchObject({ [verdict]: at.length, steady: rows - at.length });
  });

  it('noise of Poisson arrivals is no jump', () => {
    // Two standard deviations of the count.
    expect(compare(columns({ arrivals: except(5, 4800 + 139, 4800) })).counts.steady).toBe(rows);
  });

  it('scores only after the warm-up', () => {
    const { models } = compare(columns({ waitingTimeMean: except(0, 9, mgc.predict(system).waitingTimeMean) }), 60);
    expect(models.mgc.meanAbsoluteError).toBe(0);
  });

  it('trusts neither without a steady row, and says so', () => {
    const { trusted, models, reason } = compare(columns({ rejected: Array.from({ length: rows }, () => 1) }));
    expect(trusted).toBeNull();
    expect(models.mmc.bias).toBeNaN();
    expect(reason).toContain('losses');
  });

  it('says so when hardly anyone waits', () => {
    expect(
      compare(
        columns({
          arrivals: Array.from({ length: rows }, () => 600),
          waitingTimeMean: Array.from({ length: rows }, () => 0),
        }),
      ).reason,
    ).toContain('Hardly anyone waits');
  });

  it('tells Poisson counts from regular and bursty ones, and GI/G/c takes them for what they are', () => {
    // Neighbours that differ by √(2 × mean) on average, as Poisson counts do; by twice that.
    const swing = (size: number) =>
      columns({ arrivals: Array.from({ length: rows }, (_, row) => 4800 + (row % 2) * size) });
    expect(compare(swing(98)).arrivalDispersion).toBeCloseTo(0.9903, 4);
    expect(compare(swing(0)).arrivalDispersion).toBe(0);
    const bursty = compare(swing(196));
    expect(bursty.arrivalDispersion).toBeCloseTo(3.92, 1);
    expect(bursty.reason).toContain('GI/G/c makes too much of it');
    expect(bursty.models.gigc.predicted[4]! / bursty.models.mgc.predicted[4]!).toBeGreaterThan(2);
    expect(compare(swing(98)).models.gigc.predicted[4]! / mgc.predict(system).waitingTimeMean).toBeCloseTo(1, 0);
  });

  it('the modified load follows a jump of the rate with the delay of the services', () => {
    // Services of 60 s: e⁻¹ of the old load is left at the end of the first row after the jump.
    const slow = columns({
      arrivals: Array.from({ length: rows }, (_, row) => (row < 10 ? 6 : 12)),
      serviceTimeMean: Array.from({ length: rows }, () => 60),
      serviceScv: Array.from({ length: rows }, () => 1),
      readySlotSeconds: Array.from({ length: rows }, () => 20 * interval),
    });
    const { mol } = compare(slow).models;
    const at = (load: number) =>
      mmc.predict({ arrivalRate: load / 60, serviceTimeMean: 60, serviceScv: 1, servers: 20 });
    expect(mol.predicted[9]! / at(6).waitingTimeMean).toBeCloseTo(1, 9);
    const halfway = (6 + (12 - 6 * Math.exp(-1))) / 2;
    expect(mol.predicted[10]! / at(halfway).waitingTimeMean).toBeCloseTo(1, 9);
    expect(mol.predicted[19]! / at(12).waitingTimeMean).toBeCloseTo(1, 2);
  });

  it('the root mean square error weighs large errors more', () => {
    const wait = mgc.predict(system).waitingTimeMean;
    const { models } = compare(
      columns({ waitingTimeMean: Array.from({ length: rows }, (_, row) => wait + (row % 2 === 0 ? 0.03 : 0.01)) }),
    );
    expect(models.mgc.meanAbsoluteError).toBeCloseTo(0.02, 12);
    expect(models.mgc.rootMeanSquareError).toBeCloseTo(Math.sqrt(0.0005), 12);
  });

  it('a queue remembers longer the nearer it is to saturation', () => {
    expect(relaxationTime({ ...system, serviceScv: 1, servers: 1, arrivalRate: 0 })).toBeCloseTo(0.1, 12);
    expect(relaxationTime({ ...system, arrivalRate: 99 })).toBeGreaterThan(10 * relaxationTime(system));
    expect(relaxationTime({ ...system, arrivalRate: 100 })).toBe(Infinity);
  });
});

describe('the replicas needed', () => {
  const slo = { window: 60, attainment: 0.99, p95: 0.4 };
  const needed = (given: RunColumns) => neededReplicas(given, interval, rows * interval, concurrency, slo);

  it('follow the rate, whatever replicas there were', () => {
    const values = needed(columns({ arrivals: except(5, 9600, 4800), ready: except(7, 50, 5) }));
    expect(values[5]).toBeGreaterThan(values[4]!);
    expect(values[7]).toBe(values[4]);
    const slots = values[4]! * concurrency;
    expect(mgc.sojournTimeQuantile({ ...system, servers: slots }, 0.95)).toBeLessThanOrEqual(0.4);
    expect(mgc.sojournTimeTail({ ...system, servers: slots - concurrency }, 0.4)).toBeGreaterThan(0.05);
  });

  it('are none where nothing arrives, and unknown without an objective or a service time', () => {
    expect(needed(columns({ arrivals: except(5, 0, 4800) }))[5]).toBe(0);
    expect(
      neededReplicas(columns(), interval, rows * interval, concurrency, { window: 60, attainment: 0.99 })[0],
    ).toBeNaN();
    expect(needed(columns({ completed: except(-1, 0, 0) }))[0]).toBeNaN();
  });

  it('pools the moments of the service time over rows', () => {
    // Half the services take 0.1 s, half 0.3 s, without spread: mean 0.2, variance 0.01.
    const pooled = serviceMoments(
      columns({
        serviceTimeMean: Array.from({ length: rows }, (_, row) => (row % 2 === 0 ? 0.1 : 0.3)),
        serviceScv: except(-1, 0, 0),
      }),
    )!;
    expect(pooled.serviceTimeMean).toBeCloseTo(0.2, 12);
    expect(pooled.serviceScv).toBeCloseTo(0.25, 12);
  });
});
