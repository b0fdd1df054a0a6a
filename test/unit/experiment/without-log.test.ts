import { expect, test } from 'vitest';
import { createFluidRun } from '../../../sim-core/experiment/fluid-run.ts';
import { loadedScenario } from '../../support/scenario-file.ts';

/** HPAs, a schedule, a rule, and every guard that puts something into words. */
test.each(['flap-budget.yaml', 'node-shortage.yaml'])('%s gives the same with and without a decision log', (file) => {
  const loaded = loadedScenario(new URL(`../../../scenarios/${file}`, import.meta.url));
  for (const { name: policy } of loaded.scenario.policies) {
    const [logged, silent] = [true, false].map((decisionLog) => {
      const run = createFluidRun(loaded, { policy, replication: 0, decisionLog });
      while (!run.advance(1e6).done);
      return run.result();
    });
    expect(logged!.decisions.length).toBeGreaterThan(0);
    expect(silent!.decisions).toEqual([]);
    expect(silent!.columns.desired.join()).toBe(logged!.columns.desired.join());
    expect(silent!.summary).toEqual(logged!.summary);
  }
});
