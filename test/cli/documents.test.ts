import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseScenario } from '../../sim-core/index.ts';
import { createBench } from '../support/command-line.ts';
import { mistaken, recordingOf } from '../support/synthetic-recording.ts';
import { alertsScenario, sizingScenario, smallScenario } from '../support/scenario-text.ts';

const read = (name: string) => readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8');
const bench = createBench();
beforeAll(async () => {
  bench.write('recording.csv', await recordingOf());
  bench.write('shop.yaml', mistaken('mean: 100ms', 'mean: 80ms'));
  bench.write('load-test.csv', 'users,rps\n1,65\n18,996\n36,1652\n72,1853\n108,1829\n144,1775\n');
  bench.write('sizing.yaml', sizingScenario);
  bench.write('alerts.yaml', alertsScenario);
  bench.write(
    'checkout.yaml',
    `${smallScenario}  - name: careful\n    controller:\n      hpa: {minReplicas: 4, maxReplicas: 10}\n`,
  );
  bench.write('result.json', (await bench.run('run checkout.yaml --decisions -o json')).stdout);
  bench.write(
    'traffic.csv',
    'timestamp,rps\n2026-01-01T00:00:00Z,10\n2026-01-01T00:01:00Z,20\n2026-01-01T00:02:00Z,30\n',
  );
  bench.write('replay.yaml', smallScenario.replace('constant: {rate: 20/s}', 'trace: {file: traffic.csv, loop: true}'));
  bench.write(
    'counters.csv',
    'timestamp,hits_total\n2026-01-01T00:00:00Z,600\n2026-01-01T00:01:00Z,1800\n2026-01-01T00:02:00Z,60\n2026-01-01T00:03:00Z,660\n',
  );
  bench.write('durations.csv', `latency_ms\n${Array.from({ length: 30 }, (_, i) => 40 + i * i).join('\n')}\n`);
  bench.write(
    'nginx.log.gz',
    gzipSync(
      Array.from(
        { length: 30 },
        (_, i) =>
          `10.0.0.1 - - [10/Feb/2026:09:00:${10 + i} +0000] "GET / HTTP/1.1" 200 5 "-" "-" rt=0.${10 + i * 3}\n`,
      ).join(''),
    ),
  );
  bench.write(
    'access.log.gz',
    gzipSync('timestamp,rps\n2026-01-01T00:00:00Z,10\n2026-01-01T00:01:00Z,many\n2026-01-01T00:02:00Z,30\n'),
  );
  bench.write(
    'metrics.csv',
    'timestamp,txn_rate,cpu_util\n2026-01-01T00:00:00Z,10,55\n2026-01-01T00:01:00Z,20,80\n2026-01-01T00:02:00Z,30,95\n',
  );
  bench.write(
    'hpa.yaml',
    'apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: web}\nspec: {maxReplicas: 9}\n',
  );
  bench.write(
    'vectors.json',
    JSON.stringify({
      family: 'hpa-default-rules',
      cases: [
        {
          name: 'twice the count at most',
          input: { kind: 'convert', currentReplicas: 10, desiredReplicas: 50, minReplicas: 1, maxReplicas: 100 },
          expected: { replicas: 20, reason: 'ScaleUpLimit' },
        },
      ],
    }),
  );
});
afterAll(() => bench.remove());

/** Answers as a Prometheus would that holds one series, a sample a minute. */
const prometheus = (address: string) => {
  const { searchParams } = new URL(address);
  const [from, to] = [Number(searchParams.get('start')), Number(searchParams.get('end'))];
  const values = Array.from({ length: Math.floor((to - from) / 60) + 1 }, (_, minute) => [from + minute * 60, '20']);
  return Promise.resolve({
    status: 200,
    body: JSON.stringify({ status: 'success', data: { resultType: 'matrix', result: [{ metric: {}, values }] } }),
  });
};

describe('docs/command-line.md', () => {
  const examples = [...read('command-line.md').matchAll(/^headroom (.+)$/gm)].map(([, words = '']) => words);

  it.each(examples)('headroom %s', async (words) => {
    const { exitCode, stderr } = await bench.run(words.replaceAll("'", ''), { ask: prometheus });
    expect(stderr).not.toMatch(/error/);
    // The service of the small scenario passes or fails its check; both are answers.
    expect(words.startsWith('check') ? [0, 1] : [0]).toContain(exitCode);
  });

  it('has an example of every command', async () => {
    const { stderr } = await bench.run('');
    const [, list = ''] = stderr.split('Commands:\n');
    const commands = [...list.matchAll(/^ {2}([a-z]+) /gm)]
      .map(([, name = '']) => name)
      .filter((name) => name !== 'help');
    expect(commands.length).toBeGreaterThan(7);
    expect(commands.filter((name) => !examples.some((words) => words.startsWith(`${name} `)))).toEqual([]);
  });
});

it('docs/scenario-file.md shows a scenario that is valid', () => {
  const [, example = ''] = /```yaml\n([^]*?)```/.exec(read('scenario-file.md')) ?? [];
  expect(parseScenario(example).issues).toEqual([]);
});
