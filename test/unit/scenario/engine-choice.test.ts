import { describe, expect, it } from 'vitest';
import { createRun, loadScenario } from '../../../sim-core/index.ts';

/** A service that does 10,000 requests/s with each replica. */
const scenario = (rate: string, { top = '', service = '' } = {}) => `
schema: headroom/v1
name: Many
horizon: 1d
slo: {p95: 500ms, window: 5m}
${top}
workload: {sum: [{sinusoid: {mean: ${rate}, amplitude: 50%, period: 1d}}]}
services:
  edge:
    serviceTime: {exponential: {mean: 100ms}}
    concurrency: 1000
    replicas: {initial: 120, startup: 30s}
${service}
policies:
  - name: hpa
    controller:
      hpa: {minReplicas: 10, maxReplicas: 300, metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 70}}}]}
`;

function load(...args: Parameters<typeof scenario>) {
  const { loaded, issues } = loadScenario(scenario(...args), new Map());
  return { engine: loaded?.scenario.engine, loaded, issues, codes: issues.map(({ code }) => code) };
}

describe('engine: auto', () => {
  it('simulates each request while a run can, and says nothing', () => {
    expect(load('2000/s')).toMatchObject({ engine: 'exact', codes: [] });
  });

  it('takes the fluid engine beyond, with a warning where it was chosen', () => {
    const { engine, issues } = load('5000/s');
    expect(engine).toBe('fluid');
    expect(issues).toMatchObject([{ code: 'fluid-chosen', severity: 'warning', path: ['engine'] }]);
    expect(issues[0]!.message).toContain('set `engine: exact`');
    expect(load('5000/s', { top: 'engine: exact' })).toMatchObject({ engine: 'exact', codes: [] });
    expect(load('5000/s', { top: 'engine: fluid' })).toMatchObject({ engine: 'fluid', codes: [] });
  });

  it('simulates what only the exact engine knows as long as it can, then refuses with the reason and the way', () => {
    const sharing = { service: '    discipline: processor-sharing' };
    expect(load('5000/s', sharing)).toMatchObject({ engine: 'exact', codes: [] });
    const { codes, issues } = load('1000000/s', sharing);
    expect(codes).toEqual(['too-many-requests']);
    expect(issues[0]!.message).toContain('discipline');
    expect(load('1000000/s', { top: 'engine: exact' }).codes).toEqual(['too-many-requests']);
  });

  it('does a day of a million requests a second in seconds and without much memory', () => {
    const { loaded } = load('1000000/s');
    const before = process.memoryUsage();
    const started = process.cpuUsage();
    const run = createRun(loaded!, { policy: 'hpa', replication: 0, decisionLog: false });
    while (!run.advance(1_000_000).done);
    const { summary, stoppedEarly } = run.result();
    const cpu = process.cpuUsage(started);
    const after = process.memoryUsage();
    expect(stoppedEarly).toBeNull();
    expect(Math.abs(summary.arrivals / 8.64e10 - 1)).toBeLessThan(0.01);
    expect(summary.availability).toBeGreaterThan(0.999);
    // An even load at 70 %: 1e6 × 0.1 ÷ (1000 × 0.7) replicas on average.
    expect(Math.abs(summary.replicasMean / 143 - 1)).toBeLessThan(0.1);
    expect((cpu.user + cpu.system) / 1e6).toBeLessThan(10);
    expect((after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers) / 1e6).toBeLessThan(300);
  });
});
