import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { barriers } from './accessibility.ts';
import { comparisonTable } from './files.ts';
import { expect, test } from './workbench.ts';

const sizes = [
  { width: 1440, height: 900 },
  { width: 1024, height: 700 },
];
const themes = ['light', 'dark'] as const;
const grounds = { light: 'rgb(246, 246, 244)', dark: 'rgb(14, 16, 20)' };

const example = parse(readFileSync(new URL('../../scenarios/flash-crowd.yaml', import.meta.url), 'utf8')) as {
  readonly policies: readonly { readonly name: string }[];
};
const examplePolicies = example.policies.map(({ name }) => name);

for (const viewport of sizes) {
  for (const colorScheme of themes) {
    test.describe(`${viewport.width} × ${viewport.height}, ${colorScheme}`, () => {
      test.use({ viewport, colorScheme });

      test('the first screen shows the example with its numbers, and anyone can use it', async ({ page }) => {
        test.setTimeout(180_000);
        await page.goto('/');
        await expect(page.getByRole('banner')).toContainText('flash-crowd.yaml');
        // Policies join the table as their first replication ends.
        await expect
          .poll(async () => [...(await comparisonTable(page)).keys()], { timeout: 120_000 })
          .toEqual(examplePolicies);
        for (const lane of ['Demand', 'Replicas', 'p95 latency', 'Backlog', 'Cost']) {
          await expect(page.getByRole('main').getByText(lane, { exact: true }).first()).toBeAttached();
        }

        expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe(grounds[colorScheme]);
        // Nothing is cut off at the edge of the window.
        const overflow = await page.evaluate(() => {
          const { scrollWidth, scrollHeight } = document.documentElement;
          return { x: scrollWidth - window.innerWidth, y: scrollHeight - window.innerHeight };
        });
        expect(overflow).toEqual({ x: 0, y: 0 });
        for (const name of ['Run', 'Export', 'Find an action', 'Inspector', 'Library']) {
          await expect(page.getByRole('banner').getByRole('button', { name: new RegExp(`^${name}`) })).toBeInViewport();
        }

        expect(await barriers(page)).toEqual([]);
        await test.info().attach('first screen', { body: await page.screenshot(), contentType: 'image/png' });
      });
    });
  }
}
