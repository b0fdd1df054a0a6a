import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runVectors } from '../../sim-core/conformance/run-vectors.ts';

/** Cases as somebody else may write them: fields left out, null, of another type, numbers anywhere. */
const folder = new URL('../../../shared/vectors/', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.json') && name !== 'index.json');

type Json = number | string | boolean | null | Json[] | { [key: string]: Json };

const oddValues: readonly Json[] = [
  null,
  0,
  -1,
  1,
  0.5,
  1e9,
  1e15,
  '',
  'x',
  '9223372036854775807',
  true,
  [],
  {},
  [null],
];

/** Replaces, or leaves out, one value of the tree. */
function mutated(tree: Json, pick: (below: number) => number): Json {
  if (Array.isArray(tree) && tree.length > 0 && pick(4) > 0) {
    const at = pick(tree.length);
    return tree.map((each, index) => (index === at ? mutated(each, pick) : each));
  }
  if (typeof tree === 'object' && tree !== null && !Array.isArray(tree) && pick(5) > 0) {
    const keys = Object.keys(tree);
    const key = keys[pick(keys.length)];
    if (key === undefined) return tree;
    if (pick(3) === 0) return Object.fromEntries(Object.entries(tree).filter(([name]) => name !== key));
    return { ...tree, [key]: mutated(tree[key] ?? null, pick) };
  }
  return oddValues[pick(oddValues.length)] ?? null;
}

describe.each(files)('%s', (file) => {
  const given = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as { family: string; cases: Json[] };

  test('any change of a case is an outcome, never a crash', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { minLength: 64, maxLength: 64 }), fc.nat(), (picks, first) => {
        let next = 0;
        const pick = (below: number): number => (picks[next++ % picks.length] ?? 0) % Math.max(below, 1);
        const cases = Array.from({ length: 4 }, (_, index) =>
          mutated(given.cases[(first + index) % given.cases.length] ?? null, pick),
        );
        const outcome = runVectors(file, JSON.stringify({ family: given.family, cases }));
        if ('problem' in outcome) throw new Error(outcome.problem);
        const { passed, failed, notApplicable } = outcome.report;
        expect(passed + failed.length + notApplicable.length).toBe(cases.length);
        expect(() => JSON.stringify(outcome.report)).not.toThrow();
      }),
      { numRuns: 60, seed: 7 },
    );
  });

  test('fields nobody knows change nothing', () => {
    const cases = (given.cases as { [key: string]: Json }[]).map((each) => ({
      ...each,
      comment: 'x',
      input: { ...(each['input'] as { [key: string]: Json }), comment: 'x', notes: ['y'] },
    }));
    const outcome = runVectors(file, JSON.stringify({ family: given.family, cases, tolerance: 0, extra: {} }));
    expect(outcome).toMatchObject({ report: { failed: [] } });
  });
});
