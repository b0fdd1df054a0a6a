import { beforeAll, describe, expect, it } from 'vitest';
import { parseScenario } from '../../../sim-core/index.ts';
import { measureFromReadings, withProvenance } from '../../../sim-core/reality/measure.ts';
import { readingsOf } from '../../../sim-core/reality/readings.ts';
import { calibrateByReplay, explainMisfit } from '../../../sim-core/reality/replay-search.ts';
import { loadWithRecording, mistaken, recordingOf, truth } from '../../support/synthetic-recording.ts';

describe('a misfit', () => {
  let recording: string;
  beforeAll(async () => {
    recording = await recordingOf();
  });

  async function explained(from: string, to: string) {
    const text = mistaken(from, to);
    const loaded = await loadWithRecording(text, recording);
    const { readings, issues } = readingsOf(loaded.scenario, loaded.recorded!);
    expect(issues).toEqual([]);
    expect(readings).toMatchObject({ bucket: 15, counted: 'ready' });
    return { text, loaded, readings: readings!, misfit: await explainMisfit(text, loaded, readings!) };
  }

  it('is named by the assumption that is wrong: requests half as long', async () => {
    const { misfit } = await explained('mean: 100ms', 'mean: 50ms');
    expect(misfit.replicaError).toBeGreaterThan(4);
    expect(misfit.likely).toMatchObject({
      path: ['services', 'shop', 'serviceTime'],
      becomes: { exponential: { mean: '100ms' } },
    });
    expect(misfit.likely!.replicaError).toBeLessThan(misfit.replicaError / 4);
  });

  it('is named by the assumption that is wrong: a policy that was configured otherwise', async () => {
    const { misfit } = await explained('downscaleStabilization: 60s', 'downscaleStabilization: 600s');
    expect(misfit.likely).toMatchObject({ assumption: 'scale-down stabilisation', becomes: '60s', of: 'policy' });
  });

  it('is mended by replay, which leaves comments, the policy and the other values alone', async () => {
    const { text, loaded, readings } = await explained('mean: 100ms}}', 'mean: 70ms}} # from the profiler');
    const { changes, errorAfter, errorBefore, text: mended } = await calibrateByReplay(text, loaded, readings);
    expect(errorAfter).toBeLessThan(errorBefore / 2);
    expect(changes.every(({ path }) => path[0] === 'services')).toBe(true);
    expect(mended).toContain('# from the profiler');
    const { policies } = parseScenario(mended).scenario!;
    expect(policies).toEqual(parseScenario(truth).scenario!.policies);
  });

  it('is mended by what the recording tells itself, with where each value comes from', async () => {
    const { text, loaded, readings } = await explained('startup: 20s', 'startup: 5s');
    const { entries, text: mended } = measureFromReadings(text, loaded, readings);
    const startup = entries.find(({ path }) => path.at(-1) === 'startup')!;
    expect(startup.method).toContain('matched in order');
    const { scenario, issues } = parseScenario(
      withProvenance(mended, entries, { file: 'recording.csv', readings, date: '2026-11-21' }),
    );
    expect(issues).toEqual([]);
    const note = scenario!.provenance!['services.shop.replicas.startup']!;
    expect(note).toMatchObject({ source: 'recording.csv', points: startup.points });
    // 20 s, as far as readings every 15 s can tell.
    expect(JSON.stringify(startup.becomes)).toMatch(/"(15|20|22\.5|30)s"/);
    const service = entries.find(({ path }) => path.at(-1) === 'serviceTime')!;
    expect(service.becomes).toMatchObject({
      exponential: { mean: expect.stringMatching(/^1\d\d(\.\d+)?ms$/) as string },
    });
  });
});
