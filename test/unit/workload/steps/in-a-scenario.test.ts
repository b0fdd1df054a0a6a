import { expect, it } from 'vitest';
import { loadScenario, tracesOf } from '../../../../sim-core/experiment/load.ts';
import { parseScenario } from '../../../../sim-core/scenario/parse.ts';
import { importTrace } from '../../../../sim-core/trace/import-session.ts';
import { traceKey } from '../../../../sim-core/trace/mapping.ts';

const file = new TextEncoder().encode(
  `time,rps\n${Array.from({ length: 48 }, (_, i) => `${1_767_225_600 + i * 3600},${10 + i}`).join('\n')}\n`,
);

function load(terms: string) {
  const text = `schema: headroom/v1
name: steps
horizon: 6h
workload:
  sum:
${terms}
services:
  web:
    serviceTime: 50ms
    concurrency: 4
    replicas: {initial: 5, startup: 20s}
policies:
  - name: five
    controller: {static: {replicas: 5}}
`;
  const { scenario, issues } = parseScenario(text);
  if (scenario === undefined) throw new Error(JSON.stringify(issues));
  const mappings = tracesOf(scenario);
  const imports = new Map(mappings.map((mapping) => [traceKey(mapping), importTrace('web.csv', file, mapping)]));
  return { ...loadScenario(text, imports), mappings };
}

it('reads a file once, and replays it as each term asks', () => {
  const { loaded, issues, mappings } = load(`
    - trace: {file: web.csv}
    - trace: {file: web.csv, steps: [{cut: {from: 1d}}, {scale: 2}]}`);
  expect(issues.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(mappings).toHaveLength(1);
  const first = [...loaded!.traces.values()].map(({ rate }) => rate[0]);
  expect(first).toEqual([10, 68]);
});

it('says which step cannot be done, and where it stands', () => {
  const { loaded, issues } = load(`
    - trace:
        file: web.csv
        steps:
          - scale: 2
          - bootstrap: {weeks: 1}
          - keep: {components: [trend], period: 1w}`);
  expect(loaded).toBeUndefined();
  expect(issues).toContainEqual(
    expect.objectContaining({
      code: 'trace-step',
      path: ['workload', 'sum', 0, 'trace', 'steps', 2, 'keep'],
      message: expect.stringContaining('two periods'),
    }),
  );
  expect(issues[0]!.line).toBeGreaterThan(10);
});
