import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { addPart, addStep, moveStep, removeStep } from '../../../renderer/features/inspector/steps/step-edits.ts';
import { readStep, stepKinds, stepNames } from '../../../renderer/features/inspector/steps/step-kinds.ts';
import { sketchTrace } from '../../../renderer/features/inspector/steps/trace-sketch.ts';
import { unitRules } from '../../../renderer/features/inspector/quantity.ts';
import { valueIn } from '../../../renderer/features/inspector/yaml-data.ts';
import { createSimulationService } from '../../../renderer/worker/simulation-service.ts';
import { setInYaml } from '../../../renderer/stores/yaml-edit.ts';
import type { Session } from '../../../renderer/session.ts';
import { scenarioJsonSchema, traceSteps } from '../../../sim-core/index.ts';

const week = { length: 604_800, bucket: 120 };
const trace = ['workload', 'sum', 0, 'trace'] as const;
const text = `# replayed
workload:
  sum:
    - trace:
        file: a.csv # one hour
        steps:
          # bots
          - scale: 0.9
          # next year
          - spike: { at: 10m, length: 5m, factor: 2 }
`;
const stepsOf = (yaml: string): unknown => parse(yaml).workload.sum[0].trace.steps;

describe('the kinds of steps in the form', () => {
  it('are those of the scenario file', () => {
    const found = new Set<string>();
    JSON.stringify(scenarioJsonSchema(), (key, value) => {
      if (key === 'steps' && value?.items?.properties)
        for (const name of Object.keys(value.items.properties)) found.add(name);
      return value;
    });
    expect([...stepNames].toSorted()).toEqual([...found].toSorted());
  });

  it.each(stepNames)('%s begins as the core takes it, and its fields read what it says', (name) => {
    for (const subject of [week, { length: 90, bucket: 0 }]) {
      const written = stepKinds[name].begin(subject);
      expect(traceSteps.safeParse([{ [name]: written }]).error).toBeUndefined();
      expect(readStep({ [name]: written })).toEqual({ name, written });
      const fields = stepKinds[name].fields(written, []);
      expect(fields.length).toBeGreaterThan(0);
      for (const field of fields) {
        if (field.kind !== 'number') continue;
        const value = valueIn(written, field.path);
        expect([field.label, unitRules[field.unit].read(value) ?? field.standard]).not.toContain(null);
      }
    }
  });

  it.each([
    ['spike', 'Height', 'add', { at: '1h', length: '5m', add: '100/s' }],
    ['shift', 'Which way', 'earlier', { earlier: '2h' }],
  ] as const)('%s: the other %s takes the place of the first', (name, label, value, becomes) => {
    const written = name === 'spike' ? { at: '1h', length: '5m', factor: 2 } : { later: '2h' };
    const field = stepKinds[name].fields(written, ['step']).find((each) => each.label === label);
    const edited = field?.edit?.(JSON.stringify({ step: written }), value) ?? '';
    expect(parse(edited)).toEqual({ step: becomes });
    expect(traceSteps.safeParse([{ [name]: becomes }]).success).toBe(true);
  });
});

describe('the list of steps', () => {
  it('grows, changes its order and shrinks, comments and all', () => {
    const more = addStep(text, trace, 'stretch', week);
    expect(stepsOf(more)).toEqual([{ scale: 0.9 }, { spike: { at: '10m', length: '5m', factor: 2 } }, { stretch: 2 }]);
    const moved = moveStep(text, trace, 1, -1);
    expect(stepsOf(moved)).toEqual([{ spike: { at: '10m', length: '5m', factor: 2 } }, { scale: 0.9 }]);
    expect(moved).toMatch(/steps:\n +# next year\n +- spike.*\n +# bots\n +- scale/);
    for (const edited of [more, moved]) expect(edited).toContain('file: a.csv # one hour');
    expect(moveStep(moved, trace, 0, 1)).toBe(text);
    expect(moveStep(text, trace, 0, -1)).toBe(text);
    expect(stepsOf(removeStep(text, trace, 0))).toHaveLength(1);
  });

  it('is gone with its last step, and there with its first', () => {
    const none = removeStep(removeStep(text, trace, 0), trace, 0);
    expect(stepsOf(none)).toBeUndefined();
    expect(stepsOf(addStep(none, trace, 'scale', week))).toEqual([{ scale: 1.2 }]);
  });

  it('gives a splice the last part once more', () => {
    const path = [...trace, 'steps', 0, 'splice'];
    const spliced = setInYaml(text, path.slice(0, -1), { splice: [{ from: '0s', to: '1h' }] });
    expect(parse(addPart(spliced, path)).workload.sum[0].trace.steps[0].splice).toEqual([
      { from: '0s', to: '1h' },
      { from: '0s', to: '1h' },
    ]);
  });
});

describe('a sketch of a trace', () => {
  const rows = Array.from({ length: 60 }, (_, minute) => `${minute * 60},${minute < 30 ? 10 : 20}`);
  const files = new Map([['a.csv', { blob: new Blob([['t,rps', ...rows].join('\n')]), version: 1 }]]);
  const session = {
    client: createSimulationService(),
    traces: { collect: async () => ({ files, identity: '' }) },
  } as unknown as Session;

  it('has it before its steps and after them', async () => {
    const steps = [{ spike: { at: '10m', length: '5m', factor: 3 } }, { stretch: 2 }];
    const { before, after, issues } = await sketchTrace(session, { file: 'a.csv', from: '50m', steps });
    expect(issues).toEqual([]);
    expect(before).toMatchObject({ length: 3600, bucket: 60, requests: 54_000, peak: 20 });
    expect(after).toMatchObject({ length: 7200, bucket: 120, requests: 60_000, peak: 15 });
    expect(after?.rates).toHaveLength(60);
  });

  it('says at its place in the list what a step cannot do', async () => {
    const { before, after, issues } = await sketchTrace(session, {
      file: 'a.csv',
      steps: [{ scale: 2 }, { bootstrap: { weeks: 1 } }],
    });
    expect([before?.peak, after]).toEqual([20, null]);
    expect(issues).toMatchObject([{ code: 'trace-step', path: [1, 'bootstrap'] }]);
  });

  it('is none of a file that is not there', async () => {
    expect(await sketchTrace(session, { file: 'b.csv' })).toEqual({ before: null, after: null, issues: [] });
  });
});
