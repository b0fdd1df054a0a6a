import { describe, expect, it } from 'vitest';
import { createRun, loadScenario, readingsOf, type LoadedScenario } from '../../../sim-core/index.ts';
import { createSimulationService } from '../../../renderer/worker/simulation-service.ts';
import { createSliceSizer } from '../../../sim-core/index.ts';
import { loadWithRecording, mistaken, recordingOf } from '../../support/synthetic-recording.ts';
import { smallScenario } from '../../support/small-scenario.ts';

const long = smallScenario
  .replace('10m', '20h')
  .replace('10/s', '400/s')
  .replaceAll('replicas: 3}', 'replicas: 80}')
  .replaceAll('replicas: 2}', 'replicas: 80}');
const job = { policy: 'three', replication: 0, decisionLog: true };

describe('the worker’s side', () => {
  it('gives bit for bit what a direct run gives', async () => {
    const { loaded } = loadScenario(smallScenario, new Map());
    const run = createRun(loaded!, job);
    while (!run.advance(7).done);
    const service = createSimulationService();
    service.prepare('k', loaded!);
    expect(await service.execute('k', job, () => {})).toEqual({ status: 'done', result: run.result() });
  });

  it('stops at the next slice when it is cancelled', async () => {
    const { loaded } = loadScenario(long, new Map());
    const service = createSimulationService();
    service.prepare('k', loaded!);
    const fractions: number[] = [];
    const ended = service.execute('k', job, (fraction) => {
      fractions.push(fraction);
      service.cancel();
    });
    expect(await ended).toEqual({ status: 'cancelled' });
    expect(fractions).toHaveLength(1);
    expect(fractions[0]).toBeLessThan(1);
  });

  it('ends the job under way when another one begins', async () => {
    const { loaded } = loadScenario(long, new Map());
    const service = createSimulationService();
    service.prepare('k', loaded!);
    const first = service.execute('k', job, () => {});
    service.prepare('small', loadScenario(smallScenario, new Map()).loaded!);
    const second = service.execute('small', job, () => {});
    expect((await first).status).toBe('cancelled');
    expect((await second).status).toBe('done');
  });

  it('stops looking for an explanation in the middle of a run', async () => {
    // One run of it takes seconds: the exact engine, as processor sharing is beyond the fluid one.
    const days = mistaken('mean: 100ms', 'mean: 50ms')
      .replace('engine: fluid', 'engine: exact')
      .replace('horizon: 12m', 'horizon: 10d')
      .replace('mean: 60/s, amplitude: 40/s', 'mean: 600/s, amplitude: 40/s')
      .replace('    replicas: {initial: 8', '    discipline: processor-sharing\n    replicas: {initial: 80');
    const recording = await recordingOf();
    const readingsFor = (loaded: LoadedScenario) => readingsOf(loaded.scenario, loaded.recorded!).readings!;
    const slow = await loadWithRecording(days, recording);
    const service = createSimulationService();
    service.prepare('slow', slow);
    const readings = readingsFor(slow);
    const far = { ...readings, readAt: readings.readAt.map((time) => time + 9 * 86400) };
    const ended = service.explain('slow', days, far, () => {});
    await new Promise((resolve) => setTimeout(resolve, 60));
    const asked = performance.now();
    service.cancel();
    expect(await ended).toEqual({ status: 'cancelled' });
    expect(performance.now() - asked).toBeLessThan(100);
  });

  it('says so when it holds another scenario', async () => {
    expect(await createSimulationService().execute('k', job, () => {})).toMatchObject({ status: 'failed' });
  });
});

describe('the size of a slice', () => {
  it('nears 10 ms, and never more than quadruples', () => {
    const slices = createSliceSizer(1000);
    slices.measured(1);
    expect(slices.size()).toBe(4000);
    // 100 requests a ms from here on.
    for (let round = 0; round < 10; round += 1) slices.measured(slices.size() / 100);
    expect(slices.size()).toBe(1000);
    slices.measured(1000);
    expect(slices.size()).toBe(500);
  });
});
