import { describe, expect, it } from 'vitest';
import { createRun, loadScenario } from '../../../sim-core/index.ts';

/** Ten times more than two replicas can do, with whatever the queue allows. */
const scenario = (service: string) => `
schema: headroom/v1
name: Too much
horizon: 1d
workload: {sum: [{constant: 2000/s}]}
services:
  web:
    serviceTime: {exponential: {mean: 10ms}}
${service}
    replicas: {initial: 2, startup: 10s}
policies: [{name: two, controller: {static: {replicas: 2}}}]
`;

function run(service: string) {
  const { loaded, issues } = loadScenario(scenario(service), new Map());
  expect(issues).toEqual([]);
  const going = createRun(loaded!, { policy: 'two', replication: 0, decisionLog: false });
  while (!going.advance(1_000_000).done);
  return going.result();
}

describe('a scenario that cannot finish', () => {
  it('an unbounded queue is stopped with a result up to there, and the reason says what to set', () => {
    const { stoppedEarly, columns, summary } = run('');
    // 1,800 more a second than are served: two million after some 1,111 s.
    expect(stoppedEarly!.reason).toContain('queue.capacity');
    expect(Math.abs(stoppedEarly!.at - 1111)).toBeLessThan(columns.time[1]! + 20);
    expect(columns.time.length).toBeGreaterThan(10);
    expect(summary.completed).toBeGreaterThan(100_000);
    expect(Math.abs(summary.finalBacklog / (stoppedEarly!.at * 1800) - 1)).toBeLessThan(0.02);
  });

  it('so is a storm of retries that wait longer than the queue', () => {
    const { stoppedEarly, summary } = run('    queue: {capacity: 10, retry: {max: 5, backoff: 1h}}');
    expect(stoppedEarly!.reason).toContain('about to retry');
    expect(summary.rejected).toBeGreaterThan(1_000_000);
  });
});
