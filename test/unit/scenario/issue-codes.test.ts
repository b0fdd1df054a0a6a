import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const root = new URL('../../../', import.meta.url);
const sources = ['sim-core/', 'cli/'].flatMap((folder) =>
  readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(new URL(folder + name, root), 'utf8')),
);
const documented = [...readFileSync(new URL('docs/errors.md', root), 'utf8').matchAll(/^\| `([a-z-]+)` \|/gm)].map(
  ([, code = '']) => code,
);

/** The ways in which the sources give an issue its code. */
const patterns = [
  /\bcode: '([a-z-]+)'/g,
  /\bcode = [^;]*?(?<!\[|=== )'([a-z-]+)'[^;]*;/g,
  /\bcode: [^,;\n]*\? '([a-z-]+)'/g,
  /\bcode: [^,;\n]*: '([a-z-]+)'/g,
  /\b(?:configIssue|error|warning|refused|report|add|addAt)\(\s*(?:'(?:error|warning)',\s*)?'([a-z]+(?:-[a-z]+)+)'/g,
  /^\s{2}'(trace-[a-z-]+)': \{/gm,
  /\['(yaml-[a-z-]+|duplicate-key)'/g,
];

describe('docs/errors.md', () => {
  const used = new Set(
    sources.flatMap((source) =>
      patterns.flatMap((pattern) => [...source.matchAll(pattern)].map(([, code = '']) => code)),
    ),
  );
  // zod's own word for an issue whose code stands in its params.
  used.delete('custom');

  it('finds the codes it is compared with', () => expect(used.size).toBeGreaterThan(50));

  it('explains every code there is', () => expect([...used].filter((code) => !documented.includes(code))).toEqual([]));

  it('explains no code that is gone', () => {
    const text = sources.join('\n');
    expect(documented.filter((code) => !text.includes(`'${code}'`))).toEqual([]);
  });

  it('explains each code once', () => expect(new Set(documented).size).toBe(documented.length));
});
