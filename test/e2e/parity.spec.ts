import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { exported, openSmallScenario, smallScenario } from './files.ts';
import { expect, test } from './workbench.ts';

const commandLine = fileURLToPath(new URL('../../dist/cli/headroom.js', import.meta.url));

test('the workbench and the command line give the same numbers, bit for bit', async ({ page }) => {
  test.setTimeout(240_000);
  const folder = mkdtempSync(join(tmpdir(), 'headroom-parity-'));
  writeFileSync(join(folder, smallScenario.name), smallScenario.content);
  const ofCommandLine = execFileSync(process.execPath, [commandLine, 'compare', smallScenario.name, '-o', 'json'], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 1e8,
  });
  rmSync(folder, { recursive: true });

  await openSmallScenario(page);
  const { bytes } = await exported(page, /^Comparison JSON/);
  // Numbers are printed in the shortest form that reads back as the same bits, so equal text is equal bits.
  expect(JSON.parse(bytes.toString('utf8'))).toEqual(JSON.parse(ofCommandLine));
  expect(bytes.toString('utf8').trim()).toBe(ofCommandLine.trim());
});
