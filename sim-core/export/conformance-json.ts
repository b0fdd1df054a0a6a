import type { FamilyReport } from '../conformance/contract.ts';
import { jsonValue } from './json-value.ts';
import type { JsonValue } from './json-value.ts';

/** How many cases of all files passed, failed, and had nothing to be asked. */
export function conformanceTotals(families: readonly FamilyReport[]) {
  const sum = (count: (family: FamilyReport) => number): number =>
    families.reduce((total, family) => total + count(family), 0);
  return {
    passed: sum(({ passed }) => passed),
    failed: sum(({ failed }) => failed.length),
    notApplicable: sum(({ notApplicable }) => notApplicable.length),
  };
}

/** `headroom/conformance/v1`: vector files put to the autoscalers. */
export function conformanceJson(families: readonly FamilyReport[]): JsonValue {
  return jsonValue({ schema: 'headroom/conformance/v1', families, ...conformanceTotals(families) });
}
