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

describe('KEDA', () => {
  it('is read without any remark', () => expect(readScenario(scenario('keda.yaml')).issues).toEqual([]));

  it.each(['prometheus', 'idle', 'formula', 'cron'])(
    '%s: sleeps, wakes at a poll for the crowd, and sleeps again',
    (policy) => {
      const run = runOf('keda.yaml', policy);
      expect(Math.max(...countsAt(run, 300, 480))).toBe(0);
      const woken = run.decisions.find(({ current, applied, time }) => time >= 480 && current === 0 && applied > 0);
      expect(woken?.time).toBeLessThanOrEqual(660);
      expect((woken?.time ?? NaN) % 30).toBe(0);
      expect(woken?.applied).toBe(policy === 'idle' ? 3 : 1);
      expect(Math.max(...countsAt(run, 700, 1200))).toBeGreaterThanOrEqual(4);
      expect(Math.max(...countsAt(run, 1700, 2400))).toBe(0);
      // Requests that found nobody waited for the first replica instead of failing.
      expect(run.summary.availability).toBe(1);
    },
  );

  it('keeps the cool-down before it sleeps', () => {
    const { decisions } = runOf('keda.yaml', 'prometheus');
    const slept = decisions.findLast(({ current, applied }) => current > 0 && applied === 0);
    // Ended at 1200 s, seen as long as the window of the metric holds any of it.
    expect(slept?.time).toBeGreaterThan(1200 + 120);
    expect(slept?.time).toBeLessThanOrEqual(1200 + 30 + 15 + 120 + 30);
  });
});

describe('Watermark Pod Autoscaler', () => {
  it('is read without any remark', () => expect(readScenario(scenario('watermark.yaml')).issues).toEqual([]));

  it('holds between its marks and steps no faster than allowed', () => {
    const { decisions } = runOf('watermark.yaml', 'watermarks');
    const scalings = decisions.filter(({ current, applied }) => applied !== current);
    expect(Math.max(...decisions.map(({ applied }) => applied))).toBeGreaterThan(10);
    for (const [index, { time, current, applied }] of scalings.entries()) {
      expect(applied).toBeLessThanOrEqual(current + Math.max(1, Math.floor(current / 2)));
      expect(applied).toBeGreaterThanOrEqual(current - Math.max(1, Math.floor(current / 5)));
      const before = scalings[index - 1];
      if (before !== undefined) expect(time - before.time).toBeGreaterThan(applied > current ? 60 : 300);
    }
  });

  it('ends with fewer replicas when it converges to the high mark', () => {
    const last = (policy: string) => runOf('watermark.yaml', policy).decisions.at(-1)?.applied ?? NaN;
    expect(last('converging')).toBeLessThan(last('watermarks'));
  });
});

describe('AWS, ahead of time', () => {
  it('is read without any remark', () => expect(readScenario(scenario('aws-predictive.yaml')).issues).toEqual([]));

  it('a forecast and a schedule have the replicas ready when the step comes, target tracking has not', () => {
    const before = (policy: string) => Math.max(...countsAt(runOf('aws-predictive.yaml', policy), 7080, 7200));
    expect(before('target tracking')).toBeLessThan(4);
    expect(before('predictive')).toBeGreaterThanOrEqual(6);
    expect(before('scheduled')).toBe(6);
    const missing = (policy: string) => runOf('aws-predictive.yaml', policy).summary.underProvisioningTimeshare;
    expect(missing('predictive')).toBeLessThan(missing('target tracking') / 2);
  });
});
