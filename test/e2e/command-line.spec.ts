import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { longScenario, smallScenario } from './files.ts';

/** The built command line, as a person reaches it: `npm start -- …`, in a folder of their own. */
const start = fileURLToPath(new URL('../../tools/start.mjs', import.meta.url));
let folder: string;

test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'headroom-command-line-'));
  mkdirSync(join(folder, 'traces'));
  for (const { name, content } of [smallScenario, longScenario]) writeFileSync(join(folder, name), content);
});
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(words: readonly string[], meanwhile: (child: ReturnType<typeof spawn>) => void = () => {}) {
  const child = spawn(process.execPath, [start, ...words], {
    cwd: folder,
    env: { ...process.env, npm_lifecycle_event: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout?.on('data', (chunk) => (stdout += String(chunk)));
  child.stderr?.on('data', (chunk) => (stderr += String(chunk)));
  meanwhile(child);
  return new Promise<{ code: number | null; stdout: string; stderr: string }>((done) =>
    // A build is said on stderr, and is not what is tested here.
    child.on('close', (code) => done({ code, stdout, stderr: stderr.replace(/^built .*\n/gm, '') })),
  );
}

test.describe('results', () => {
  test('are the same, bit for bit, run by run and for any number of threads', async () => {
    const [one, two] = [
      await run(['compare', 'small.yaml', '-o', 'json', '--workers', '1']),
      await run(['compare', 'small.yaml', '-o', 'json', '--workers', '3']),
    ];
    expect([one.code, one.stderr]).toEqual([0, '']);
    expect(JSON.parse(one.stdout)).toMatchObject({
      schema: 'headroom/comparison/v1',
      replications: 4,
      baseline: 'fixed',
    });
    expect(two.stdout).toBe(one.stdout);
  });

  test('of theory are those of the textbook', async () => {
    // Gross et al., Fundamentals of Queueing Theory: M/M/5 with λ = 4, μ = 1
    const { code, stdout } = await run([
      'theory',
      'mmc',
      '--arrival-rate',
      '4/s',
      '--service-time',
      '1s',
      '--servers',
      '5',
      '-o',
      'json',
    ]);
    expect(code).toBe(0);
    expect(JSON.stringify(JSON.parse(stdout))).toMatch(/"delayProbability":0\.554[01]/);
  });

  test('of a check are in its exit code and its JUnit file', async () => {
    const fixed = await run(['check', 'small.yaml', 'fixed', '--junit', 'fixed.xml']);
    expect(fixed.code).toBe(0);
    const hpa = await run(['check', 'small.yaml', 'predictive', '--junit', 'predictive.xml']);
    expect(hpa.code).toBe(1);
    expect(readFileSync(join(folder, 'fixed.xml'), 'utf8')).not.toContain('<failure');
    expect(readFileSync(join(folder, 'predictive.xml'), 'utf8')).toContain('<failure');
  });

  test('can be cut short by what reads them', async () => {
    const { stderr } = await run(['compare', 'small.yaml', '-o', 'json'], ({ stdout }) =>
      stdout?.once('data', () => stdout.destroy()),
    );
    expect(stderr).toBe('');
  });

  test('can be interrupted', async () => {
    test.setTimeout(120_000);
    const { code, stdout, stderr } = await run(['compare', 'long.yaml'], (child) =>
      setTimeout(() => child.kill('SIGINT'), 4000),
    );
    expect([code, stdout]).toEqual([130, '']);
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});

const csv = (...rows: readonly string[]) => `${rows.join('\n')}\n`;
const replay = smallScenario.content.replace(
  /    - sinusoid:.*\n/,
  '    - trace: {file: traces/given.csv, column: requests, time: timestamp}\n',
);

/** what is given, what is asked, and what the message must speak of */
const badInput: readonly (readonly [
  name: string,
  files: Readonly<Record<string, string | Uint8Array>>,
  words: RegExp,
])[] = [
  ['no such file', {}, /small2\.yaml/],
  [
    'an unknown key',
    { 'bad.yaml': smallScenario.content.replace('replications: 4', 'repliactions: 4') },
    /bad\.yaml:7.*repliactions.*replications/s,
  ],
  [
    'a wrong unit',
    { 'bad.yaml': smallScenario.content.replace('horizon: 30m', 'horizon: 30 bananas') },
    /bad\.yaml:4.*horizon/s,
  ],
  [
    'contradictory bounds',
    { 'bad.yaml': smallScenario.content.replace('maxReplicas: 20\n', 'maxReplicas: 1\n') },
    /maxReplicas|minReplicas/,
  ],
  [
    'a billion replicas',
    { 'bad.yaml': smallScenario.content.replace('replicas: 6', 'replicas: 1000000000') },
    /replicas/,
  ],
  [
    'a horizon of zero',
    { 'bad.yaml': smallScenario.content.replace('horizon: 30m', 'horizon: 0s') },
    /bad\.yaml:4.*horizon/s,
  ],
  ['no YAML at all', { 'bad.yaml': new Uint8Array([0, 255, 254, 0, 1, 2]) }, /bad\.yaml/],
  ['an empty scenario', { 'bad.yaml': '' }, /bad\.yaml/],
  ['a missing trace', { 'bad.yaml': replay.replace('given.csv', 'missing.csv') }, /missing\.csv/],
  [
    'a missing column',
    {
      'bad.yaml': replay,
      'traces/given.csv': csv('timestamp,hits', '2026-11-27T09:00:00Z,1', '2026-11-27T09:00:10Z,2'),
    },
    /given\.csv.*requests.*hits/s,
  ],
  ['an empty trace', { 'bad.yaml': replay, 'traces/given.csv': '' }, /given\.csv.*empty/s],
  ['a trace with a header only', { 'bad.yaml': replay, 'traces/given.csv': csv('timestamp,requests') }, /given\.csv/],
  [
    'a binary trace',
    { 'bad.yaml': replay, 'traces/given.csv': new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1]) },
    /given\.csv/,
  ],
  [
    'a negative rate',
    {
      'bad.yaml': replay,
      'traces/given.csv': csv('timestamp,requests', '2026-11-27T09:00:00Z,1', '2026-11-27T09:00:10Z,-2'),
    },
    /given\.csv.*3.*negative/s,
  ],
  [
    'a rate that is no number',
    {
      'bad.yaml': replay,
      'traces/given.csv': csv('timestamp,requests', '2026-11-27T09:00:00Z,1', '2026-11-27T09:00:10Z,abc'),
    },
    /given\.csv.*3/s,
  ],
  [
    'times out of order',
    {
      'bad.yaml': replay,
      'traces/given.csv': csv(
        'timestamp,requests',
        '2026-11-27T09:00:10Z,1',
        '2026-11-27T09:00:00Z,2',
        '2026-11-27T09:00:20Z,2',
      ),
    },
    /given\.csv/,
  ],
  [
    'a time twice',
    {
      'bad.yaml': replay,
      'traces/given.csv': csv(
        'timestamp,requests',
        '2026-11-27T09:00:00Z,1',
        '2026-11-27T09:00:00Z,2',
        '2026-11-27T09:00:10Z,2',
      ),
    },
    /given\.csv/,
  ],
  [
    'mixed time zones',
    {
      'bad.yaml': replay,
      'traces/given.csv': csv(
        'timestamp,requests',
        '2026-11-27T09:00:00Z,1',
        '2026-11-27 09:00:10,2',
        '2026-11-27T10:00:20+01:00,2',
      ),
    },
    /given\.csv/,
  ],
];

test.describe('bad input ends with exit code 2 and a message that says where', () => {
  for (const [name, files, words] of badInput) {
    test(name, async () => {
      for (const [file, content] of Object.entries(files)) writeFileSync(join(folder, file), content);
      const { code, stdout, stderr } = await run([
        'run',
        name === 'no such file' ? 'small2.yaml' : 'bad.yaml',
        '-o',
        'json',
      ]);
      expect(stderr).toMatch(words);
      expect(stderr).not.toMatch(/\n\s+at |fault of headroom|undefined|\[object/);
      expect([code, stdout]).toEqual([2, '']);
    });
  }

  for (const words of [
    ['frobnicate'],
    ['run'],
    ['run', 'small.yaml', '--nonsense'],
    ['compare', 'small.yaml', '-o', 'xml'],
    ['run', 'small.yaml', '--policy', 'nobody'],
  ]) {
    test(`headroom ${words.join(' ')}`, async () => {
      const { code, stdout, stderr } = await run(words);
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toMatch(/\S/);
      expect(stderr).not.toMatch(/\n\s+at |fault of headroom/);
    });
  }
});
