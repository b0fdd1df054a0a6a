import { beforeAll, describe, expect, test } from 'vitest';
import type { Sandbox } from '../../../../sim-core/autoscaling/custom/contract.ts';
import { loadSandbox } from '../../../../sim-core/autoscaling/custom/load-sandbox.ts';
import { checkController, controllerConfig } from '../../../../sim-core/autoscaling/registry.ts';
import { loadScenario, startRun } from '../../../../sim-core/index.ts';
import { prepareSandboxes } from '../../../../sim-core/experiment/sandboxes.ts';
import { smallScenario } from '../../../support/small-scenario.ts';
import { context, controllerFrom, drive, seen } from '../seen.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await loadSandbox();
});

const custom = (source: string, rest: object = {}) => ({ custom: { source, min: 2, max: 10, ...rest } });
const policy = (source: string, rest: object = {}) => controllerFrom(custom(source, rest), { sandbox });
const proportional = `
  interface Parameters { target: number }
  type Seen = { desiredReplicas: number; service: { cpuUtilisation: number } };
  export default ({ desiredReplicas, service }: Seen, state: { ups: number } | null, { target }: Parameters) => {
    const replicas = Math.ceil((service.cpuUtilisation / target) * desiredReplicas);
    const ups: number = (state?.ups ?? 0) + (replicas > desiredReplicas ? 1 : 0);
    return { replicas, reason: \`\${ups} times up\`, state: { ups } };
  };`;

describe('a custom policy', () => {
  test('decides from what it sees, within its bounds, and explains itself', () => {
    const controller = policy(proportional, { parameters: { target: 0.5 } });
    const { decision, state } = controller.evaluate(seen(15, 4, 1), controller.initialState);
    expect(decision).toMatchObject({ current: 4, recommended: 8, applied: 8, binding: null });
    expect(decision.reason).toBe('4 → 8: 1 times up');
    expect(decision.observed).toMatchObject({ cpuUtilisation: 1 });
    expect(state).toBe('{"ups":1}');
    expect(controller.evaluate(seen(30, 8, 1), state).decision).toMatchObject({
      recommended: 16,
      applied: 10,
      binding: 'bounds',
      reason: '8 → 10: At most 10: 16 → 10',
    });
  });

  test('remembers its state, and nothing else', () => {
    const counts = policy(`
      let calls = 0;
      export default (_: unknown, state: number | null) => ({ replicas: 2 + (state ?? 0) + calls++, state: (state ?? 0) + 1 });`);
    const look = (replicas: number) => seen(0, replicas, 0.5);
    expect(drive(counts, [look, look, look])).toEqual([2, 3, 4]);
    // The same question, the same answer: an evaluation is a function.
    const once = () => counts.evaluate(seen(0, 4, 0.5), '5').decision.applied;
    expect([once(), once()]).toEqual([7, 7]);
  });

  test('sees what was not observed as NaN, and may have no wish', () => {
    const controller = policy('export default ({ service }) => ({ replicas: service.cpuUtilisation * 4 })');
    const { decision } = controller.evaluate(seen(0, 5, NaN), 'null');
    expect(decision).toMatchObject({ recommended: NaN, applied: 5 });
  });

  test('computes the same bits everywhere: the elementary functions are its own', () => {
    // Printed to the last digit; Chromium must say the same (test/e2e).
    const controller = policy(
      'export default () => ({ replicas: 2, reason: [Math.sin(1e22), Math.exp(1.1), Math.log(3), 2.1 ** 3.3, Math.tan(9)].join() })',
    );
    const { decision } = controller.evaluate(seen(0, 2, 0.5), 'null');
    expect(decision.stages[0]?.detail).toBe(
      '-0.8522008497671888,3.0041660239464334,1.0986122886681096,11.569741950241465,-0.45231565944180985',
    );
  });

  test.each([
    ['export default () => ({ replicas: );', 'Syntax error: Unexpected token'],
    ['export default function () {\n  const a = 1 const b = 2;\n}', 'line 2, column 15'],
    ['const x: number = 1;', 'exports no function: begin it with `export default'],
    ['import fs from "node:fs";\nexport default () => fs.readFileSync("/etc/passwd");', 'cannot import'],
    ['export default () => 1;\nlet x: number =\n  missing.y;', "'missing' is not defined (line 3, column 3"],
    ['while (true);\nexport default () => 1;', 'did not answer within 100000 steps'],
    ['export default () => /x/.test("x");', 'RegExp'],
  ])('is refused at once where it cannot be read: %j', (source, said) => {
    const [issue] = checkController(controllerConfig.parse(custom(source)), { ...context, sandbox });
    expect(issue).toMatchObject({ code: 'bad-policy', path: ['custom', 'source'] });
    expect(issue?.message).toContain(said);
  });

  test('is told the place in its own source, types and all', () => {
    const controller = policy(
      'export default (seen: { service: Record<string, number> }, state: null, p: { a?: { b: number } }) => {\n' +
        '  const first: number = 1 as number; const second: number = (p.a as { b: number }).b;\n' +
        '  return { replicas: first + second };\n};',
    );
    expect(() => controller.evaluate(seen(0, 4, 0.5), 'null')).toThrow(
      /\(line 2, column (8\d|6\d|7\d) of its source\)/,
    );
  });
});

