import { AxeBuilder } from '@axe-core/playwright';
import { comparisonTable } from './files.ts';
import { expect, test } from './workbench.ts';

const sizes = [
  { width: 1440, height: 900 },
  { width: 1024, height: 700 },
];
const themes = ['light', 'dark'] as const;
const grounds = { light: 'rgb(246, 246, 244)', dark: 'rgb(14, 16, 20)' };
const examplePolicies = ['live HPA', 'HPA 55 %', 'runbook', 'predictive M/G/c'];

for (const viewport of sizes) {
  for (const colorScheme of themes) {
    test.describe(`${viewport.width} × ${viewport.height}, ${colorScheme}`, () => {
      test.use({ viewport, colorScheme });

      test('the first screen shows the example with its numbers, and anyone can use it', async ({ page }) => {
        test.setTimeout(180_000);
        await page.goto('/');
        await expect(page.getByRole('banner')).toContainText('flash-crowd.yaml');
        await expect(page.getByRole('table').filter({ hasText: 'live HPA' })).toBeVisible({ timeout: 120_000 });
        expect([...(await comparisonTable(page)).keys()]).toEqual(examplePolicies);
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

        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(
          violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`),
        ).toEqual([]);
        await test.info().attach('first screen', { body: await page.screenshot(), contentType: 'image/png' });
      });
    });
  }
}
