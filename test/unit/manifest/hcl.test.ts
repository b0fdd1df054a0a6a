import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printHcl } from '../../../sim-core/manifest/hcl/print.ts';
import type { HclBlock } from '../../../sim-core/manifest/hcl/print.ts';
import { looksLikeHcl, readHcl } from '../../../sim-core/manifest/hcl/read.ts';

describe('the reader of HCL', () => {
  it.each([
    ['a = 1', { a: 1 }],
    ['a = -1.5e3 # why', { a: -1500 }],
    ['a = "x\\n\\"y\\" \\u00e9" // no', { a: 'x\n"y" é' }],
    ['a = true\nb = null', { a: true, b: null }],
    ['a = [1, "b", [],\n # one\n 2,\n]', { a: [1, 'b', [], 2] }],
    ['a = { b = 1, "c d" : 2 }\n', { a: { b: 1, 'c d': 2 } }],
    ['a { b = 1 }\na { b = 2 }\n/* c\n */ a {}', { a: [{ b: 1 }, { b: 2 }, {}] }],
    ['a "x" "y" { b = 1 }\na "x" "z" {\n}', { a: { x: { y: { b: 1 }, z: {} } } }],
    ['a = <<-END\n  two\n  lines\n  END\nb = 1', { a: 'two\nlines\n', b: 1 }],
    [
      'a = var.x\nb = max(1, var.y) + 2\nc = [for v in w : v]',
      { a: '${var.x}', b: '${max(1, var.y) + 2}', c: '${[for v in w : v]}' },
    ],
    ['a = "${var.x}-y"\nb = var.z ? "p" : "q"', { a: '${var.x}-y', b: '${var.z ? "p" : "q"}' }],
    ['a = [var.x, 1]', { a: ['${var.x}', 1] }],
  ])('%j', (text, data) => expect(readHcl(text)).toMatchObject({ data, issues: [] }));

  it.each([
    ['a = ', 'hcl-syntax 1:5'],
    ['a {\n  b = 1\n', 'hcl-syntax 3:1'],
    ['a = 1\na = 2', 'hcl-syntax 2:1'],
    ['a = [1, 2', 'hcl-syntax 1:10'],
    ['a = <<X\nb', 'hcl-syntax 1:5'],
    ['= 1', 'hcl-syntax 1:1'],
  ])('%j: %s', (text, expected) => {
    const { issues } = readHcl(text);
    expect(issues.map(({ code, line, column }) => `${code} ${line}:${column}`)).toEqual([expected]);
  });

  it('tells HCL from YAML and JSON', () => {
    expect(['resource "a" "b" {\n}', 'scaling "x" {\n', 'a {}\n'].map(looksLikeHcl)).toEqual([true, true, true]);
    expect(['a: {b: 1}\n', '{"a": {}}', 'kind: X\nspec: {\n}\n', 'time,rps\n1,2\n'].map(looksLikeHcl)).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });

  it('gives back what was printed', () => {
    const name = fc
      .stringMatching(/^[a-z][a-z_0-9-]{0,8}$/)
      .filter((text) => text !== 'constructor' && text !== 'prototype');
    const text = fc.string({ unit: 'binary', maxLength: 12 }).filter((given) => !/[$%]\{/.test(given));
    const leaf = fc.oneof(text, fc.boolean(), fc.integer(), fc.constantFrom(0.25, -1e-7, 1e21));
    const value = fc.oneof(leaf, fc.array(leaf, { maxLength: 3 }));
    fc.assert(
      fc.property(
        fc.dictionary(name, value, { maxKeys: 4 }),
        fc.array(text, { maxLength: 2 }),
        (attributes, labels) => {
          const body = Object.entries(attributes).map(([key, each]) => ({ name: key, value: each }));
          const block: HclBlock = {
            name: 'block',
            labels: labels.map((label) => `l${label.replace(/\p{C}/gu, '')}`),
            body,
          };
          const wrapped = (block.labels ?? []).reduceRight<unknown>((inner, label) => ({ [label]: inner }), attributes);
          expect(readHcl(printHcl([block]))).toMatchObject({ issues: [] });
          expect(readHcl(printHcl([block])).data).toEqual({ block: wrapped });
        },
      ),
      { numRuns: 40, seed: 3 },
    );
  });
});
