import type { Locator, Page } from '@playwright/test';
import { barriers } from './accessibility.ts';
import { expect, test } from './workbench.ts';

async function openCalculator(page: Page): Promise<Locator> {
  await page.goto('/');
  await expect(page.getByRole('main')).toBeVisible();
  // The example's run is not what this is about.
  await page.keyboard.press('Escape');
  await page.keyboard.press('ControlOrMeta+k');
  await page.keyboard.type('queueing calculator');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Queueing calculator' });
  await expect(dialog).toBeVisible();
  return dialog;
}

const numberOf = (dialog: Locator, name: string): Locator =>
  dialog
    .getByRole('row')
    .filter({ has: dialog.page().getByRole('button', { name, exact: true }) })
    .getByRole('cell');
const curveOf = (dialog: Locator): Promise<string | null> => dialog.locator('.curve-line').getAttribute('d');

/** What axe finds in both themes. */
async function everyBarrier(page: Page): Promise<readonly string[]> {
  const found: string[] = [];
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    const ground = colorScheme === 'dark' ? 'rgb(14, 16, 20)' : 'rgb(246, 246, 244)';
    await expect.poll(() => page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe(ground);
    found.push(...(await barriers(page)).map((barrier) => `${colorScheme}: ${barrier}`));
  }
  return found;
}

test('the queueing calculator: a slider moves number and curve, classes come and go', async ({ page }) => {
  test.setTimeout(120_000);
  const dialog = await openCalculator(page);
  const wait = numberOf(dialog, 'Mean wait');
  await expect(wait).not.toBeEmpty();
  const before = { wait: await wait.textContent(), curve: await curveOf(dialog) };
  await dialog.getByRole('slider', { name: 'Arrival rate' }).press('ArrowLeft');
  await expect(wait).not.toHaveText(before.wait!);
  await expect.poll(() => curveOf(dialog)).not.toBe(before.curve);
  // Erlang C: C(10, 8) = 0.4092, and half a second each, of services of a second.
  for (const [name, value] of [
    ['Arrival rate', '8/s'],
    ['Service time', '1s'],
    ['Servers', '10'],
  ] as const)
    await dialog.getByRole('textbox', { name: new RegExp(`^${name}`) }).fill(value);
  await expect(wait).toHaveText('205 ms');
  // C(12, 8)/4 is 35 ms, C(11, 8)/3 is 82 ms.
  await dialog.getByRole('textbox', { name: 'Mean wait at most' }).fill('50ms');
  await dialog.getByRole('button', { name: 'Fewest servers' }).click();
  await expect(dialog.getByRole('textbox', { name: /^Servers/ })).toHaveValue('12');
  await expect(wait).toHaveText('35 ms');
  expect.soft(await everyBarrier(page), 'M/M/c').toEqual([]);

  await dialog.getByRole('combobox', { name: 'Model' }).selectOption('priority');
  const classes = dialog.getByRole('group', { name: /^Class \d/ });
  await expect(classes).toHaveCount(2);
  await dialog.getByRole('button', { name: 'Add a class' }).click();
  await dialog.getByRole('textbox', { name: 'Class 3: Arrival rate' }).fill('1/s');
  await expect(dialog.getByRole('row', { name: /^3 / })).toBeVisible();
  expect.soft(await everyBarrier(page), 'priorities').toEqual([]);
  await dialog.getByRole('button', { name: 'Remove class 1' }).click();
  await expect(classes).toHaveCount(2);
  await dialog.getByRole('textbox', { name: 'Servers' }).fill('0');
  await expect(dialog.getByRole('status')).toContainText('Servers must be a whole number from 1');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
});
