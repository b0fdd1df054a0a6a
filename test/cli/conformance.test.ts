import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBench } from '../support/command-line.ts';
import type { Bench } from '../support/command-line.ts';

const vectors = new URL('../../../shared/vectors/', import.meta.url);
const files = readdirSync(vectors).filter((name) => name.endsWith('.json') && name !== 'index.json');

const preempt = (name: string, count: number) => ({
  name,
  input: { kind: 'preempt', a: { direction: 'up', count: 3 }, b: { direction: 'down', count: 1 } },
  expected: { direction: 'up', count },
});

let bench: Bench;
beforeAll(() => {
  bench = createBench();
  for (const name of files) bench.write(name, readFileSync(new URL(name, vectors)));
  const cases = [preempt('right', 3), preempt('wrong', 4), { name: 'odd', input: { kind: 'x' }, expected: {} }];
  bench.write('own.json', JSON.stringify({ family: 'nomad-policy', caseCount: 4, cases }));
  bench.write('alien.json', JSON.stringify({ family: 'alien', cases }));
  bench.write(
    'odd.json',
    '{"family": "kpa-decider", "cases": [{"name": 1}, null, {"name": "n", "input": {}, "expected": {}}]}',
  );
  bench.write('broken.json', '{');
  bench.write('other.json', '{"family": "kpa-decider", "cases": {"name": 1}}');
});
afterAll(() => bench.remove());

interface Report {
  readonly families: readonly {
    file: string;
    passed: number;
    failed: unknown[];
    notApplicable: { name: string; reason: string }[];
  }[];
  readonly failed: number;
}

describe('every vector file', () => {
  it('has no failing case, and every case is accounted for', async () => {
    const { exitCode, stdout } = await bench.run(`conformance ${files.join(' ')} -o json`);
    const report = JSON.parse(stdout) as Report;
    expect(exitCode).toBe(0);
    expect(report).toMatchObject({ schema: 'headroom/conformance/v1', failed: 0 });
    for (const { file, passed, failed, notApplicable } of report.families) {
      const { caseCount } = JSON.parse(readFileSync(new URL(file, vectors), 'utf8')) as { caseCount: number };
      expect(failed).toEqual([]);
      expect(passed + notApplicable.length).toBe(caseCount);
      for (const { reason } of notApplicable) expect(reason).not.toBe('');
    }
  });
});

describe('a file of one’s own', () => {
  it('says what failed, with both sides, and that a case is missing', async () => {
    const { exitCode, stdout } = await bench.run('conformance own.json -o json');
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout)).toEqual({
      schema: 'headroom/conformance/v1',
      families: [
        {
          file: 'own.json',
          passed: 1,
          failed: [
            { name: 'wrong', expected: { direction: 'up', count: 4 }, actual: { direction: 'up', count: 3 } },
            { name: 'odd', expected: {}, actual: { error: 'Nothing here knows a case of the kind "x".' } },
            { name: 'caseCount', expected: 4, actual: 3 },
          ],
          notApplicable: [],
        },
      ],
      passed: 1,
      failed: 3,
      notApplicable: 0,
    });
  });

  it('is a table, with what there is to say below it', async () => {
    const { stdout } = await bench.run('conformance own.json alien.json');
    expect(stdout).toContain('own.json         1       3               0\n');
    expect(stdout).toContain('expected {"direction":"up","count":4}\n');
    expect(stdout).toContain('not applicable: alien.json: 3 × The family alien is not simulated.\n');
    expect((await bench.run('conformance alien.json')).exitCode).toBe(0);
  });

  it('is a failure for every case that is none', async () => {
    const { exitCode, stdout } = await bench.run('conformance odd.json -o json');
    expect(exitCode).toBe(1);
    const error = 'A case needs `name`, and objects `input` and `expected`.';
    expect((JSON.parse(stdout) as Report).families[0]?.failed).toEqual([
      { name: 'case 1', actual: { error } },
      { name: 'case 2', actual: { error } },
      {
        name: 'n',
        expected: {},
        actual: { error: expect.stringContaining('does not have the form of its family') as string },
      },
    ]);
  });

  it('is totals as Markdown', async () => {
    const { stdout } = await bench.run('conformance own.json --markdown');
    expect(stdout.split('\n').slice(1)).toEqual([
      '|---|---:|---:|---:|---:|',
      '| own.json | 1 | 1 | 3 | 0 |',
      '| all | 1 | 1 | 3 | 0 |',
      '',
    ]);
  });

  it('is rows as CSV', async () => {
    const { stdout } = await bench.run('conformance own.json -o csv');
    expect(stdout.split('\n').slice(0, 2)).toEqual([
      'file,name,outcome,cases,expected,actual,reason',
      'own.json,,passed,1,,,',
    ]);
  });

  it.each([
    ['', 'Name the vector files'],
    ['broken.json', 'broken.json is not JSON'],
    ['other.json', 'other.json is not a vector file'],
    ['nowhere.json', 'There is no file nowhere.json'],
  ])('%s: exit 2, %s', async (file, text) => {
    const { exitCode, stderr } = await bench.run(`conformance ${file}`);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(text);
  });
});
