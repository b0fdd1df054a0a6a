import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { loadedScenario, readScenario, runToEnd } from '../support/scenario-file.ts';

const scenarios = new URL('../../scenarios/', import.meta.url);
const names = readdirSync(scenarios).filter((name) => name.endsWith('.yaml'));

describe('scenarios that ship', () => {
  it.each(names)('%s is read without any remark', (name) => {
    const remarks = readScenario(new URL(name, scenarios)).issues.map(({ code }) => code);
    // That one is about a check that came out poor.
    expect(remarks).toEqual(name === 'reality-check.yaml' ? ['reality-poor'] : []);
  });

  it.each(names)('%s compares several policies and says what it is about', (name) => {
    const { scenario } = loadedScenario(new URL(name, scenarios));
    expect(scenario.policies.length).toBeGreaterThanOrEqual(3);
    expect(scenario.policies.map((policy) => policy.name)).toContain(scenario.compare.baseline);
    expect(scenario.description?.length).toBeGreaterThan(60);
    expect(scenario.cost.perReplicaHour + (scenario.cost.perNodeHour ?? 0)).toBeGreaterThan(0);
  });
});

describe('the stability test', () => {
  const loaded = loadedScenario(new URL('stability-sinusoid.yaml', scenarios));
  const cooldown = 300;

  it('is the one described: ten workers, period ten minutes, amplitude 2.0, two hours', () => {
    const { scenario } = loaded;
    expect(scenario.services['workers']?.replicas.initial).toBe(10);
    expect(scenario.horizon).toBe(7200);
    expect(scenario.workload.sum).toEqual([{ sinusoid: { mean: 5, amplitude: { ofMean: 2 }, period: 600, phase: 0 } }]);
  });

  const guarded = loaded.scenario.policies.filter(
    ({ guards }) => guards.cooldown?.up === cooldown && guards.cooldown.down === cooldown,
  );
  it.each(guarded.map(({ name }) => name))('%s: no two scalings closer than the cooldown', (policy) => {
    for (const replication of [0, 1, 2, 3, 4]) {
      const { decisions, summary } = runToEnd(loaded, { policy, replication, decisionLog: true });
      const scalings = decisions.filter(({ current, applied }) => applied !== current).map(({ time }) => time);
      expect(scalings.length).toBe(summary.scalingEvents);
      expect(scalings.length).toBeGreaterThan(5);
      const gaps = scalings.slice(1).map((time, i) => time - scalings[i]!);
      expect(Math.min(...gaps)).toBeGreaterThanOrEqual(cooldown);
    }
  });

  it('the same rule without a guard does scale within the cooldown', () => {
    const { decisions } = runToEnd(loaded, { policy: 'rule', replication: 0, decisionLog: true });
    const scalings = decisions.filter(({ current, applied }) => applied !== current).map(({ time }) => time);
    expect(scalings.some((time, i) => i > 0 && time - scalings[i - 1]! < cooldown)).toBe(true);
  });
});

describe('the retry storm', () => {
  it('settles where f⁴ = 1 − capacity ÷ demand', () => {
    const loaded = loadedScenario(new URL('retry-storm.yaml', scenarios));
    const { columns, recordingInterval } = runToEnd(loaded, {
      policy: 'HPA, at most 7',
      replication: 0,
      decisionLog: false,
    });
    // From ten minutes after the rise to the end of the hold: 300/s on 7 × 4 slots.
    const rows = (column: Float64Array): Float64Array =>
      column.slice(Math.ceil((55 * 60) / recordingInterval), Math.floor((95 * 60) / recordingInterval));
    const total = (column: Float64Array): number => rows(column).reduce((sum, value) => sum + value);
    const sigma = Math.log(220 / 90) / 1.6448536269514722;
    const serviceTime = 0.09 * Math.exp((sigma * sigma) / 2);
    const failing = (1 - 28 / serviceTime / 300) ** 0.25;
    const attempts = (300 * (1 - failing ** 4)) / (1 - failing);
    const seen = total(columns.arrivals) / rows(columns.arrivals).length / recordingInterval;
    expect(failing).toBeGreaterThan(0.5);
    // The formula takes the attempts of one request for independent; they share the swings of the queue a little.
    expect(Math.abs(seen / attempts - 1)).toBeLessThan(0.05);
  });
});

describe('traces', () => {
  it.each([
    ['checkout-week.csv', 'generate.mjs'],
    ['shop-hour.csv', 'generate-recording.mjs'],
  ])('%s is what its generator writes', (file, generator) => {
    const folder = mkdtempSync(join(tmpdir(), 'headroom-'));
    try {
      const target = join(folder, file);
      execFileSync(process.execPath, [fileURLToPath(new URL(`traces/${generator}`, scenarios)), target]);
      expect(readFileSync(target, 'utf8')).toBe(readFileSync(new URL(`traces/${file}`, scenarios), 'utf8'));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('the replay sees as many requests as were recorded', () => {
    const loaded = loadedScenario(new URL('replay.yaml', scenarios));
    const text = readFileSync(new URL('traces/checkout-week.csv', scenarios), 'utf8');
    const counts = text
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => Number(line.split(',')[1]));
    const recorded = counts.reduce((sum, count) => sum + count);
    const { arrivals } = runToEnd(loaded, { policy: 'runbook', replication: 0, decisionLog: false }).summary;
    // Filled across the gap (15 buckets of a quiet night), without the half hour of warm-up.
    const warmup = counts.slice(0, 15).reduce((sum, count) => sum + count);
    const added = arrivals - (recorded - warmup);
    expect(added).toBeGreaterThan(0);
    expect(added / arrivals).toBeLessThan(0.003);
  });

  it('the day of the World Cup has a fifth of its requests', () => {
    const { loaded, issues } = readScenario(new URL('worldcup-day.yaml', import.meta.url));
    expect(issues.map(({ code, severity }) => [code, severity])).toEqual([['trace-no-zone', 'warning']]);
    const trace = new URL('../../../shared/traces/arrivals/worldcup98_invocation_count_to_jun13.csv', import.meta.url);
    const day = readFileSync(trace, 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('1998-06-10'));
    const requests = day.reduce((sum, line) => sum + Number(line.split(',')[1]), 0);
    const scenario = { ...loaded!.scenario, warmup: 0 };
    const { arrivals } = runToEnd(
      { ...loaded!, scenario },
      { policy: 'runbook', replication: 0, decisionLog: false },
    ).summary;
    expect(day.length).toBe(1440);
    expect(Math.abs(arrivals - 0.2 * requests) / Math.sqrt(0.2 * requests)).toBeLessThan(3.3);
  });
});
