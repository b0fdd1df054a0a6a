import { describe, expect, it } from 'vitest';
import { longestText, readYaml } from '../../../sim-core/scenario/yaml-source.ts';

const codes = (text: string) => readYaml(text).issues.map(({ code, line, column }) => `${code} ${line}:${column}`);

describe('readYaml', () => {
  it('knows where keys and values stand, through lists and aliases', () => {
    const source = readYaml('a: 1\nb:\n  - c: &x {d: 2}\n  - *x\n');
    expect(source.data).toEqual({ a: 1, b: [{ c: { d: 2 } }, { d: 2 }] });
    expect(source.locate(['a'], 'key')).toEqual({ line: 1, column: 1 });
    expect(source.locate(['a'], 'value')).toEqual({ line: 1, column: 4 });
    expect(source.locate(['b', 0, 'c', 'd'], 'key')).toEqual({ line: 3, column: 12 });
    expect(source.locate(['b', 1, 'd'], 'value')).toEqual({ line: 3, column: 15 });
  });

  it('points a missing key at the mapping it is missing from', () => {
    const source = readYaml('a:\n  b: 1\n');
    expect(source.locate(['a', 'nowhere', 'deep'], 'key')).toEqual({ line: 1, column: 1 });
  });

  it('points an empty value at its key, not at a later line', () => {
    expect(readYaml('a:\n\n\nb: 1\n').locate(['a'], 'value')).toEqual({ line: 1, column: 1 });
  });

  it('reads JSON, with tabs, and a byte-order mark', () => {
    expect(readYaml('{\n\t"a": [1,\n\t\t2]\n}').data).toEqual({ a: [1, 2] });
    expect(readYaml('\uFEFFa: 1\nb: 2\n')).toMatchObject({ data: { a: 1, b: 2 }, issues: [] });
  });

  it('keeps times and versions as text', () => {
    expect(readYaml('a: 12:30\nb: 2026-11-27T00:00:00Z\nc: 1.2.3\n').data).toEqual({
      a: '12:30',
      b: '2026-11-27T00:00:00Z',
      c: '1.2.3',
    });
  });

  it.each([
    ['', 'empty-file 1:1'],
    [' \n\n', 'empty-file 1:1'],
    ['PK\u0003\u0004\0\0', 'not-text 1:1'],
    ['a:\n\tb: 1\n', 'yaml-tab 2:1'],
    ['a: 1\nb: 2\na: 3\n', 'duplicate-key 3:1'],
    ['a: 1\n---\nb: 2\n', 'several-documents 3:1'],
    ['a: *nope\n', 'yaml-alias 1:4'],
    ['a: &x [1, *x]\n', 'yaml-alias 1:11'],
    ['a: !!js/function "x"\n', 'yaml-tag 1:4'],
    ['a: @x\n', 'yaml-syntax 1:4'],
    ['a: [1, 2\nb: 3\n', 'yaml-syntax 2:1'],
    ['? {a: 1}\n: 2\n', 'yaml-syntax 1:3'],
    ['a: {__proto__: {polluted: 1}}\n', 'reserved-key 1:5'],
    ['constructor: 1\n', 'reserved-key 1:1'],
  ])('%j: %s', (text, issue) => expect(codes(text)).toContain(issue));

  it('says what is wrong at one place once', () => {
    const places = readYaml('{{{{: - ]').issues.map(({ line, column }) => `${line}:${column}`);
    expect(places.length).toBeGreaterThan(1);
    expect(new Set(places).size).toBe(places.length);
  });

  it('reports every duplicate key at once and still reads the rest', () => {
    const { issues, data } = readYaml('a: 1\na: 2\nb: 1\nb: 2\n');
    expect(issues.map((issue) => issue.code)).toEqual(['duplicate-key', 'duplicate-key']);
    expect(data).toBeDefined();
  });

  it('refuses what would take too long or too much memory', () => {
    const bomb = ['a: &a [x, x, x, x, x, x, x, x, x]'];
    for (const [last, next] of ['ab', 'bc', 'cd', 'de', 'ef', 'fg', 'gh'].map((pair) => pair.split(''))) {
      bomb.push(`${next}: &${next} [${Array(9).fill(`*${last}`).join(', ')}]`);
    }
    expect(codes(bomb.join('\n'))).toEqual(['yaml-alias 1:1']);
    expect(codes('x'.repeat(longestText + 1))).toEqual(['file-too-large 1:1']);
    for (const deep of ['['.repeat(200_000), '- '.repeat(50_000), '{a: '.repeat(20_000)]) {
      expect(codes(deep)[0]).toMatch(/^too-deep /);
    }
  });

  it('never reaches a prototype', () => {
    readYaml('__proto__: {polluted: yes}\n');
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});
