import { describe, expect, it } from 'vitest';
import { formatPath } from '../../../sim-core/issue.ts';
import { parseScenario } from '../../../sim-core/scenario/parse.ts';
import { smallScenario, withLine } from '../../support/scenario-text.ts';

const told = (text: string) =>
  parseScenario(text, 'x.yaml').issues.map(
    (issue) => `${issue.line}:${issue.column} ${issue.code} ${formatPath(issue.path)}`,
  );

describe('parseScenario', () => {
  it('fills defaults and converts units', () => {
    const { scenario, issues } = parseScenario(smallScenario);
    expect(issues).toEqual([]);
    expect(scenario).toMatchObject({
      horizon: 600,
      seed: 1,
      workload: { arrivals: 'poisson', scale: 1 },
      services: { checkout: { concurrency: 1, discipline: 'fifo', replicas: { initial: 4, drain: 30 } } },
      slo: { p95: 0.8, attainment: 0.99 },
      compare: {},
    });
  });

  it('reads the same scenario from JSON', () => {
    const { scenario } = parseScenario(smallScenario);
    const json = JSON.stringify(
      {
        schema: 'headroom/v1',
        name: 'Small',
        horizon: 600,
        replications: 2,
        recordingInterval: '30s',
        workload: { sum: [{ constant: { rate: 20 } }] },
        services: {
          checkout: { serviceTime: { exponential: { mean: 0.1 } }, replicas: { initial: 4, startup: '30s' } },
        },
        slo: { p95: 0.8, window: '60s' },
        cost: { perReplicaHour: 0.1 },
        policies: [
          { name: 'fixed', controller: { static: { replicas: 4 } } },
          { name: 'live', controller: { hpa: { minReplicas: 2, maxReplicas: 10 } } },
        ],
      },
      null,
      '\t',
    );
    expect(parseScenario(json)).toMatchObject({ issues: [], scenario });
  });

  it.each([
    ['another version', 1, 'schema: headroom/v2', ['1:9 bad-value schema']],
    ['a misspelt key', 3, 'horizn: 10m', ['3:1 unknown-key horizn']],
    ['a wrong unit', 3, 'horizon: 10 parsecs', ['3:10 bad-unit horizon']],
    ['a horizon of zero', 3, 'horizon: 0s', ['3:10 out-of-range horizon']],
    ['a negative time', 3, 'horizon: -5m', ['3:10 bad-unit horizon']],
    ['a value left out', 3, 'horizon:', ['3:1 missing-value horizon']],
    ['a warm-up as long as the horizon', 4, 'warmup: 10m', ['4:9 contradictory-bounds warmup']],
    ['windows that are not whole rows', 5, 'recordingInterval: 40s', ['5:20 contradictory-bounds recordingInterval']],
    ['too many rows', 3, 'horizon: 500d', ['5:20 too-many-rows recordingInterval']],
    ['no rate profile', 8, '    - {}', ['8:7 one-of workload.sum[0]']],
    ['a misspelt rate profile', 8, '    - constnat: {rate: 1}', ['8:7 unknown-key workload.sum[0].constnat']],
    ['a negative rate', 8, '    - constant: {rate: -20/s}', ['8:24 bad-unit workload.sum[0].constant.rate']],
    [
      'a misspelt distribution',
      11,
      '    serviceTime: {exponental: {mean: 100ms}}',
      ['11:19 unknown-key services.checkout.serviceTime.exponental'],
    ],
    [
      'a misspelt parameter',
      11,
      '    serviceTime: {lognormal: {p50: 80ms, p59: 250ms}}',
      ['11:42 unknown-key services.checkout.serviceTime.lognormal.p59'],
    ],
    [
      'a wrong unit inside a distribution',
      11,
      '    serviceTime: {exponential: {mean: 100/s}}',
      ['11:39 bad-unit services.checkout.serviceTime.exponential.mean'],
    ],
    [
      'a billion replicas',
      12,
      '    replicas: {initial: 1000000000, startup: 30s}',
      ['12:25 out-of-range services.checkout.replicas.initial'],
    ],
    ['a drain time without a backlog', 13, 'slo: {p95: 800ms, drainTime: 5m}', ['13:1 missing-key slo.maxBacklog']],
    [
      'a window longer than the horizon',
      13,
      'slo: {p95: 800ms, window: 1h}',
      ['13:27 contradictory-bounds slo.window'],
    ],
    ['swapped quantiles', 13, 'slo: {p95: 800ms, p99: 500ms}', ['13:24 contradictory-bounds slo.p99']],
    ['a name used twice', 18, '  - name: fixed', ['18:11 duplicate-name policies[1].name']],
    [
      'an unknown controller',
      17,
      '    controller: {statc: {replicas: 4}}',
      ['17:18 unknown-key policies[0].controller.statc'],
    ],
    [
      'a controller that asks for a billion',
      20,
      '      hpa: {minReplicas: 2, maxReplicas: 1000000000}',
      ['20:42 out-of-range policies[1].controller.hpa.maxReplicas'],
    ],
    [
      'crossed bounds',
      20,
      '      hpa: {minReplicas: 20, maxReplicas: 10}',
      ['20:43 contradictory-bounds policies[1].controller.hpa.maxReplicas'],
    ],
    ['an unknown baseline', 21, 'compare: {baseline: fixd}', ['21:21 unknown-name compare.baseline']],
    [
      'crossed guards',
      21,
      '    guards: {bounds: {min: 5, max: 3}, hysteresis: {up: 40%, down: 80%}}',
      [
        '21:28 contradictory-bounds policies[1].guards.bounds.min',
        '21:68 contradictory-bounds policies[1].guards.hysteresis.down',
      ],
    ],
    [
      'a budget below one replica',
      21,
      '    guards: {budget: {perHour: 0.05}}',
      ['21:32 contradictory-bounds policies[1].guards.budget.perHour'],
    ],
    [
      'a second service',
      12,
      '    replicas: {initial: 4, startup: 30s}\n  search: {serviceTime: 1s, replicas: {initial: 1, startup: 1s}}',
      ['13:11 not-supported services.search'],
    ],
    ['a tab', 7, '\tsum:', ['7:1 yaml-tab ']],
  ])('%s', (_, line, text, expected) => {
    expect(told(withLine(line, text))).toEqual(expected);
  });

  it('asks for the price of a budget', () => {
    const text = withLine(14, '# free', withLine(21, '    guards: {budget: {perHour: 5}}'));
    expect(told(text)).toEqual(['21:14 missing-key policies[1].guards.budget']);
  });

  it('asks for an objective where its attainment has to be precise', () => {
    const until = 'replications: {until: {metric: sloAttainment, halfWidth: 5%}}';
    const precise = smallScenario.replace(/^replications: .*$/m, until);
    expect(told(precise)).toEqual([]);
    expect(told(precise.replace('p95: 800ms', 'availability: 99%'))).toEqual([
      '4:24 missing-key replications.until.metric',
    ]);
  });

  it('reports everything at once, in the order of the file, across sections that could not be read', () => {
    let text = withLine(2, 'nam: Small');
    text = withLine(3, 'horizon: 0', text);
    text = withLine(8, '    - constant: {rat: 20/s}', text);
    text = withLine(12, '    replicas: {initial: 0, startup: soon}', text);
    text = withLine(16, '  - name: live', text);
    text = withLine(21, 'compare: {baseline: nobody}', text);
    expect(told(text)).toEqual([
      '2:1 unknown-key nam',
      '3:10 out-of-range horizon',
      '8:18 unknown-key workload.sum[0].constant.rat',
      '12:25 out-of-range services.checkout.replicas.initial',
      '12:37 bad-unit services.checkout.replicas.startup',
      '18:11 duplicate-name policies[1].name',
      '21:21 unknown-name compare.baseline',
    ]);
  });

  it.each([
    ['[1, 2]', 'a list'],
    ['hello', 'plain text'],
    [
      'apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\n',
      'Kubernetes manifest of kind HorizontalPodAutoscaler',
    ],
    ['{"status":"success","data":{"resultType":"matrix","result":[]}}', 'Prometheus'],
  ])('says what was given instead of a scenario: %j', (text, words) => {
    const { issues, scenario } = parseScenario(text, 'x.yaml');
    expect(scenario).toBeUndefined();
    expect(issues.map(({ code }) => code)).toEqual(['not-a-scenario']);
    expect(issues[0]?.message).toContain(words);
  });

  it('ends every message as a sentence and names no machinery', () => {
    const text = withLine(
      11,
      '    serviceTime: {lognormal: {p50: []}, x: 1}',
      withLine(12, '    replicas: {initial: [], startup: {}}'),
    );
    const { issues } = parseScenario(text);
    expect(issues.length).toBeGreaterThan(2);
    for (const { message } of issues) {
      expect(message).toMatch(/[.?]$/);
      expect(message).not.toMatch(/Invalid input|zod|undefined|object Object/);
    }
  });
});
