import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBench } from '../../support/command-line.ts';
import type { Bench } from '../../support/command-line.ts';
import { mistaken, recordingOf } from '../../support/synthetic-recording.ts';

describe('headroom reality-check and calibrate', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = createBench();
    bench.write('recording.csv', await recordingOf());
    bench.write('right.yaml', mistaken('name: Shop', 'name: Right'));
    bench.write('wrong.yaml', mistaken('mean: 100ms', 'mean: 50ms'));
  });
  afterAll(() => bench.remove());

  const read = (file: string) => readFileSync(join(bench.folder, file), 'utf8');

  it('finds a simulation of itself good, and notes it', async () => {
    expect((await bench.run('validate right.yaml')).stderr).toContain('never checked against it');
    const told = await bench.run('reality-check right.yaml --write');
    expect(told.stdout).toContain('Reality check: good (mean error of the replicas 0;');
    expect(read('right.yaml')).toContain('grade: good');
    expect((await bench.run('validate right.yaml')).stderr).toBe('');
  });

  it('warns beside every result once it is poor, and when the scenario was changed since', async () => {
    const told = await bench.run('reality-check wrong.yaml --write --chart overlay.svg');
    expect(told.stdout).toContain('Reality check: poor');
    expect(told.stdout).toContain('Most likely: service time.');
    expect(read('overlay.svg')).toMatch(/^<svg .*recorded.*simulated.*<\/svg>$/s);
    for (const words of ['run', 'compare', 'check', 'export --what plan']) {
      const [name = '', ...rest] = words.split(' ');
      const { stderr } = await bench.run(`${name} wrong.yaml ${rest.join(' ')}`);
      expect(stderr, words).toContain('The reality check of this scenario is poor');
    }
    const { stdout } = await bench.run('compare wrong.yaml -o json');
    expect(JSON.parse(stdout)).toMatchObject({ reality: { state: 'poor' } });
    bench.write('wrong.yaml', read('wrong.yaml').replace('replicas: 14', 'replicas: 15'));
    expect((await bench.run('validate wrong.yaml')).stderr).toContain('is poor');
    bench.write('wrong.yaml', read('wrong.yaml').replace('mean: 50ms', 'mean: 55ms'));
    expect((await bench.run('validate wrong.yaml')).stderr).toContain('was changed since its reality check');
  });

  it('prints what it measured, and the scenario with it', async () => {
    const { stdout, stderr } = await bench.run('calibrate wrong.yaml --no-replay');
    expect(stdout).toContain('provenance:');
    expect(stderr).toContain('latency at low load');
    const { stdout: csv } = await bench.run('calibrate wrong.yaml --no-replay -o csv');
    expect(csv.split('\n')[0]).toBe('path,was,becomes,low,high,method,points');
    bench.write('measured.yaml', stdout);
    const told = await bench.run('validate measured.yaml');
    expect(told.stdout).toMatch(
      /measured.yaml: valid\n(.*\n)* {2}services\.shop\.replicas\.startup: .*matched in order, \d+ values, from recording\.csv/,
    );
  });

  it('says what is missing', async () => {
    bench.write('bare.yaml', mistaken('name: Shop', 'name: Bare').replace(/recorded:[^]*/, ''));
    const told = await bench.run('reality-check bare.yaml');
    expect(told.exitCode).toBe(2);
    expect(told.stderr).toContain('has no `recorded` part');
    bench.write('short.yaml', `${mistaken('name: Shop', 'name: Short')}  from: 1m\n  replicas: pods\n`);
    expect((await bench.run('reality-check short.yaml')).stderr).toMatch(/no single series called `pods`/);
    bench.write('late.yaml', `${mistaken('name: Shop', 'name: Late')}  from: 11m\n`);
    expect((await bench.run('reality-check late.yaml')).stderr).toContain('readings of the replicas lie in the part');
  });
});
