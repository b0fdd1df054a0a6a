import { describe, expect, it } from 'vitest';
import { takeIn } from '../../../renderer/features/drop/intake.ts';
import { createSession } from '../../../renderer/session.ts';
import { createSimulationService } from '../../../renderer/worker/simulation-service.ts';
import type { SimulationClient } from '../../../renderer/sim/client.ts';
import { startRun } from '../../../sim-core/index.ts';
import { smallScenario } from '../../support/small-scenario.ts';
import { steppedClient } from '../../support/stepped-client.ts';

/** The workbench without its window: the real stores, and the real worker's side on this thread. */
function workbench() {
  const { client: stepped } = steppedClient();
  const client: SimulationClient = {
    ...stepped,
    load: createSimulationService().load as SimulationClient['load'],
    run({ loaded, jobs, onResult }) {
      const ended = (async () => {
        for (const job of jobs) {
          const run = await startRun(loaded, job);
          while (!run.advance(1_000_000).done);
          onResult(run.result());
        }
        return { status: 'done' as const };
      })();
      return { ended, cancel: () => {} };
    },
  };
  const silent = steppedClient();
  silent.allow(0);
  const session = createSession({
    client,
    previewClient: silent.client,
    mapClient: silent.client,
    platform: { setDocument: () => {} } as unknown as Parameters<typeof createSession>[0]['platform'],
    storage: { getItem: () => null, setItem: () => {} },
    bytes: { all: () => Promise.resolve([]), put: () => Promise.resolve(), remove: () => Promise.resolve() },
    now: () => 0,
    hash: '',
    writeHash: () => {},
  });
  const idle = async () => {
    do await new Promise((resolve) => setTimeout(resolve, 5));
    while (session.runs.store.getState().activity !== null);
  };
  const drop = async (name: string, text: string) => {
    await takeIn(session, [{ name, bytes: new TextEncoder().encode(text) }]);
    await idle();
  };
  const replicasOf = (policy: string) => {
    const { shown } = session.runs.store.getState();
    return shown?.comparison.policies.find((result) => result.policy === policy)?.summary.replicasMean.mean;
  };
  const said = () => session.messages.store.getState().messages.at(-1)?.text;
  return { session, idle, drop, replicasOf, said };
}

const steady = (replicas: number) => `export default (): object => ({ replicas: ${replicas} });`;

describe('the file of a policy, dropped', () => {
  it('is what the policies run that name it, in whatever folder, and another content is another result', async () => {
    const { session, idle, drop, replicasOf, said } = workbench();
    const own = '  - {name: own, controller: {custom: {file: policies/own.ts, interval: 1s, max: 9}}}\n';
    session.openFile({ name: 'a.yaml' }, `${smallScenario}${own}`);
    await idle();
    const { failure } = session.runs.store.getState();
    expect(failure?.issues).toMatchObject([{ code: 'policy-missing' }]);
    expect(failure?.issues[0]?.message).toContain('policies/own.ts is not at hand. Drop it');

    await drop('own.ts', steady(4));
    expect(said()).toBe('own.ts is what the policies run that name it.');
    expect(session.runs.store.getState().failure).toBeNull();
    expect(replicasOf('own')).toBeCloseTo(4, 0);
    expect(session.isStale()).toBe(false);

    await drop('own.ts', steady(6));
    expect(replicasOf('own')).toBeCloseTo(6, 0);
    expect(session.isStale()).toBe(false);
    expect(session.documents.active()?.text).toBe(`${smallScenario}${own}`);

    await drop('own.ts', 'export default function () {\n  const a = 1 const b = 2;\n}');
    expect(session.runs.store.getState().failure?.issues).toMatchObject([
      { code: 'bad-policy', file: 'policies/own.ts', line: 2, column: 15 },
    ]);
  });

  it('belongs to the scenario it is dropped with', async () => {
    const { session, idle, replicasOf } = workbench();
    const own = '  - {name: own, controller: {custom: {file: own.js, interval: 1s, max: 9}}}\n';
    const bytes = (text: string) => new TextEncoder().encode(text);
    await takeIn(session, [
      { name: 'own.js', bytes: bytes('export default () => ({ replicas: 5 });') },
      { name: 'b.yaml', bytes: bytes(`${smallScenario}${own}`) },
    ]);
    await idle();
    expect(replicasOf('own')).toBeCloseTo(5, 0);
    expect(session.documents.active()?.text).toBe(`${smallScenario}${own}`);
  });

  it('joins as a policy where none names it', async () => {
    const { session, drop, said } = workbench();
    session.openFile({ name: 'a.yaml' }, smallScenario);
    await drop('calm.js', 'export default () => ({ replicas: 2 });');
    expect(said()).toMatch(/^calm\.js joined the comparison/);
    const { parsed } = session.documents.store.getState();
    expect(parsed.scenario?.policies.at(-1)).toMatchObject({
      name: 'calm',
      controller: { custom: { file: 'calm.js', max: 100 } },
    });
    expect(session.traces.store.getState().traces.at(-1)).toEqual({ name: 'calm.js', origin: 'dropped' });
    expect((await session.traces.collect(['calm.js'])).identity).toMatch(/^calm\.js#\d+$/);
  });

  it('is refused when it is larger than a policy may be', async () => {
    const { session, drop, said } = workbench();
    session.openFile({ name: 'a.yaml' }, smallScenario);
    await drop('large.ts', ' '.repeat(100_001));
    expect(said()).toMatch(/^large\.ts has 100001 bytes; a policy may have 100000/);
    expect(session.traces.store.getState().traces.filter(({ name }) => name === 'large.ts')).toEqual([]);
    expect(session.documents.active()?.text).toBe(smallScenario);
  });
});
