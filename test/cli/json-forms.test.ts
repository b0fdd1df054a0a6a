import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { columnNames } from '../../sim-core/index.ts';
import { createBench } from '../support/command-line.ts';
import { mistaken, recordingOf } from '../support/synthetic-recording.ts';
import { alertsScenario, sizingScenario, smallScenario } from '../support/scenario-text.ts';

const page = readFileSync(new URL('../../docs/json-forms.md', import.meta.url), 'utf8');
const bench = createBench();
beforeAll(async () => {
  bench.write('recording.csv', await recordingOf());
  bench.write('shop.yaml', mistaken('mean: 100ms', 'mean: 50ms'));
  bench.write('load-test.csv', 'users,rps\n1,65\n18,996\n36,1652\n72,1853\n108,1829\n144,1775\n');
  bench.write('small.yaml', smallScenario);
  bench.write('sizing.yaml', sizingScenario);
  bench.write('alerts.yaml', alertsScenario);
  bench.write(
    'precise.yaml',
    smallScenario.replace('replications: 2', 'warmup: auto\nreplications: {until: {halfWidth: 50%}, min: 2, max: 3}'),
  );
  bench.write('wrong.yaml', smallScenario.replace('horizon', 'horizn'));
  bench.write('trace.csv', 'timestamp,rps\n2026-01-01T00:00:00,10\n2026-01-01T00:01:00,20\n2026-01-01T00:02:00,30\n');
  bench.write('durations.csv', `latency_ms\n${Array.from({ length: 30 }, (_, i) => 40 + i * i).join('\n')}\n`);
  bench.write(
    'hpa.yaml',
    'apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: web}\nspec: {maxReplicas: 9}\n',
  );
});
afterAll(() => bench.remove());

/** Names in the first column of the tables under a heading. */
function documentedUnder(heading: string): string[] {
  const [, section = ''] = page.split(`## ${heading}\n`);
  const rows = (section.split('\n## ')[0] ?? '').matchAll(/^\| (`[^|]+) \|/gm);
  return [...rows].flatMap(([, names = '']) => [...names.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name));
}

/** The paths of a value: `policies[].slo.met`. */
function pathsOf(value: unknown, path = ''): string[] {
  if (Array.isArray(value))
    return value.length === 0 ? [`${path}[]`] : [...new Set(value.flatMap((item) => pathsOf(item, `${path}[]`)))];
  if (value === null || typeof value !== 'object') return [path];
  return Object.entries(value).flatMap(([key, each]) => pathsOf(each, path === '' ? key : `${path}.${key}`));
}

/** A path is documented by itself, or by what it lies in. */
const covers = (name: string, path: string) =>
  path === name || path.startsWith(`${name}.`) || path.startsWith(`${name}[`) || `${path}[]` === name;

describe.each([
  ['headroom/result/v1', 'run small.yaml live --columns --decisions -o json'],
  ['headroom/comparison/v1', 'compare small.yaml -o json'],
  ['headroom/comparison/v1', 'compare precise.yaml -o json'],
  ['headroom/selection/v1', 'select small.yaml --first 2 --most 3 -o json'],
  ['headroom/warmup/v1', 'warmup small.yaml -o json'],
  ['headroom/check/v1', 'check small.yaml -o json'],
  ['headroom/explanation/v1', 'explain small.yaml live --at 5m -o json'],
  ['headroom/validation/v1', 'validate wrong.yaml -o json'],
  ['headroom/theory/v1', 'theory mgc -a 4 -r 1 --objective p95=9s -o json'],
  ['headroom/theory/v1', 'theory priority --class 2/s,40ms --class 8/s,80ms,2 -o json'],
  ['headroom/theory/v1', 'theory mtgc -a 9 --amplitude 2 --period 1h -r 1 --objective delay=20% -o json'],
  [
    'headroom/map/v1',
    'map small.yaml live -x controller.hpa.minReplicas=1,2 -y controller.hpa.maxReplicas=5,6 -n 1 -o json',
  ],
  ['headroom/alerts/v1', 'alerts alerts.yaml -o json'],
  ['headroom/sizing/v1', 'size sizing.yaml -o json'],
  ['headroom/import/v1', 'import trace.csv --step scale=2 -o json'],
  ['headroom/fit/v1', 'fit durations.csv -o json'],
  ['headroom/reality-check/v1', 'reality-check shop.yaml -o json'],
  ['headroom/calibration/v1', 'calibrate shop.yaml --no-replay -o json'],
  ['headroom/comparison/v1', 'compare shop.yaml -o json'],
  ['headroom/check/v1', 'check shop.yaml -o json'],
  ['headroom/selection/v1', 'select shop.yaml --first 2 --most 3 -o json'],
  ['headroom/selection/v1', 'select alerts.yaml --slo --first 2 --most 3 -o json'],
  ['headroom/explanation/v1', 'explain shop.yaml live --at 5m -o json'],
  [
    'headroom/map/v1',
    'map shop.yaml live -x controller.hpa.minReplicas=1,2 -y controller.hpa.maxReplicas=25,26 -n 1 -o json',
  ],
  ['headroom/scalability/v1', 'scalability load-test.csv -o json'],
  ['headroom/policies/v1', 'import hpa.yaml -o json'],
  ['Capacity plan', 'export small.yaml live --what plan'],
])('%s', (heading, words) => {
  it('is documented key by key', async () => {
    const { stdout } = await bench.run(words);
    const form: unknown = JSON.parse(stdout);
    if (heading.startsWith('headroom/')) expect(form).toHaveProperty('schema', heading);
    const documented = documentedUnder(heading);
    expect(pathsOf(form).filter((path) => !documented.some((name) => covers(name, path)))).toEqual([]);
  });
});

it('documents every summary number and every column, and no other', async () => {
  const { stdout } = await bench.run('run small.yaml live -n 1 -o json');
  const [policy] = (JSON.parse(stdout) as { policies: { summary: object }[] }).policies;
  expect(documentedUnder('Summary numbers')).toEqual(Object.keys(policy?.summary ?? {}));
  expect(documentedUnder('Columns')).toEqual([...columnNames]);
});