describe('in a run', () => {
  const withPolicies = (...sources: string[]) => {
    const policies = sources.map(
      (source, index) => `  - name: p${index}\n    controller: {custom: {max: 20, source: ${JSON.stringify(source)}}}`,
    );
    return `${smallScenario.slice(0, smallScenario.indexOf('policies:'))}policies:\n${policies.join('\n')}\n`;
  };
  const execute = async (text: string, name: string, slice = 1_000_000) => {
    const { loaded, issues } = loadScenario(text, new Map());
    expect(issues).toEqual([]);
    const run = await startRun(loaded!, { policy: name, replication: 0, decisionLog: true });
    while (!run.advance(slice).done);
    return run.result();
  };
  const failing =
    'export default ({ time }) => { if (time >= 120) throw new Error("no more"); return { replicas: 3 }; }';
  const healthy = 'export default ({ time }, state) => ({ replicas: 3 + (state ?? 0) % 2, state: (state ?? 0) + 1 })';

  test('a failure ends the run with its reason, and other policies go on', async () => {
    const text = withPolicies(failing, healthy);
    const failed = await execute(text, 'p0');
    expect(failed.stoppedEarly).toMatchObject({ at: 120 });
    expect(failed.stoppedEarly?.reason).toBe(
      'Stopped at 2m. The policy p0 failed. Error: no more (line 1, column 64 of its source).',
    );
    expect(failed.decisions.at(-1)).toMatchObject({ time: 120, applied: 3, stages: [{ reason: 'PolicyFailed' }] });
    expect(await execute(text, 'p0', 7)).toEqual(failed);
    const whole = await execute(text, 'p1');
    expect(whole.stoppedEarly).toBeNull();
    expect(whole.summary.scalingEvents).toBeGreaterThan(10);
    expect(await execute(text, 'p1')).toEqual(whole);
  });

  test('a policy that fails at its first evaluation still ends cleanly', async () => {
    const { stoppedEarly } = await execute(withPolicies('export default () => { for (;;); }'), 'p0');
    expect(stoppedEarly?.reason).toContain('did not answer within 100000 steps');
  });

  test('a source that cannot be read is an issue of the scenario, placed in the file', async () => {
    const text = withPolicies(healthy, 'export default () => ({ replicas: )');
    const sandboxes = await prepareSandboxes(loadScenario(text, new Map()).loaded!.scenario);
    const { issues } = loadScenario(text, new Map(), undefined, sandboxes);
    expect(issues).toMatchObject([
      {
        code: 'bad-policy',
        path: ['policies', 1, 'controller', 'custom', 'source'],
        line: text.trimEnd().split('\n').length,
      },
    ]);
  });
});
