import { describe, expect, it } from 'vitest';
import type { LoadedScenario, RunResult, RunSummary, Service } from '../../sim-core/index.ts';
import { loadedScenario, runToEnd } from '../support/scenario-file.ts';

const scenario = (name: string): LoadedScenario =>
  loadedScenario(new URL(`../../scenarios/${name}.yaml`, import.meta.url));

/** The scenario with its service changed: what an effect does shows beside the same customers without it. */
function withService(loaded: LoadedScenario, change: (service: Service) => Service): LoadedScenario {
  const services = Object.fromEntries(
    Object.entries(loaded.scenario.services).map(([name, service]) => [name, change(service)]),
  );
  return { ...loaded, scenario: { ...loaded.scenario, services } };
}

const run = (loaded: LoadedScenario, policy: string, replication = 0): RunResult =>
  runToEnd(loaded, { policy, replication, decisionLog: false });

/** Sum of a column over the rows of [from, to), minutes. */
function sum({ columns, recordingInterval }: RunResult, name: 'arrivals' | 'completed', from: number, to: number) {
  const rows = columns[name].slice((from * 60) / recordingInterval, (to * 60) / recordingInterval);
  return rows.reduce((total, value) => total + value, 0);
}

const share = (result: RunResult, from: number, to: number): number =>
  sum(result, 'completed', from, to) / sum(result, 'arrivals', from, to);

describe('metastable clients', () => {
  const loaded = scenario('metastable-clients');
  const retry = (service: Service) => service.queue.retry!;
  const storm = run(loaded, 'five replicas');

  it('the storm outlives the crowd at two thirds of capacity, with four attempts for each request', () => {
    // 63/s on 5 × 2 slots of about 100 ms; the crowd is gone at 19 min, the day lasts to 53.
    expect(share(storm, 5, 15)).toBeGreaterThan(0.999);
    expect(share(storm, 25, 50)).toBeLessThan(0.02);
    const attempts = sum(storm, 'arrivals', 25, 50) / (25 * 60);
    expect(Math.abs(attempts / (4 * 63) - 1)).toBeLessThan(0.02);
    const { columns, recordingInterval } = storm;
    const busy = columns.utilisation.slice((25 * 60) / recordingInterval, (50 * 60) / recordingInterval);
    expect(Math.min(...busy)).toBeGreaterThan(0.95);
  });

  it('ends by itself once four attempts for each request fit', () => {
    expect(share(storm, 60, 70)).toBeGreaterThan(0.999);
  });

  it('is over soon after the crowd with a budget for retries', () => {
    const budgeted = withService(loaded, (service) => ({
      ...service,
      queue: { ...service.queue, retry: { ...retry(service), budget: { share: 0.1, burst: 10 } } },
    }));
    const result = run(budgeted, 'five replicas');
    expect(share(result, 17, 19)).toBeLessThan(0.5);
    expect(share(result, 22, 50)).toBeGreaterThan(0.99);
  });

  it('does not end for dropping the work alone: whoever starts has no time left', () => {
    const dropped = withService(loaded, (service) => ({
      ...service,
      client: { ...service.client!, cancelsWork: true },
    }));
    expect(share(run(dropped, 'five replicas'), 25, 50)).toBeLessThan(0.1);
  });

  it('last in, first out serves some of them in time', () => {
    const lifo = withService(loaded, (service) => ({ ...service, discipline: 'lifo' }));
    expect(share(run(lifo, 'five replicas'), 25, 50)).toBeGreaterThan(0.2);
  });

  it('more replicas end it', () => {
    expect(share(run(loaded, 'HPA'), 30, 50)).toBeGreaterThan(0.99);
  });
});

describe('shared CPU behind a balancer', () => {
  const loaded = scenario('shared-cpu');

  it('p99 falls with what the balancer knows', () => {
    const p99 = (routing: Service['routing']) => {
      const routed = withService(loaded, (service) => ({ ...service, routing }));
      return run(routed, 'six replicas').summary.latencyP99;
    };
    const [random, roundRobin, two, least] = (
      ['random', 'round-robin', 'power-of-two', 'least-outstanding'] as const
    ).map(p99) as [number, number, number, number];
    // The slowest of the six is too slow for its share; only those who look at it send it less.
    expect(Math.min(random, roundRobin)).toBeGreaterThan(2 * two);
    expect(least).toBeLessThan(two);
  });

  it('equal machines are better than unequal ones of the same sum, and warm ones than cold ones', () => {
    const p99 = (change: Partial<Service['replicas']>, policy: string) => {
      const changed = withService(loaded, (service) => {
        const { speed, slowStart, ...others } = service.replicas;
        return {
          ...service,
          routing: 'random',
          replicas: { ...others, speed, slowStart, ...change } as Service['replicas'],
        };
      });
      return run(changed, policy).summary.latencyP99;
    };
    expect(p99({ speed: undefined }, 'six replicas')).toBeLessThan(p99({}, 'six replicas'));
    expect(p99({ slowStart: undefined }, 'HPA 65 %')).toBeLessThan(p99({}, 'HPA 65 %'));
  });

  it('the runbook takes the start-up burst for load', () => {
    const calm = withService(loaded, (service) => ({
      ...service,
      resources: { ...service.resources, startupCpu: undefined } as Service['resources'],
    }));
    const added = (of: LoadedScenario) => run(of, 'runbook').replicas.length;
    expect(added(loaded)).toBeGreaterThan(added(calm));
  });
});

