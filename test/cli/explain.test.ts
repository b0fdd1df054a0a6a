import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Decision } from '../../sim-core/index.ts';
import { createBench } from '../support/command-line.ts';
import { smallScenario } from '../support/scenario-text.ts';

const bench = createBench();
beforeAll(async () => {
  bench.write('small.yaml', smallScenario);
  bench.write('result.json', (await bench.run('run small.yaml --decisions -o json')).stdout);
  bench.write('bare.json', (await bench.run('run small.yaml -o json')).stdout);
});
afterAll(() => bench.remove());

interface Explanation {
  readonly policies: readonly { readonly policy: string; readonly decisions: readonly Decision[] }[];
}
const decisionsOf = async (words: string): Promise<readonly Decision[]> => {
  const { stdout } = await bench.run(`${words} -o json`);
  return (JSON.parse(stdout) as Explanation).policies.flatMap(({ decisions }) => decisions);
};

describe('headroom explain', () => {
  it('shows the decision in force at a moment, with its arithmetic', async () => {
    const [decision] = await decisionsOf('explain small.yaml live --at 00:02:07');
    expect(decision).toMatchObject({ time: 120 });
    const { stdout, exitCode } = await bench.run('explain small.yaml live --at 00:02:07');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^live at t\+2m, 2026-01-01T00:02:00Z: /);
    for (const { detail, reason } of decision?.stages ?? []) expect(stdout).toContain(`${detail} (${reason})`);
    expect(stdout).toMatch(/ {2}Observed: .*CPU use \d/);
    expect(stdout).toMatch(/\n {2}Wished \d+, applied \d+/);
  });

  it('says the same of a saved result, without simulating', async () => {
    const { stdout, stderr } = await bench.run('explain result.json live --at 2m7s', {
      createPool: () => {
        throw new Error('nothing is to be run');
      },
    });
    expect(stderr).toBe('');
    const fresh = await bench.run('explain small.yaml live --at 2m7s');
    expect(stdout).toBe(fresh.stdout.replace(/, 2026-[^:]+:\d\d:\d\dZ/, ''));
  });

  it('takes an instant where the scenario says when it starts', async () => {
    expect(await decisionsOf('explain small.yaml live --at 2026-01-01T00:02:07Z')).toEqual(
      await decisionsOf('explain small.yaml live --at 2m7s'),
    );
  });

  it('lists what changed the count, of every policy', async () => {
    const scalings = await decisionsOf('explain small.yaml');
    expect(scalings.length).toBeGreaterThan(0);
    expect(scalings.every(({ current, applied }) => current !== applied)).toBe(true);
    const { stdout } = await bench.run('explain small.yaml');
    expect(stdout).toMatch(/^fixed: no decision changed the count\.\n\nlive\nat +bound by +decision\n/);
    for (const { reason } of scalings) expect(stdout).toContain(reason);
  });

  it('finds where two policies part', async () => {
    bench.write(
      'two.yaml',
      `${smallScenario}  - name: careful\n    controller:\n      hpa: {minReplicas: 4, maxReplicas: 10}\n`,
    );
    const [live, careful] = await decisionsOf('explain two.yaml live --against careful');
    expect(live?.applied).not.toBe(careful?.applied);
    const until = await decisionsOf('explain two.yaml live');
    expect(until.filter(({ time }) => time < live!.time).every(({ applied }) => applied >= 4)).toBe(true);
  });

  it('has a row a stage as CSV', async () => {
    const { stdout } = await bench.run('explain small.yaml live --at 2m -o csv');
    expect(stdout.split('\n')[0]).toBe('policy,time,stage,input,output,reason,detail');
    const [decision] = await decisionsOf('explain small.yaml live --at 2m');
    expect(stdout.trim().split('\n')).toHaveLength(1 + (decision?.stages.length ?? 0));
  });

  it.each([
    ['explain small.yaml live --at noon', /--at noon is neither a time since the start .* nor an instant/],
    ['explain result.json live --at 2026-01-01T00:02:00Z', /does not say when it started/],
    ['explain bare.json', /saved without its decisions\. Run again with --decisions/],
    ['explain result.json lve', /Did you mean live\?/],
    ['explain small.yaml lve', /Did you mean live\?/],
    ['explain small.yaml --against live', /Name the policy that is to be compared/],
    ['explain small.yaml live --against live', /ask for the same counts throughout/],
    ['explain small.yaml live --against fixed', /fixed makes no decisions/],
    ['explain small.yaml fixed --at 1m', /fixed makes no decisions/],
  ])('%s says what to mend', async (words, message) => {
    const { exitCode, stderr, stdout } = await bench.run(words);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });
});
