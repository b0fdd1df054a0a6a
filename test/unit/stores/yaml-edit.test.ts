import fc from 'fast-check';
import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import {
  appendInYaml,
  dataOfYaml,
  deleteInYaml,
  readInYaml,
  setInYaml,
  UnparsableYaml,
} from '../../../renderer/stores/yaml-edit.ts';

const text = `# what it is about
name: Flash crowd   # shown in the list
horizon: 24h
services:
  checkout: {serviceTime: {lognormal: {p50: 80ms, p95: 250ms}}, concurrency: 4}  # one line
policies:
  # what runs today
  - name: live
    controller: {hpa: {minReplicas: 4, maxReplicas: 40}}
`;

describe('setInYaml', () => {
  it('replaces a value in place and leaves every other byte as it was', () => {
    const edited = setInYaml(text, ['services', 'checkout', 'serviceTime', 'lognormal', 'p50'], '90ms');
    expect(edited).toBe(text.replace('80ms', '90ms'));
  });

  it('writes out what an alias stands for where the path leads through it', () => {
    const shared = `base: &rule {min: 1, max: 9}
first: {controller: *rule}
second: {controller: *rule}
`;
    const edited = setInYaml(shared, ['second', 'controller', 'max'], 5);
    expect(parse(edited)).toEqual({
      base: { min: 1, max: 9 },
      first: { controller: { min: 1, max: 9 } },
      second: { controller: { min: 1, max: 5 } },
    });
    expect(parse(deleteInYaml(shared, ['first', 'controller', 'min']))).toMatchObject({
      first: { controller: { max: 9 } },
      second: { controller: { min: 1, max: 9 } },
    });
  });

  it('keeps comments when it has to add a key', () => {
    const edited = setInYaml(text, ['policies', 0, 'guards', 'cooldown', 'up'], '60s');
    expect(parse(edited).policies[0].guards).toEqual({ cooldown: { up: '60s' } });
    for (const comment of ['# what it is about', '# shown in the list', '# one line', '# what runs today']) {
      expect(edited).toContain(comment);
    }
  });

  it('quotes text that would mean something else where it stands', () => {
    const path = ['policies', 0, 'controller', 'hpa', 'minReplicas'];
    for (const value of ['a, b', '}', 'yes: no', '12', 'true', '# not a comment', '']) {
      expect(readInYaml(setInYaml(text, path, value), path)).toBe(value);
    }
  });

  it('does not write through an anchor that others refer to', () => {
    const shared = 'a: &x 1\nb: *x\n';
    expect(parse(setInYaml(shared, ['a'], 2)).a).toBe(2);
  });

  it('reads back whatever scalar it wrote', () => {
    const path = ['services', 'checkout', 'concurrency'];
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ maxLength: 30 }),
          fc.integer(),
          fc.double({ noNaN: true, noDefaultInfinity: true }),
          fc.boolean(),
        ),
        (value) => {
          const edited = setInYaml(text, path, value);
          // YAML 1.2 tells −0 from 0, JavaScript's comparison does not.
          const read = readInYaml(edited, path);
          expect(read === 0 ? 0 : read).toEqual(value === 0 ? 0 : value);
          expect(parse(edited).policies).toEqual(parse(text).policies);
        },
      ),
    );
  });

  it('refuses text that is not YAML', () => {
    expect(() => setInYaml('a: [1, 2', ['a'], 3)).toThrow(UnparsableYaml);
  });
});

describe('appendInYaml and deleteInYaml', () => {
  it('add to a list and take out of it', () => {
    const added = appendInYaml(text, ['policies'], { name: 'static', controller: { static: { replicas: 9 } } });
    expect(parse(added).policies.map(({ name }: { name: string }) => name)).toEqual(['live', 'static']);
    expect(parse(deleteInYaml(added, ['policies', 1]))).toEqual(parse(text));
  });

  it('make the list when there is none', () => {
    expect(parse(appendInYaml('a: 1\n', ['list'], 2))).toEqual({ a: 1, list: [2] });
  });

  it('leave the text alone when there is nothing to delete', () => {
    expect(deleteInYaml(text, ['slo', 'p95'])).toBe(text);
  });
});

describe('dataOfYaml', () => {
  it('is null for text that is not YAML, and for a bomb of aliases', () => {
    expect(dataOfYaml('a: [')).toBeNull();
    const bomb = [
      'a: &a [1,1,1,1,1,1,1,1,1]',
      ...'bcdefg'.split('').map((name, index) => `${name}: &${name} [${`*${'abcdef'[index]},`.repeat(9)}]`),
    ];
    expect(dataOfYaml(bomb.join('\n'))).toBeNull();
  });
});
