import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createBench } from '../support/command-line.ts';
import { withLine } from '../support/scenario-text.ts';

const bench = createBench();
afterAll(() => bench.remove());

/** Whatever is given: exit code 2, nothing on stdout, a message that names the place and what to do, no stack. */
async function refused(words: string): Promise<string> {
  const { exitCode, stdout, stderr } = await bench.run(words);
  expect({ exitCode, stdout }, stderr).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).not.toMatch(/\n {4}at |fault of headroom|\[object|undefined|zod/i);
  return stderr;
}

describe('a trace', () => {
  const withTrace = withLine(8, '    - trace: {file: trace.csv, time: timestamp, column: rps}');
  const minutes = (values: readonly string[]) =>
    values.map((value, index) => `2026-01-01T00:0${index}:00Z,${value}\n`).join('');

  it.each<[string, string | Uint8Array, RegExp]>([
    ['with a missing column', `timestamp,requests\n${minutes(['1', '2'])}`, /trace\.csv:1:?\d*: error: .*rps/],
    [
      'with mixed time zones',
      'timestamp,rps\n2026-01-01T00:00:00Z,1\n2026-01-01T00:01:00+02:00,2\n2026-01-01T00:02:00,3\n',
      /trace\.csv:\d+.*zone/,
    ],
    [
      'with unsorted times',
      'timestamp,rps\n2026-01-01T00:02:00Z,1\n2026-01-01T00:01:00Z,2\n2026-01-01T00:03:00Z,2\n',
      /trace\.csv:3/,
    ],
    [
      'with duplicate times',
      'timestamp,rps\n2026-01-01T00:01:00Z,1\n2026-01-01T00:01:00Z,2\n2026-01-01T00:02:00Z,2\n',
      /trace\.csv:3/,
    ],
    ['with negative rates', `timestamp,rps\n${minutes(['1', '-2', '3'])}`, /trace\.csv:3.*negative/],
    ['with nothing but a header', 'timestamp,rps\n', /trace\.csv/],
    ['of no bytes', '', /trace\.csv.*empty/],
    ['that is binary', Uint8Array.from({ length: 400 }, (_, index) => (index * 7919) % 256), /trace\.csv.*binary/],
    ['that is compressed', Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2, 3), /trace\.csv.*gzip|unpack/i],
  ])('%s is refused, naming the file and the line', async (_, trace, message) => {
    bench.write('scenario.yaml', withTrace);
    bench.write('trace.csv', trace);
    expect(await refused('compare scenario.yaml')).toMatch(message);
  });

  it('with a few values missing runs, and says so', async () => {
    bench.write('scenario.yaml', withTrace);
    bench.write('trace.csv', `timestamp,rps\n${minutes(['5', 'NaN', '5', '5'])}`);
    const { exitCode, stderr } = await bench.run('validate scenario.yaml');
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/warning: .*no value/);
  });

  it('that does not exist is reported at its mention, with what was probably meant', async () => {
    bench.write('scenario.yaml', withTrace.replace('trace.csv', 'trase.csv'));
    bench.write('trace.csv', `timestamp,rps\n${minutes(['1', '2', '3'])}`);
    expect(await refused('compare scenario.yaml')).toMatch(
      /^scenario\.yaml:8:21: error: There is no file trase\.csv\. Did you mean trace\.csv\?/,
    );
  });

  it('that is a folder, or a device that never ends, is reported at its mention', async () => {
    mkdirSync(join(bench.folder, 'folder'), { recursive: true });
    for (const [name, words] of [
      ['folder', 'is a folder'],
      ['/dev/zero', 'is not a regular file'],
    ] as const) {
      bench.write('scenario.yaml', withTrace.replace('trace.csv', name));
      expect(await refused('compare scenario.yaml')).toContain(words);
    }
  });
});

describe('a scenario', () => {
  it.each<[string, string | Uint8Array, RegExp]>([
    ['of no bytes', '', /scenario\.yaml:1:1: error: The file is empty/],
    ['that is binary', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 0xff), /not text in UTF-8/],
    ['that is text with zero bytes', 'schema: headroom/v1\n\0\0', /zero bytes/],
    ['with unknown keys', withLine(3, 'horizont: 1h'), /scenario\.yaml:3:1: error: .*Did you mean `horizon`\?/],
    ['with wrong units', withLine(3, 'horizon: 10 m/s'), /scenario\.yaml:3:10: error: .*not a duration/],
    ['with contradictory bounds', withLine(20, '      hpa: {minReplicas: 5, maxReplicas: 2}'), /scenario\.yaml:20:42/],
    [
      'with 10⁹ replicas',
      withLine(17, '    controller: {static: {replicas: 1000000000}}'),
      /scenario\.yaml:17:37: error: At most 100,000 replicas/,
    ],
    ['with a horizon of zero', withLine(3, 'horizon: 0s'), /scenario\.yaml:3:10: error: .*more than zero/],
    [
      'with more requests than the engine it names can simulate',
      withLine(8, '    - constant: {rate: 100M/s}').replace('horizon: 10m', 'horizon: 10m\nengine: exact'),
      /scenario\.yaml:\d+/,
    ],
    ['with a tab', withLine(7, '\tsum:'), /scenario\.yaml:7:1: error: .*tab/],
    ['that is a manifest', 'kind: HorizontalPodAutoscaler\n', /not a scenario/],
    ['nested a hundred thousand deep', '['.repeat(100_000), /nested/],
    ['that reaches for the prototype', withLine(21, '__proto__: {x: 1}'), /`__proto__` cannot be used/],
    ['with nothing right', 'schema: headroom/v9\nfoo: 1\npolicies: 3\n', /schema[^]*foo[^]*policies/],
  ])('%s is refused', async (_, text, message) => {
    bench.write('scenario.yaml', text);
    expect(await refused('run scenario.yaml')).toMatch(message);
  });

  it('with a policy that asks for what no one can pay shows how it went, and does not hang', async () => {
    bench.write(
      'scenario.yaml',
      withLine(17, '    controller: {static: {replicas: 100000}}', withLine(3, 'horizon: 1m')),
    );
    const { exitCode, stdout } = await bench.run('run scenario.yaml fixed -n 1');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('fixed');
  });

  it('does not reach the terminal with control characters', async () => {
    bench.write('scenario.yaml', withLine(2, 'nam: "\u001b[31mred"'));
    expect(await refused('run scenario.yaml')).not.toContain('\u001b');
  });
});
