import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { drop, exported, finished, smallScenario } from './files.ts';
import { expect, test } from './workbench.ts';

const commandLine = fileURLToPath(new URL('../../dist/cli/headroom.js', import.meta.url));

/** Every effect at once: the event-list path, and nodes. */
const effects = smallScenario.content.replace('name: Half an hour', 'name: Every effect').replace(
  '    queue: {capacity: 500, timeout: 5s, retry: {max: 1, backoff: 500ms}}\n    replicas: {initial: 4, startup: 20s}\n',
  `    discipline: processor-sharing
    processors: 2
    routing: power-of-two
    client: {timeout: {lognormal: {p50: 1s, p95: 3s}}}
    queue: {capacity: 20, timeout: 5s, retry: {max: 2, backoff: 500ms, backoffMax: 2s, jitter: 50%, budget: {share: 20%}}}
    replicas:
      initial: 4
      startup: {lognormal: {p50: 20s, p95: 40s}}
      drain: 1s
      scaleDownOrder: random
      speed: {min: 0.7, max: 1.3}
      slowStart: {for: 30s, speed: 50%}
      crash: {meanTimeBetween: 10m}
nodes: {replicasPerNode: 3, maximum: 5, provisioning: {exponential: {mean: 40s}}, scaleDownAfter: 3m}
`,
);

const cases = [
  ['the epoch path', smallScenario.name, smallScenario.content],
  ['the event-list path with every effect', 'effects.yaml', effects],
  ['the fluid engine', 'fluid.yaml', smallScenario.content.replace('horizon:', 'engine: fluid\nhorizon:')],
] as const;

for (const [what, name, content] of cases) {
  test(`the workbench and the command line give the same numbers, bit for bit: ${what}`, async ({ page }) => {
    test.setTimeout(240_000);
    const folder = mkdtempSync(join(tmpdir(), 'headroom-parity-'));
    writeFileSync(join(folder, name), content);
    const ofCommandLine = execFileSync(process.execPath, [commandLine, 'compare', name, '-o', 'json'], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      maxBuffer: 1e8,
    });
    rmSync(folder, { recursive: true });

    await page.goto('/');
    await expect(page.getByRole('main')).toBeVisible();
    await drop(page, { name, content });
    await expect(page.getByRole('banner')).toContainText(name);
    await finished(page, 4);
    const { bytes } = await exported(page, /^Comparison JSON/);
    // Numbers are printed in the shortest form that reads back as the same bits, so equal text is equal bits.
    expect(JSON.parse(bytes.toString('utf8'))).toEqual(JSON.parse(ofCommandLine));
    expect(bytes.toString('utf8').trim()).toBe(ofCommandLine.trim());
  });
}
