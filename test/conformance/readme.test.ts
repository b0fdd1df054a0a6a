import { readFileSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { runVectors } from '../../sim-core/conformance/run-vectors.ts';
import type { FamilyReport } from '../../sim-core/conformance/contract.ts';
import { conformanceMarkdown } from '../../sim-core/export/conformance-markdown.ts';

const folder = new URL('../../../shared/vectors/', import.meta.url);

function reportOf(name: string): FamilyReport {
  const outcome = runVectors(name, readFileSync(new URL(name, folder), 'utf8'));
  if ('problem' in outcome) throw new Error(outcome.problem);
  return outcome.report;
}

test('the totals in README are those of the vector files; else: npm run conformance:readme -- <folder>', () => {
  const files = readdirSync(folder).filter((name) => name.endsWith('.json') && name !== 'index.json');
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const [, table] = /<!-- conformance: .*-->\n\n([^]*?)\n<!-- end of conformance -->/.exec(readme) ?? [];
  const cells = (text: string | undefined) =>
    (text ?? '').split('\n').map((line) => line.split('|').map((cell) => cell.trim().replace(/^:?-+:?$/, '-')));
  expect(cells(table)).toEqual(cells(conformanceMarkdown(files.map(reportOf))));
});
