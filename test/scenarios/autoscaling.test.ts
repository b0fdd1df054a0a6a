import { describe, expect, it } from 'vitest';
import type { RunResult } from '../../sim-core/index.ts';
import { loadedScenario, runToEnd } from '../support/scenario-file.ts';

const load = (name: string) => loadedScenario(new URL(`../../scenarios/${name}`, import.meta.url));
const changes = ({ decisions }: RunResult) => decisions.filter(({ current, applied }) => applied !== current);

describe('autoscalers side by side', () => {
  const loaded = load('autoscalers-side-by-side.yaml');
  const runOf = (policy: string) => runToEnd(loaded, { policy, replication: 0, decisionLog: true });

  it('gives each the metrics of its platform, not those of the service', () => {
    const { services, policies } = loaded.scenario;
    expect(services['shop']?.metrics.source).toBe('metrics-server');
    expect(Object.fromEntries(policies.map(({ name, metrics }) => [name, metrics?.source]))).toMatchObject({
      KEDA: 'prometheus',
      Knative: 'knative',
      'AWS target tracking': 'cloudwatch',
      'PI control': undefined,
    });
  });

  it('the sooner and the shorter the metrics, the sooner the crowd of minute 65 is answered', () => {
    const answered = (policy: string) => {
      const crowd = changes(runOf(policy)).find(({ time, current, applied }) => time >= 3900 && applied > current);
      return (crowd?.time ?? Infinity) - 3900;
    };
    const [knative, hpa, aws] = ['Knative', 'HPA', 'AWS target tracking'].map(answered);
    expect(knative).toBeLessThan(hpa!);
    expect(hpa).toBeLessThan(aws!);
    // The crowd is there after two minutes; an alarm needs three data points a minute late.
    expect(aws).toBeGreaterThan(180);
  });
});

describe('the flap budget', () => {
  const loaded = load('flap-budget.yaml');
  const runs = new Map(
    loaded.scenario.policies.map(({ name }) => [
      name,
      runToEnd(loaded, { policy: name, replication: 0, decisionLog: true }),
    ]),
  );
  const flapsOf = (policy: string) => runs.get(policy)!.summary.mostFlapsPerPeriod;

  it('is broken by the rule alone, kept by a dead zone of a third and by holding before a rise', () => {
    expect(loaded.scenario.slo.flaps).toEqual({ max: 4, per: 7200 });
    expect(flapsOf('rule')).toBeGreaterThan(4);
    for (const policy of ['dead zone of a third', 'gradual, held before a rise']) {
      expect(flapsOf(policy)).toBeLessThanOrEqual(4);
      expect(runs.get(policy)!.summary.thrashCost).toBeLessThan(runs.get('rule')!.summary.thrashCost);
    }
  });

  it('within the frozen window nothing shrinks and something grows', () => {
    const frozen = changes(runs.get('gradual, frozen before noon')!).filter(
      ({ time }) => time >= 6000 && time < 6000 + 2700,
    );
    expect(frozen.length).toBeGreaterThan(0);
    expect(frozen.every(({ current, applied }) => applied > current)).toBe(true);
  });

  it('more than one replica at once has been asked for for four minutes', () => {
    const { decisions } = runs.get('gradual, approval above one')!;
    const large = decisions.flatMap((decision, index) =>
      Math.abs(decision.applied - decision.current) > 1 ? [{ decision, index }] : [],
    );
    expect(large.length).toBeGreaterThan(0);
    for (const { decision, index } of large) {
      const before = decisions.slice(0, index).filter(({ time }) => decision.time - time <= 240);
      expect(before.every(({ recommended, current }) => recommended > current)).toBe(true);
    }
  });
});