describe('push notifications on queues of their own', () => {
  const loaded = scenario('push-notifications');
  const five = (change: (service: Service) => Service) => run(withService(loaded, change), 'five replicas');
  const retrying = (change: Partial<NonNullable<Service['queue']['retry']>>) =>
    five((service) => ({
      ...service,
      queue: { ...service.queue, retry: { ...service.queue.retry!, ...change } as Service['queue']['retry'] },
    }));
  const total = ({ columns }: RunResult, name: 'retries' | 'arrivals' | 'timedOut' | 'completed' | 'inServiceMean') =>
    columns[name].reduce((all, value) => all + value, 0);
  const usual = run(loaded, 'five replicas');

  it('first in, first out: p95 falls with what the balancer knows, towards that of one line for all', () => {
    const p95 = (routing: Service['routing']) => {
      const capacity = routing === 'central' ? 150 : 30;
      return five((service) => ({ ...service, routing, queue: { ...service.queue, capacity } })).summary.latencyP95;
    };
    const ways = (['random', 'round-robin', 'least-outstanding', 'central'] as const).map(p95);
    const [random, roundRobin, least, central] = ways as [number, number, number, number];
    const two = usual.summary.latencyP95;
    const order = [random, roundRobin, two, least, central];
    expect(order).toEqual([...order].sort((a, b) => b - a));
    expect(random).toBeGreaterThan(1.1 * two);
  });

  it('last in, first out in each line: those served are served soon, more of the others give up', () => {
    const lifo = five((service) => ({ ...service, discipline: 'lifo' }));
    expect(lifo.summary.latencyP95).toBeLessThan(0.8 * usual.summary.latencyP95);
    expect(total(lifo, 'timedOut')).toBeGreaterThan(1.2 * total(usual, 'timedOut'));
  });

  it('the budget bounds the retries, back-off and jitter spread them', () => {
    const first = total(usual, 'arrivals') - total(usual, 'retries');
    expect(total(usual, 'retries')).toBeLessThanOrEqual(0.05 * first + 500);
    const unbounded = retrying({ budget: undefined } as never);
    expect(total(unbounded, 'retries')).toBeGreaterThan(2 * (0.05 * first + 500));
    const most = ({ columns }: RunResult) => Math.max(...columns.retries);
    expect(most(retrying({ jitter: 0 }))).toBeGreaterThan(1.3 * most(usual));
    expect(most(retrying({ budget: undefined, backoff: 0.2 } as never))).toBeGreaterThan(2 * most(unbounded));
    expect(total(retrying({ max: 0 }), 'retries')).toBe(0);
  });

  it('nobody is served beyond the patience; work for clients that are gone is dropped, or done in vain', () => {
    expect(Math.max(usual.summary.latencyP99, usual.summary.latencyP95)).toBeLessThanOrEqual(1.01);
    const patient = five((service) => ({ ...service, client: undefined }) as never);
    expect(patient.summary.latencyP99).toBeGreaterThan(1.5);
    const inVain = five((service) => ({ ...service, client: { ...service.client!, cancelsWork: false } }));
    expect(total(inVain, 'inServiceMean')).toBeGreaterThan(1.1 * total(usual, 'inServiceMean'));
    expect(total(inVain, 'completed')).toBeLessThan(total(usual, 'completed'));
  });
});

describe('long requests', () => {
  const loaded = scenario('long-requests');
  const replicas = (change: Partial<Service['replicas']>) =>
    withService(loaded, (service) => ({
      ...service,
      replicas: { ...service.replicas, ...change } as Service['replicas'],
    }));
  const failed = (of: LoadedScenario, policy: string) => run(of, policy).summary.failed;

  it('kills at the drain limit count as failed, and the calmer the policy the fewer there are', () => {
    const [eager, usual, calm, none] = ['eager HPA', 'HPA', 'HPA, one at a time', 'enough for the peak'].map((policy) =>
      failed(replicas({ crash: undefined } as never), policy),
    ) as [number, number, number, number];
    expect(eager).toBeGreaterThan(2 * usual);
    expect(usual).toBeGreaterThan(calm);
    expect(calm).toBeGreaterThan(0);
    expect(none).toBe(0);
  });

  it('crashes fail what is held, and replicas come back where they were', () => {
    const result = run(loaded, 'enough for the peak');
    // About 30 × 5.75 h ÷ 10 h crashes, each with the one or two requests a replica holds.
    expect(result.summary.failed).toBeGreaterThan(5);
    expect(result.summary.failed).toBeLessThan(100);
    expect(result.replicas.length).toBe(30);
    expect(Math.min(...result.columns.ready)).toBeLessThan(30);
  });

  it('time to finish saves nearly all of it, the choice of who leaves some', () => {
    const eager = failed(loaded, 'eager HPA');
    expect(failed(replicas({ drain: 600 }), 'eager HPA')).toBeLessThan(0.2 * eager);
    expect(failed(replicas({ scaleDownOrder: 'fewest-requests' }), 'eager HPA')).toBeLessThan(0.8 * eager);
  });
});

