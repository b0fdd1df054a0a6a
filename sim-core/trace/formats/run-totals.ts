import type { FileHead } from '../file-head.ts';
import type { StreamFormat } from '../format.ts';

/** What load generators write of a whole run, by how it looks, and what they write over time instead. */
const kinds: readonly {
  readonly name: string;
  readonly fits: (head: FileHead) => boolean;
  readonly instead: string;
}[] = [
  {
    name: 'totals of a Locust run (`_stats.csv`)',
    fits: (head) =>
      head.hasColumns('type', 'name', 'request count', 'average response time') && !head.hasColumns('timestamp'),
    instead: 'Import its `_stats_history.csv`, best of a run with `--csv-full-history`.',
  },
  {
    name: 'summary of a k6 run',
    fits: ({ firstCharacter, text }) =>
      firstCharacter === '{' &&
      /"metrics"\s*:\s*\{/.test(text) &&
      /"(?:root_group|http_reqs|iterations)"\s*:/.test(text),
    instead: 'Run k6 with `--out csv=run.csv` or `--out json=run.json` and import that.',
  },
];

/** Totals of a run: numbers without times, which any general format would take for something else. They are refused. */
export const runTotals: StreamFormat = {
  name: 'run-totals',
  title: 'totals of a run of Locust or k6, without times',
  access: 'text',
  recognise: (head) => {
    const kind = kinds.find(({ fits }) => fits(head));
    return kind && { confidence: 0.9, reason: `the ${kind.name}` };
  },
  createReader: ({ head, findings }) => {
    const kind = kinds.find(({ fits }) => fits(head));
    const what = kind === undefined ? 'no totals of a run that are known' : `the ${kind.name}, without times`;
    findings.add(
      'trace-format',
      0,
      `The file is ${what}. ${kind?.instead ?? 'Leave out `format` to have it recognised.'}`,
    );
    return { push: () => {}, end: () => {} };
  },
};
