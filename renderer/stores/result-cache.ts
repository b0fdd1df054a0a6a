import type { Job, RunResult, Scenario } from '../../sim-core/index.ts';

/**
 * Finished replications, kept by everything that decides their outcome. A run depends on the scenario and on its own
 * policy, never on the other policies: moving one policy's slider leaves the results of the others valid, and undo
 * finds its results still there.
 */
export interface ResultCache {
  get(key: string): RunResult | undefined;
  put(key: string, result: RunResult): void;
}

/** @param limit results kept; the least recently used go first */
export function createResultCache(limit: number): ResultCache {
  const results = new Map<string, RunResult>();
  return {
    get(key) {
      const found = results.get(key);
      if (found) {
        results.delete(key);
        results.set(key, found);
      }
      return found;
    },
    put(key, result) {
      results.delete(key);
      results.set(key, result);
      for (const oldest of results.keys()) {
        if (results.size <= limit) break;
        results.delete(oldest);
      }
    },
  };
}

/** What all policies of a scenario have in common, as a key. Trace files count by their content's identity. */
export function sharedKey(scenario: Scenario, traceIdentity: string): string {
  const {
    name: _name,
    description: _description,
    policies: _policies,
    compare: _compare,
    replications: _replications,
    ...rest
  } = scenario;
  return `${JSON.stringify(rest)}|${traceIdentity}`;
}

/** What decides the outcome of one job. */
export function jobKey(shared: string, scenario: Scenario, job: Job): string {
  const policy = scenario.policies.find(({ name }) => name === job.policy);
  return `${shared}|${JSON.stringify(policy)}|${job.replication}|${job.decisionLog ? 'log' : ''}|${job.warmup ?? ''}|${job.batches === true ? 'batches' : ''}`;
}

/** What decides the outcome of a whole comparison: equal keys, equal numbers. */
export function comparisonKey(scenario: Scenario, traceIdentity: string): string {
  return `${sharedKey(scenario, traceIdentity)}|${JSON.stringify([scenario.policies, scenario.compare, scenario.replications])}`;
}
