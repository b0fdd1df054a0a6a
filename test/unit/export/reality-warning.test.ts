import { expect, it } from 'vitest';
import {
  chartSvg,
  checkJson,
  comparisonCsv,
  comparisonJson,
  createCapacityPlan,
  decisionCsv,
  junitXml,
  noteOf,
  realityStatusOf,
  resultCsv,
  resultJson,
  withRealityComment,
} from '../../../sim-core/index.ts';
import { compareInline } from '../../support/run-inline.ts';
import { loadWithRecording, mistaken, recordingOf } from '../../support/synthetic-recording.ts';

it('stands in every file of a scenario that was never checked, and in none of one without a recording', async () => {
  const loaded = await loadWithRecording(mistaken('mean: 100ms', 'mean: 90ms'), await recordingOf());
  const { recorded: _, ...unrecorded } = loaded.scenario;
  const filesOf = async (scenario: typeof loaded.scenario): Promise<Record<string, string>> => {
    const comparison = await compareInline({ ...loaded, scenario });
    const [policyResult] = comparison.policies;
    const runs = comparison.policies.map(({ example }) => example);
    const createdAt = '2026-01-02T03:04:05Z';
    return {
      comparisonCsv: comparisonCsv(comparison, { differences: true }),
      resultCsv: resultCsv(runs, 0, comparison.reality),
      decisionCsv: decisionCsv(runs, 0, comparison.reality),
      junit: junitXml(comparison, { timestamp: createdAt, seconds: 1 }),
      svg: chartSvg({
        lanes: [],
        window: [0, 1],
        startEpoch: 0,
        width: 400,
        height: 300,
        ...noteOf(comparison.reality),
      }),
      comparisonJson: JSON.stringify(comparisonJson(comparison)),
      resultJson: JSON.stringify(resultJson(comparison)),
      checkJson: JSON.stringify(checkJson(comparison)),
      yaml: withRealityComment('a: 1\n', 'yaml', realityStatusOf(scenario)),
      plan: createCapacityPlan({
        scenario,
        policyResult: policyResult!,
        baselineResult: policyResult!,
        createdAt,
      }).rationale,
    };
  };
  for (const [name, text] of Object.entries(await filesOf(loaded.scenario))) {
    if (!name.endsWith('Csv')) expect(text.replaceAll(/<\/text><text[^>]*>/g, ' '), name).toMatch(/never\s+checked/);
    else {
      const [titles, ...rows] = text.trimEnd().split('\n');
      expect(titles, name).toMatch(/,realityCheck$/);
      expect(rows.length).toBeGreaterThan(1);
      expect(
        rows.every((row) => row.endsWith(',unchecked')),
        name,
      ).toBe(true);
    }
  }
  for (const [name, text] of Object.entries(await filesOf(unrecorded))) {
    expect(text, name).not.toMatch(/reality|checked/i);
  }
});
