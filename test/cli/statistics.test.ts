import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBench } from '../support/command-line.ts';
import { smallScenario } from '../support/scenario-text.ts';

const bench = createBench();
beforeAll(() => {
  bench.write('small.yaml', smallScenario);
  bench.write(
    'precise.yaml',
    smallScenario
      .replace('recordingInterval: 30s', 'recordingInterval: 10s\nwarmup: auto')
      .replace('replications: 2', 'replications: {until: {metric: latencyMean, halfWidth: 15%}, min: 3, max: 30}'),
  );
});
afterAll(() => bench.remove());

describe('compare with warm-up and precision left to the runs', () => {
  it('says what was decided, and the same whatever the number of workers', async () => {
    const { stdout, stderr, exitCode } = await bench.run('compare precise.yaml --workers 1');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(
      /\nwarm-up: \S+.*MSER-5 .*\nprecision: reached after \d+ replications \(latencyMean of \w+ ± /,
    );
    expect((await bench.run('compare precise.yaml', { cores: 5 })).stdout).toBe(stdout);
  });

  it('shows on a terminal how precise it is by now', async () => {
    const { stderr } = await bench.run('compare precise.yaml', { terminal: true });
    expect(stderr).toMatch(/pilot runs for the warm-up/);
    expect(stderr).toMatch(/n = \d+, latencyMean of \w+ ± .* % \(wanted 15 %\)/);
  });

  it('takes a plain number of replications instead', async () => {
    const { stdout } = await bench.run('compare precise.yaml -n 2');
    expect(stdout).toMatch(/2 replications/);
    expect(stdout).not.toMatch(/precision:/);
  });
});

describe('warmup', () => {
  it('says what MSER-5 would leave out', async () => {
    const { stdout } = await bench.run('warmup small.yaml');
    // Twenty rows are too few.
    expect(stdout).toMatch(/^Small: warm-up not determined\n {2}20 rows are too few/);
    expect((await bench.run('warmup precise.yaml -o csv')).stdout).toMatch(/^seconds,determined,policy,/);
  });
});

describe('select', () => {
  it('names the best, and how far the others came', async () => {
    const { stdout, exitCode } = await bench.run(
      'select small.yaml --metric replicasMean --indifference 0.2 --first 3',
    );
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^Small: best by replicasMean: (live|fixed), with a probability of at least 95 % if it is /);
    expect(stdout).toMatch(/ best\n/);
    expect(stdout).toMatch(/screened out after \d+\n/);
  });

  it('states no probability where the fluid engine leaves nothing to chance', async () => {
    const sure = smallScenario.replace('replications: 2', 'replications: 2\nengine: fluid');
    bench.write('sure.yaml', sure);
    const words = 'select sure.yaml --metric replicasMean --indifference 0.2 --first 3';
    const { stdout } = await bench.run(words);
    expect(stdout).toMatch(
      /^Small: best by replicasMean: (live|fixed), without chance: every run of a policy gave the/,
    );
    const { probability } = JSON.parse((await bench.run(`${words} -o json`)).stdout) as { probability: unknown };
    expect(probability).toBeNull();
    bench.write('drawn.yaml', sure.replace('20/s}', '20/s}\n    - noise: {deviation: 10%, correlation: 1m}'));
    const drawn = await bench.run('select drawn.yaml --metric latencyMean --indifference 5ms --first 3');
    expect(drawn.stdout).toContain('with a probability of at least 95 %');
  });

  it.each([
    ['select small.yaml fixed', /at least two policies/],
    ['select small.yaml --metric cost --indifference 5ms', /--indifference: "5ms" is no half-width of cost/],
    ['select small.yaml --probability 20%', /Give a share above 50%/],
    ['select small.yaml --metric speed', /Allowed choices/],
  ])('%s', async (words, message) => {
    const { stderr, exitCode } = await bench.run(words);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(message);
  });
});