describe('node shortage', () => {
  const loaded = scenario('node-shortage');
  const most = (column: Float64Array) => Math.max(...column);

  it('pods wait for nodes that take minutes, and there are never more than the cluster may have', () => {
    const { columns, recordingInterval, summary } = run(loaded, 'HPA 75 %');
    expect(most(columns.unplaced)).toBeGreaterThanOrEqual(3);
    const waiting = columns.unplaced.filter((count) => count > 0).length * recordingInterval;
    expect(waiting).toBeGreaterThan(120);
    expect(most(columns.nodes)).toBeLessThanOrEqual(8);
    columns.nodes.forEach((nodes, row) => {
      const placed = columns.provisioning[row]! - columns.unplaced[row]! + columns.starting[row]! + columns.ready[row]!;
      expect(placed + columns.draining[row]!).toBeLessThanOrEqual(3 * nodes);
    });
    // Everything is back to the two nodes it began with, and they have been paid for.
    expect(columns.nodes.at(-1)).toBeLessThan(most(columns.nodes));
    const nodeHours = columns.nodes.reduce((total, count) => total + count, 0) * (recordingInterval / 3600);
    expect(Math.abs((summary.cost - summary.violationCost) / (0.2 * nodeHours) - 1)).toBeLessThan(0.1);
  });

  it('with room without end the same policy misses fewer minutes', () => {
    const { nodes: _, ...without } = loaded.scenario;
    const endless = { ...loaded, scenario: without };
    const minutes = (of: LoadedScenario, policy: string) => run(of, policy).summary.sloViolationMinutes;
    expect(minutes(endless, 'HPA 75 %')).toBeLessThan(minutes(loaded, 'HPA 75 %'));
    expect(minutes(loaded, 'HPA 40 %')).toBeLessThan(minutes(loaded, 'HPA 75 %'));
    expect(minutes(loaded, 'schedule')).toBeLessThan(minutes(loaded, 'HPA 75 %'));
  });
});

describe('newest first', () => {
  const loaded = scenario('newest-first');
  const fifo = withService(loaded, (service) => ({ ...service, discipline: 'fifo' }));
  const lost = (of: LoadedScenario, policy: string) => 1 - run(of, policy).summary.availability;

  it('loses what is too much and hardly more; first in, first out works for clients that are gone', () => {
    // 2 slots of about 93 ms on each of four replicas: 86/s, of 120/s for five minutes and two half ramps.
    const tooMuch = (34 * 300 + 34 * 17) / (55 * 1800 + 65 * 330);
    expect(lost(loaded, 'four replicas') / tooMuch).toBeGreaterThan(0.95);
    expect(lost(loaded, 'four replicas') / tooMuch).toBeLessThan(1.2);
    expect(lost(fifo, 'four replicas')).toBeGreaterThan(2.5 * lost(loaded, 'four replicas'));
    expect(share(run(fifo, 'four replicas'), 11, 15)).toBeLessThan(0.2);
  });

  it('where there is room the order hardly matters', () => {
    for (const of of [loaded, fifo]) expect(lost(of, 'seven replicas')).toBeLessThan(0.001);
  });
});

describe('blind balancer', () => {
  const loaded = scenario('blind-balancer');
  const p95 = (of: LoadedScenario, policy: string) => run(of, policy).summary.latencyP95;

  it('looking is worth as much as three replicas', () => {
    const looking = withService(loaded, (service) => ({ ...service, routing: 'least-outstanding' }));
    const blind = p95(loaded, 'HPA 45 %');
    expect(p95(loaded, 'HPA 75 %')).toBeGreaterThan(1.4 * blind);
    expect(Math.abs(p95(looking, 'HPA 75 %') / blind - 1)).toBeLessThan(0.1);
  });

  it('who fills the gaps has a node left over, with the same replicas', () => {
    const packed = {
      ...loaded,
      scenario: { ...loaded.scenario, nodes: { ...loaded.scenario.nodes!, placement: 'pack' as const } },
    };
    const [spread, pack] = [loaded, packed].map((of) => run(of, 'HPA 75 %').summary) as [RunSummary, RunSummary];
    expect(Math.abs(spread.replicasMean / pack.replicasMean - 1)).toBeLessThan(0.02);
    expect(spread.nodesMean - pack.nodesMean).toBeGreaterThan(0.3);
  });
});
