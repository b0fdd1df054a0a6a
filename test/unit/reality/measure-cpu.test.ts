import { describe, expect, it } from 'vitest';
import { loadScenarioWith } from '../../../sim-core/index.ts';
import { measureFromReadings } from '../../../sim-core/reality/measure.ts';
import type { RecordedReadings } from '../../../sim-core/reality/readings.ts';
import { truth } from '../../support/synthetic-recording.ts';

/** Replicas that follow the load, as under an autoscaler, each with 60 millicores of its own and 40 ms CPU a request. */
async function measured(replicasFor: (rate: number, i: number) => number) {
  const { loaded } = await loadScenarioWith(truth, () => Promise.resolve(undefined));
  const time = Float64Array.from({ length: 48 }, (_, i) => 15 * i);
  // The mean of the sinusoid over a row.
  const angle = (at: number): number => (2 * Math.PI * at) / 240;
  const rate = time.map((at) => 60 + (40 * (Math.cos(angle(at)) - Math.cos(angle(at + 15)))) / angle(15));
  const replicas = rate.map(replicasFor);
  const readings: RecordedReadings = {
    time,
    readAt: time,
    bucket: 15,
    replicas,
    counted: 'ready',
    latency: null,
    cpu: {
      name: 'cpu',
      values: rate.map((each, i) => 0.04 * each + 0.06 * replicas[i]!),
      statistic: 'mean',
      unit: 'cores',
    },
    desired: null,
  };
  const { entries } = measureFromReadings(truth, loaded!, readings);
  return Object.fromEntries(entries.map(({ path, becomes, interval }) => [path.at(-1), { becomes, interval }]));
}

describe('CPU of a request and CPU when idle', () => {
  it('are told apart where the number of replicas follows the load', async () => {
    const { cpuPerBusySlot, cpuIdle } = await measured((rate, i) => Math.ceil(rate / 12) + (i % 3));
    // 40 ms of CPU in 100 ms of service
    expect(cpuPerBusySlot!.becomes).toBe('400m');
    expect(cpuIdle!.becomes).toBe('60m');
    expect(cpuIdle!.interval).toEqual(['60m', '60m']);
  });

  it('are found where the number stays, too', async () => {
    const { cpuPerBusySlot, cpuIdle } = await measured(() => 8);
    expect([cpuPerBusySlot!.becomes, cpuIdle!.becomes]).toEqual(['400m', '60m']);
  });
});
