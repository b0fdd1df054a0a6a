import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
const blocks = [...read('docs/adding-a-controller.md').matchAll(/^`([\w./-]+)`\n\n```ts\n([^]*?)```$/gm)].map(
  ([, file = '', code = '']) => ({ file, code, start: code.trim().split('\n', 1)[0] }),
);

describe('docs/adding-a-controller.md', () => {
  test('shows a part of each file a newcomer touches', () => {
    expect([...new Set(blocks.map(({ file }) => file))]).toEqual([
      'sim-core/autoscaling/pi/config.ts',
      'sim-core/autoscaling/pi/controller.ts',
      'sim-core/autoscaling/registry.ts',
      'test/unit/autoscaling/pi.test.ts',
      'test/property/controllers.test.ts',
    ]);
  });

  test.each(blocks)('$file still has: $start', ({ file, code }) => {
    expect(read(file)).toContain(code);
  });
});
