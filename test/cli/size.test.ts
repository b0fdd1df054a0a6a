import { afterAll, beforeAll, expect, it } from 'vitest';
import { createBench } from '../support/command-line.ts';
import { sizingScenario, smallScenario } from '../support/scenario-text.ts';

const bench = createBench();
beforeAll(() => {
  bench.write('sizing.yaml', sizingScenario);
  bench.write('small.yaml', smallScenario);
});
afterAll(() => bench.remove());

it('headroom size prints what is needed, and the arithmetic', async () => {
  const { exitCode, stdout, stderr } = await bench.run('size sizing.yaml');
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(stdout).toBe(
    [
      'result     needed  arithmetic                     note',
      'instances       1  ceil(20/s / 50/s * (1 + 20%))  with room to spare',
      'monthly    73 USD  1 * 0.1 USD * 730',
      '',
    ].join('\n'),
  );
});

it('ends with 2 where a result has no number, and says why', async () => {
  bench.write('zero.yaml', sizingScenario.replace('buffer: 20%', 'buffer: 0').replace('50/s', '0/s'));
  const { exitCode, stdout } = await bench.run('size zero.yaml');
  expect(exitCode).toBe(2);
  expect(stdout).toMatch(/instances +– +ceil\(20\/s \/ 0\/s .*: .*divided by zero/);
});

it('says how to begin where there is no model', async () => {
  const { exitCode, stderr } = await bench.run('size small.yaml');
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/small\.yaml has no `sizing` part/);
});
