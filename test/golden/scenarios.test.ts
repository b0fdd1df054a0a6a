import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { prepareSandboxes } from '../../sim-core/experiment/sandboxes.ts';
import { loadedScenario, runToEnd } from '../support/scenario-file.ts';

/**
 * Every scenario that ships, one replication of each policy, down to a few numbers kept in a file beside this one.
 * Integers must agree exactly, all else to 1e-9. A change of these numbers is a change of behaviour: say why in the commit.
 *
 *   UPDATE_GOLDEN=1 npx vitest run test/golden/scenarios.test.ts
 */
const scenarios = new URL('../../scenarios/', import.meta.url);
const update = process.env['UPDATE_GOLDEN'] === '1';

type Summary = Readonly<Record<string, number | string | boolean>>;
type Golden = Readonly<Record<string, Summary>>;

async function summarise(file: string): Promise<Golden> {
  const loaded = loadedScenario(new URL(file, scenarios));
  const runnable = { ...loaded, sandboxes: await prepareSandboxes(loaded.scenario) };
  return Object.fromEntries(
    loaded.scenario.policies.map(({ name }) => {
      const result = runToEnd(runnable, { policy: name, replication: 0, decisionLog: true });
      expect(result.stoppedEarly).toBeNull();
      const numbers = Object.entries(result.summary).map(([key, value]: [string, number]) => [
        key,
        Number.isFinite(value) ? value : String(value),
      ]);
      const summary: Summary = {
        ...Object.fromEntries(numbers),
        stable: result.stability.stable,
        decisions: result.decisions.length,
        replicas: result.replicas.length,
      };
      return [name, summary];
    }),
  );
}

function expectAlike(found: Golden, golden: Golden): void {
  expect(Object.keys(found)).toEqual(Object.keys(golden));
  for (const [policy, summary] of Object.entries(golden)) {
    expect(Object.keys(found[policy]!)).toEqual(Object.keys(summary));
    for (const [key, expected] of Object.entries(summary)) {
      const value = found[policy]![key]!;
      const exact = typeof expected !== 'number' || typeof value !== 'number' || Number.isInteger(expected);
      const alike = exact ? value === expected : Math.abs(value - expected) <= 1e-9 * Math.abs(expected);
      if (!alike) expect.fail(`${policy}, ${key}: ${value} instead of ${expected}`);
    }
  }
}

describe('every scenario gives what it gave before', () => {
  const files = readdirSync(scenarios).filter((name) => name.endsWith('.yaml'));
  it.each(files)('%s', { timeout: 300_000 }, async (file) => {
    const found = await summarise(file);
    const path = new URL(file.replace('.yaml', '.json'), import.meta.url);
    if (update) writeFileSync(path, JSON.stringify(found, null, 2) + '\n');
    if (!existsSync(path))
      throw new Error(`${file} has no golden summary yet. Write it with UPDATE_GOLDEN=1, and look at it.`);
    expectAlike(found, JSON.parse(readFileSync(path, 'utf8')) as Golden);
  });
});
