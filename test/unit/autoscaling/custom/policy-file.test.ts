import { describe, expect, test } from 'vitest';
import {
  explainMisfit,
  importTrace,
  loadScenarioWith,
  parseScenario,
  readingsOf,
  startRun,
} from '../../../../sim-core/index.ts';
import type { LoadedScenario } from '../../../../sim-core/index.ts';
import { checkedParts } from '../../../../sim-core/scenario/reality-status.ts';
import { smallScenario } from '../../../support/small-scenario.ts';
import { mistaken, recordingOf } from '../../../support/synthetic-recording.ts';

const swing = (state = 'state') =>
  `export default ({ time }, ${state}, { high }) => ({ replicas: time % 120 < 60 ? 2 : high, reason: 'swing' });`;

const withCustom = (...configs: string[]) =>
  `${smallScenario.slice(0, smallScenario.indexOf('policies:'))}policies:\n${configs
    .map((config, index) => `  - {name: p${index}, controller: {custom: {max: 9, ${config}}}}\n`)
    .join('')}`;

/** Loads with these files at hand, and says which were asked for. */
async function load(text: string, files: Readonly<Record<string, string>>, size?: number) {
  const asked: string[] = [];
  const outcome = await loadScenarioWith(
    text,
    () => Promise.resolve(undefined),
    undefined,
    (file) => {
      asked.push(file);
      const held = files[file];
      return Promise.resolve(held === undefined ? undefined : { size: size ?? held.length, text: held });
    },
  );
  return { ...outcome, asked };
}

async function replicasOf(loaded: LoadedScenario, policy: string) {
  const run = await startRun(loaded, { policy, replication: 0, decisionLog: true });
  while (!run.advance(1_000_000).done);
  const { columns, summary, stoppedEarly } = run.result();
  return { desired: [...columns.desired], summary, stoppedEarly };
}

describe('a policy in a file', () => {
  test('runs as it would from the scenario, each file read once, its language by its ending', async () => {
    const text = withCustom(
      'file: own/swing.ts, parameters: {high: 5}',
      `source: ${JSON.stringify(swing('state: null'))}, parameters: {high: 5}`,
      'file: own/swing.ts, parameters: {high: 7}',
      'file: swing.mjs, parameters: {high: 5}',
    );
    const { loaded, issues, asked } = await load(text, { 'own/swing.ts': swing('state: null'), 'swing.mjs': swing() });
    expect({ issues, asked }).toEqual({ issues: [], asked: ['own/swing.ts', 'swing.mjs'] });
    // As it goes to a worker.
    const sent = structuredClone(loaded!);
    const first = await replicasOf(sent, 'p0');
    expect(new Set(first.desired)).toEqual(new Set([2, 5]));
    expect(first.stoppedEarly).toBeNull();
    expect(await replicasOf(sent, 'p1')).toEqual(first);
    expect(await replicasOf(sent, 'p3')).toEqual(first);
    expect(new Set((await replicasOf(sent, 'p2')).desired)).toEqual(new Set([2, 7]));
  });

  test('is refused at the place in the file where it cannot be read, types in JavaScript too', async () => {
    const broken = 'export default function () {\n  const a = 1 const b = 2;\n}';
    const { loaded, issues } = await load(withCustom('file: a.ts', 'file: b.js'), {
      'a.ts': broken,
      'b.js': swing('state: null'),
    });
    expect(loaded).toBeUndefined();
    expect(issues).toMatchObject([
      { code: 'bad-policy', file: 'a.ts', line: 2, column: 15, path: ['policies', 0, 'controller', 'custom', 'file'] },
      { code: 'bad-policy', file: 'b.js', line: 1, path: ['policies', 1, 'controller', 'custom', 'file'] },
    ]);
    const [nothing] = (await load(withCustom('file: a.ts'), { 'a.ts': '' })).issues;
    expect(nothing).toMatchObject({ code: 'bad-policy', line: 13 });
    expect(nothing?.file).toBeUndefined();
  });

  test('that is not at hand or too large is an issue at its mention, which names it', async () => {
    const text = withCustom('file: gone.ts');
    const [gone] = (await load(text, {})).issues;
    expect(gone).toMatchObject({ code: 'policy-missing', line: 13, column: text.split('\n')[12]!.indexOf('gone') + 1 });
    expect(gone?.message).toContain('gone.ts is not at hand. Drop it');
    const [large] = (await load(text, { 'gone.ts': swing() }, 100_001)).issues;
    expect(large).toMatchObject({ code: 'policy-too-large', message: expect.stringMatching(/100001 bytes/) as string });
    expect((await load(text, { 'gone.ts': swing() }, 100_000)).issues).toEqual([]);
  });

  test.each([
    ['interval: 15s', 'one-of'],
    ["file: a.ts, source: 'export default () => 1'", 'one-of'],
    ['file: a.py', 'bad-value'],
    ['file: a.ts, language: javascript', 'contradictory-keys'],
  ])('and `source` exclude each other: %s', (config, code) => {
    const { scenario, issues } = parseScenario(withCustom(config));
    expect(scenario).toBeUndefined();
    expect(issues).toMatchObject([{ code, line: 13 }]);
  });

  test('is part of what a reality check speaks of, and stays at hand while its misfit is looked for', async () => {
    const text = mistaken('mean: 100ms', 'mean: 80ms').replace(
      /hpa: \{.*\n.*\n/,
      'custom: {file: live.ts, min: 2, max: 40}\n',
    );
    const recording = new TextEncoder().encode(await recordingOf());
    const proportional = (target: number) =>
      `export default ({ desiredReplicas: n, service }) => ({ replicas: Math.ceil((n * service.cpuUtilisation) / ${target}) });`;
    const loadWith = async (source: string) => {
      const { loaded, issues } = await loadScenarioWith(
        text,
        (mapping) => Promise.resolve(importTrace('recording.csv', recording, mapping)),
        undefined,
        () => Promise.resolve({ size: source.length, text: source }),
      );
      if (loaded === undefined) throw new Error(JSON.stringify(issues));
      return loaded;
    };
    const loaded = await loadWith(proportional(0.8));
    const { scenario } = loaded;
    expect(checkedParts(scenario)).toBe(checkedParts((await loadWith(proportional(0.8))).scenario));
    expect(checkedParts(scenario)).not.toBe(checkedParts((await loadWith(proportional(0.7))).scenario));
    const { readings } = readingsOf(scenario, loaded.recorded!);
    const { tried } = await explainMisfit(text, loaded, readings!);
    expect(tried.length).toBeGreaterThan(3);
  });
});
