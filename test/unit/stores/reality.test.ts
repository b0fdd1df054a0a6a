import { describe, expect, it } from 'vitest';
import { createReality } from '../../../renderer/stores/reality.ts';
import { steppedClient } from '../../support/stepped-client.ts';
import { loadWithRecording, mistaken, recordingOf } from '../../support/synthetic-recording.ts';

describe('reality checks of the workbench', async () => {
  const recording = await recordingOf();
  const text = mistaken('mean: 100ms', 'mean: 50ms');
  const loaded = await loadWithRecording(text, recording);
  const bench = () => {
    const stepped = steppedClient();
    return { ...stepped, reality: createReality({ client: stepped.client, notice: () => {} }) };
  };

  it('shows the score first, then what explains the misfit', async () => {
    const { reality, executed } = bench();
    const seen: (string | undefined)[] = [];
    reality.store.subscribe(({ activity }) => {
      if (activity?.doing !== seen.at(-1)) seen.push(activity?.doing);
    });
    await reality.start(text, loaded);
    expect(executed.map(({ policy }) => policy)).toEqual(['live']);
    expect(seen).toEqual(['simulating', 'explaining', undefined]);
    const { shown, failure } = reality.store.getState();
    expect(failure).toBeNull();
    expect(shown).toMatchObject({ text, report: { grade: 'poor' } });
    expect(shown!.misfit!.likely!.assumption).toBe('service time');
  });

  it('ends at once when it is cancelled, and says why a check cannot be', async () => {
    const { reality } = bench();
    const ended = reality.start(text, loaded);
    const explaining = reality.store.subscribe(({ activity }) => {
      if (activity?.doing !== 'explaining') return;
      explaining();
      queueMicrotask(() => reality.cancel());
    });
    await ended;
    expect(reality.store.getState()).toMatchObject({ activity: null, failure: null, shown: { misfit: null } });

    const { recorded } = loaded.scenario;
    const lost = { ...recorded!, replicas: 'none' };
    await reality.start(text, { ...loaded, scenario: { ...loaded.scenario, recorded: lost } });
    expect(reality.store.getState().failure).toContain('no single series called `none`');
  });
});
