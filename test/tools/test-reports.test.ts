import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { countPlaywright, countVitest, withStatus } from '../../tools/test-reports.mjs';
import { plant } from './planted.ts';

/** What the closing line counts must not depend on what anyone remembers of a report's format: real runs make them. */
const planted = plant({
  'vitest.config.ts': `import { defineConfig } from 'vitest/config';\nexport default defineConfig({ test: { include: ['suite/*.test.ts'] } });`,
  'suite/mixed.test.ts': `import { expect, it } from 'vitest';
    it('passes', () => {});
    it('passes too', () => {});
    it('fails', () => expect(1).toBe(2));
    it.skip('is skipped', () => {});`,
  'suite/broken.test.ts': `import './missing.ts';`,
  'playwright.config.ts': `export default { testDir: 'flows', reporter: 'json' };`,
  'flows/mixed.spec.ts': `import { expect, test } from '@playwright/test';
    test('passes', () => {});
    test('fails', () => { expect(1).toBe(2); });
    test.skip('is skipped', () => {});`,
  'broken-flows.config.ts': `export default { testDir: 'broken-flows', reporter: 'json' };`,
  'broken-flows/broken.spec.ts': `throw new Error('planted');`,
});
afterAll(() => planted.remove());

function run(...args: readonly string[]) {
  const [script = '', ...rest] = args;
  return spawnSync(process.execPath, [join(planted.folder, 'node_modules', script), ...rest], {
    cwd: planted.folder,
    encoding: 'utf8',
    env: { PATH: process.env.PATH },
  });
}

it('counts what vitest ran, and a file that could not be loaded as a failure', () => {
  const { status } = run('vitest/vitest.mjs', 'run', '--reporter=json', '--outputFile.json=report.json');
  const report: unknown = JSON.parse(readFileSync(join(planted.folder, 'report.json'), 'utf8'));
  expect(status).toBe(1);
  expect(countVitest(report)).toEqual({ passed: 2, failed: 2, skipped: 1 });
});

it('counts what Playwright ran', () => {
  const { stdout } = run('@playwright/test/cli.js', 'test');
  expect(countPlaywright(JSON.parse(stdout))).toEqual({ passed: 1, failed: 1, skipped: 1 });
});

it('counts a Playwright suite that could not be loaded as a failure', () => {
  const { stdout, status } = run('@playwright/test/cli.js', 'test', '-c', 'broken-flows.config.ts');
  expect(withStatus(status, countPlaywright(JSON.parse(stdout)))).toEqual({ passed: 0, failed: 1, skipped: 0 });
});

it('does not let an error end unseen', () => {
  expect(withStatus(1, { passed: 9, failed: 0, skipped: 0 })).toEqual({ passed: 9, failed: 1, skipped: 0 });
  expect(withStatus(null, { passed: 0, failed: 0, skipped: 0 }).failed).toBe(1);
  expect(withStatus(0, { passed: 9, failed: 0, skipped: 0 }).failed).toBe(0);
});
