import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDistribution } from '../../sim-core/random/registry.ts';
import { rateFromCorners } from '../../sim-core/workload/rate-function.ts';
import { fluidModel, runFluid } from '../support/fluid-model.ts';
import { listSampler, scriptedScaling } from '../support/kernel-model.ts';

const services = [
  createDistribution({ exponential: { mean: 0.5 } }),
  createDistribution({ deterministic: { value: 1 } }),
  createDistribution({ lognormal: { mean: 0.2, scv: 4 } }),
];

const neverNegative = [
  'arrivals',
  'retries',
  'completed',
  'rejected',
  'timedOut',
  'failed',
  'queueLength',
  'queueLengthMean',
  'inService',
] as const;

const service = fc.constantFrom(...services);
const scenario = fc.record({
  serviceTime: service,
  arrivalScv: fc.constantFrom(0, 1, 4),
  concurrency: fc.integer({ min: 1, max: 4 }),
  initialReplicas: fc.integer({ min: 0, max: 6 }),
  queueCapacity: fc.constantFrom(0, 1, 7, 60, Infinity),
  queueTimeout: fc.constantFrom(0.5, 5, 40, Infinity),
  retryMax: fc.integer({ min: 0, max: 3 }),
  retryBackoff: fc.constantFrom(0, 0.1, 2),
  drainLimit: fc.constantFrom(0, 1, 30),
  rates: fc.array(fc.double({ min: 0, max: 60, noNaN: true }), { minLength: 2, maxLength: 8 }),
  desired: fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 8 }),
  startup: fc.constantFrom(0, 3, 17),
});

describe('the fluid engine on any service', () => {
  it('makes and forgets no request, and works no slot more than it can', () => {
    fc.assert(
      fc.property(scenario, ({ rates, desired, startup, ...settings }) => {
        const horizon = 60;
        const { columns } = runFluid(
          fluidModel({
            ...settings,
            horizon,
            recordingInterval: 4,
            rate: rateFromCorners(
              rates.map((rate, i) => [(i * horizon) / (rates.length - 1), rate]),
              horizon,
            ),
            startupDelays: listSampler([startup]),
            scaling: scriptedScaling(7, (time) => desired[Math.floor(time / 7) % desired.length]!),
          }),
        );
        const wrong: string[] = [];
        let inSystem = 0;
        for (let row = 0; row < columns.time.length; row++) {
          const gone = columns.completed[row]! + columns.rejected[row]! + columns.timedOut[row]! + columns.failed[row]!;
          inSystem += columns.arrivals[row]! - gone;
          const held = columns.queueLength[row]! + columns.inService[row]!;
          const off = Math.abs(held - inSystem);
          if (!(off < 1e-6 * (1 + columns.arrivals[row]! + held))) wrong.push(`row ${row}: ${off} made or forgotten`);
          for (const name of neverNegative)
            if (!(columns[name][row]! >= 0)) wrong.push(`row ${row}: ${name} ${columns[name][row]}`);
          if (!(columns.queueLength[row]! <= settings.queueCapacity + 1e-9))
            wrong.push(`row ${row}: queue beyond capacity`);
          const used = columns.utilisation[row]!;
          if (used < 0 || used > 1 + 1e-9) wrong.push(`row ${row}: utilisation ${used}`);
        }
        expect(wrong).toEqual([]);
      }),
      { numRuns: 300, seed: 1 },
    );
  });
});
