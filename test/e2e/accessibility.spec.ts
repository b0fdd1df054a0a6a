import type { Page } from '@playwright/test';
import { barriers } from './accessibility.ts';
import { drop, openSmallScenario } from './files.ts';
import { expect, test } from './workbench.ts';

const views: readonly (readonly [name: string, open: (page: Page) => Promise<void>])[] = [
  ['decisions', (page) => page.getByRole('tab', { name: 'Decisions' }).click()],
  ['models', (page) => page.getByRole('tab', { name: 'Models' }).click()],
  ['the YAML editor', (page) => page.getByRole('tab', { name: 'YAML' }).click()],
  ['the export menu', (page) => page.getByRole('button', { name: 'Export' }).click()],
  ['the palette', (page) => page.keyboard.press('ControlOrMeta+k')],
  ['the list of keys', (page) => page.keyboard.press('?')],
  ['a dropped trace', (page) => drop(page, { name: 'counts.csv', content: 'time,requests\n0,10\n60,20\n120,15\n' })],
];

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });
    test('every view can be used by everyone', async ({ page }) => {
      test.setTimeout(240_000);
      await openSmallScenario(page);
      for (const [name, open] of views) {
        await open(page);
        expect.soft(await barriers(page), name).toEqual([]);
        await page.keyboard.press('Escape');
      }
    });
  });
}

test('the workbench can be worked by keyboard alone', async ({ page }) => {
  test.setTimeout(240_000);
  await openSmallScenario(page);
  await page.keyboard.press('ControlOrMeta+k');
  await page.keyboard.type('dark colours');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe('rgb(14, 16, 20)');
  await page.keyboard.press('2');
  await expect(page.getByRole('tab', { name: 'Decisions' })).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(page.getByRole('banner')).toContainText('4 replications');
  // Whoever tabs always sees where they are.
  for (let i = 0; i < 12; i++) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() => {
      const element = document.activeElement;
      if (element === null || element === document.body) return 'nothing has the focus';
      const { width, height } = element.getBoundingClientRect();
      const { outlineStyle, boxShadow } = getComputedStyle(element);
      const marked =
        outlineStyle !== 'none' || boxShadow !== 'none' || getComputedStyle(element, '::after').boxShadow !== 'none';
      return width > 0 && height > 0 && marked ? 'seen' : `${element.tagName} ${element.className} is not marked`;
    });
    expect.soft(focused).toBe('seen');
  }
});
