import { parse } from 'yaml';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBench } from '../support/command-line.ts';
import { alertsScenario, smallScenario } from '../support/scenario-text.ts';

const bench = createBench();
beforeAll(() => {
  bench.write('alerts.yaml', alertsScenario);
  bench.write('small.yaml', smallScenario);
});
afterAll(() => bench.remove());

describe('headroom alerts', () => {
  it('says of every rule when it fired and whether it helped', async () => {
    const { exitCode, stdout, stderr } = await bench.run('alerts alerts.yaml fixed');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(
      /^fixed: objectives missed in \d.* stretches a run\nalert +severity +fired +false +warned of +ahead by/,
    );
    expect(stdout).toMatch(/\nCPU high +warning +0\.0/);
    expect(stdout).toMatch(/\np95 slow +critical +1\.00 .* t\+\d+m/);
    expect(stdout).toMatch(/\nQuiet +info +0\.0/);
  });

  it('lists the firings of replication 0 as CSV', async () => {
    const { stdout } = await bench.run('alerts alerts.yaml fixed -o csv');
    const [head, ...rows] = stdout.trim().split('\n');
    expect(head).toBe('policy,alert,severity,from,to');
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) {
      const [, , , from, to] = row.split(',');
      expect(Number(from)).toBeGreaterThanOrEqual(240);
      expect(Number(to)).toBeGreaterThan(Number(from));
    }
  });

  it('writes a rule file Prometheus would take, with what was found', async () => {
    const { stdout } = await bench.run('export alerts.yaml fixed --what prometheus-rules');
    const { groups } = parse(stdout) as { groups: { rules: { alert: string; expr: string; for?: string }[] }[] };
    expect(groups[0]?.rules.map(({ alert, expr, for: held }) => [alert, expr, held])).toEqual([
      ['CPU high', 'service:cpu_utilisation:ratio > 0.7', '10m'],
      ['CPU critical', 'service:cpu_utilisation:ratio > 0.85', '5m'],
      ['p95 slow', 'service:latency_seconds:p95 > 1', undefined],
      ['Errors', 'service:errors:ratio > 0.02', '5m'],
      [
        'Demand grows',
        'avg_over_time(service:requests:rate[1d]) / avg_over_time(service:requests:rate[1d] offset 1w) - 1 > 0.2',
        undefined,
      ],
      ['Busy', 'service:slot_utilisation:ratio > 0.9', '30s'],
      ['Quiet', 'service:requests:rate < 1', undefined],
    ]);
    expect(stdout).toMatch(/simulated: "?Under fixed: fired 1 times a run/);
  });

  it('says how to begin where there are no rules', async () => {
    const { exitCode, stderr } = await bench.run('alerts small.yaml');
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/has no `alerts` part\. `alerts: \{runbook: true\}` is a beginning/);
  });
});
