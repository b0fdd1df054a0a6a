import { describe, expect, it } from 'vitest';
import type { RunResult } from '../../sim-core/index.ts';
import { loadedScenario, readScenario, runToEnd } from '../support/scenario-file.ts';

const scenario = (name: string): URL => new URL(name, import.meta.url);

/** One replication of a policy, with its decisions. */
const runOf = (name: string, policy: string): RunResult =>
  runToEnd(loadedScenario(scenario(name)), { policy, replication: 0, decisionLog: true });

const countsAt = ({ decisions }: RunResult, from: number, to: number): number[] =>
  decisions.filter(({ time }) => time >= from && time < to).map(({ applied }) => applied);

describe('Knative', () => {
  it('is read without any remark', () => expect(readScenario(scenario('knative.yaml')).issues).toEqual([]));

  it('goes to zero, wakes for the crowd in panic, and goes back', () => {
    const run = runOf('knative.yaml', 'KPA');
    expect(Math.max(...countsAt(run, 840, 1500))).toBe(0);
    expect(Math.min(...countsAt(run, 1506, 1620))).toBeGreaterThan(0);
    expect(run.decisions.some(({ binding, time }) => binding === 'panic' && time > 1500)).toBe(true);
    expect(Math.max(...countsAt(run, 1900, 2400))).toBe(0);
    // Requests that found nobody waited for the first replica instead of failing.
    expect(run.summary.availability).toBe(1);
  });

  it('keeps the crowd’s replicas as long as the delay says', () => {
    const during = (policy: string) => Math.max(...countsAt(runOf('knative.yaml', policy), 1760, 1800));
    expect(during('KPA, delayed')).toBeGreaterThan(during('KPA'));
  });
});
