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

describe('Nomad', () => {
  it('is read without any remark', () => expect(readScenario(scenario('nomad.yaml')).issues).toEqual([]));

  it.each(['thresholds', 'target value'])(
    '%s: grows with the wave and shrinks after it, resting in between',
    (policy) => {
      const run = runOf('nomad.yaml', policy);
      expect(Math.max(...countsAt(run, 1800, 2700))).toBeGreaterThan(2 * Math.max(...countsAt(run, 5000, 5400)));
      const scalings = run.decisions.filter(({ current, applied }) => applied !== current);
      for (const [index, { time }] of scalings.slice(1).entries()) {
        const before = scalings[index]!;
        const rest = policy === 'target value' ? 60 : before.applied > before.current ? 30 : 120;
        expect(time - before.time).toBeGreaterThan(rest);
      }
      expect(scalings.length).toBeGreaterThan(5);
    },
  );
});

describe('Azure', () => {
  it('is read without any remark', () => expect(readScenario(scenario('azure.yaml')).issues).toEqual([]));

  it('rules far apart come back from the wave', () => {
    const run = runOf('azure.yaml', 'far apart');
    expect(Math.max(...countsAt(run, 1800, 4200))).toBeGreaterThan(Math.max(...countsAt(run, 9000, 10_800)));
  });

  it('rules too close are held by the flap check', () => {
    const { decisions } = runOf('azure.yaml', 'too close');
    expect(decisions.some(({ binding, applied, current }) => binding === 'flapping' && applied === current)).toBe(true);
  });
});

describe('Compute Engine', () => {
  it('is read without any remark', () => expect(readScenario(scenario('gcp.yaml')).issues).toEqual([]));

  it('keeps the peak for ten minutes; the ramp never takes more than three within ten', () => {
    const largestDrop = (policy: string) => {
      const { decisions } = runOf('gcp.yaml', policy);
      return Math.max(...decisions.map(({ current, applied }) => current - applied));
    };
    expect(largestDrop('one step')).toBeGreaterThan(3);
    expect(largestDrop('ramp')).toBe(3);
    // The wave ends at 41 min.
    const peak = Math.max(...countsAt(runOf('gcp.yaml', 'one step'), 0, 2460));
    expect(Math.min(...countsAt(runOf('gcp.yaml', 'one step'), 2460, 2760))).toBe(peak);
  });
});

describe('AWS', () => {
  it('is read without any remark', () => expect(readScenario(scenario('aws.yaml')).issues).toEqual([]));

  it.each(['target tracking', 'steps'])('%s: grows with the wave and comes back', (policy) => {
    const run = runOf('aws.yaml', policy);
    expect(Math.max(...countsAt(run, 1200, 2700))).toBeGreaterThan(Math.max(...countsAt(run, 6900, 7200)));
  });

  it('target tracking shrinks no sooner than fifteen minutes after it has grown', () => {
    const { decisions } = runOf('aws.yaml', 'target tracking');
    const shrunk = decisions.filter(({ current, applied }) => applied < current);
    expect(shrunk.length).toBeGreaterThan(1);
    for (const { time } of shrunk) {
      const grown = decisions.findLast((each) => each.applied > each.current && each.time < time);
      expect(time - (grown?.time ?? -Infinity)).toBeGreaterThanOrEqual(15 * 60);
    }
  });
});
