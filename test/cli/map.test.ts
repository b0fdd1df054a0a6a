import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBench } from '../support/command-line.ts';
import { smallScenario } from '../support/scenario-text.ts';

const bench = createBench();
beforeAll(() => bench.write('small.yaml', smallScenario));
afterAll(() => bench.remove());

const settings = '-x controller.hpa.minReplicas=1,3 -y controller.hpa.maxReplicas=4..6:2';

describe('headroom map', () => {
  it('gives each cell what a scenario with those settings gives', async () => {
    const { stdout, stderr } = await bench.run(`map small.yaml live ${settings} --metric replicasMean -n 2 -o json`);
    expect(stderr).toBe('');
    const map = JSON.parse(stdout) as { cells: { x: number; y: number; estimate: object; stable: boolean }[] };
    expect(map.cells.map(({ x, y }) => [x, y])).toEqual([
      [1, 4],
      [3, 4],
      [1, 6],
      [3, 6],
    ]);
    bench.write(
      'changed.yaml',
      smallScenario.replace('minReplicas: 2, maxReplicas: 10', 'minReplicas: 3, maxReplicas: 6'),
    );
    const by = JSON.parse((await bench.run('run changed.yaml live -n 2 -o json')).stdout) as {
      policies: { summary: { replicasMean: object }; stability: { stable: boolean } }[];
    };
    expect(map.cells[3]).toMatchObject({
      estimate: by.policies[0]!.summary.replicasMean,
      stable: by.policies[0]!.stability.stable,
    });
  });

  it('prints the grid with its highest row first', async () => {
    const { stdout } = await bench.run(`map small.yaml live ${settings} -n 1`);
    expect(stdout).toMatch(/^live: flaps, ! where it is unstable\nmaxReplicas \\ minReplicas +1 +3\n6 +\d.*\n4 +\d/);
  });

  it('draws it', async () => {
    await bench.run(`map small.yaml live ${settings} -n 1 --engine fluid --picture map.svg`);
    const svg = readFileSync(join(bench.folder, 'map.svg'), 'utf8');
    expect(svg).toMatch(/^<svg .*<\/svg>$/s);
    expect(svg).toContain('Small; mean of one run (fluid engine), hatched where unstable');
    expect(svg).not.toMatch(/NaN|undefined/);
  });

  it.each([
    [
      'map small.yaml live -x controller.hpa.maxReplica=4,6 -y guards.cooldown.up=1m',
      /no key `maxReplica` in `controller\.hpa`/,
    ],
    ['map small.yaml live -x controller.hpa.maxReplicas=1,6 -y controller.hpa.minReplicas=2,3', /not right: .*min/],
    ['map small.yaml live -x maxReplicas -y a=1', /Write a setting of the policy and its values/],
    [`map small.yaml live ${settings} -m flap`, /Did you mean flaps\?/],
    [`map small.yaml lve ${settings}`, /Did you mean live\?/],
  ])('%s says what to mend', async (words, message) => {
    const { exitCode, stderr } = await bench.run(words);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(message);
  });
});
