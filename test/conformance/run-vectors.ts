import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { runVectors } from '../../sim-core/conformance/run-vectors.ts';

const folder = fileURLToPath(new URL('../../../shared/vectors/', import.meta.url));

/**
 * Every case of a vector file passes, but for those named here as not applicable. Fails when the file is absent or
 * holds another number of cases.
 */
export function conforms(family: string, count: number, notApplicable: readonly string[] = []): void {
  describe(family, () => {
    const path = `${folder}${family}.json`;
    if (!existsSync(path)) {
      test('the vector file is there', () => expect.fail(`${path} is missing: the upstream cases cannot be checked`));
      return;
    }
    const text = readFileSync(path, 'utf8');
    const outcome = runVectors(family, text);
    if ('problem' in outcome) throw new Error(outcome.problem);
    const { report } = outcome;
    test(`holds ${count} cases`, () => {
      expect((JSON.parse(text) as { caseCount: number }).caseCount).toBe(count);
      expect(report.passed + report.failed.length + report.notApplicable.length).toBe(count);
    });
    test('no case fails', () => expect(report.failed).toEqual([]));
    test(`${notApplicable.length} cases are not applicable`, () => {
      expect(report.notApplicable.map(({ name }) => name)).toEqual(notApplicable);
      for (const { reason } of report.notApplicable) expect(reason).not.toBe('');
    });
  });
}
