import { gzipSync } from 'node:zlib';
import { barriers } from './accessibility.ts';
import { comparisonTable, finished, openSmallScenario } from './files.ts';
import { expect, test } from './workbench.ts';

test.use({ viewport: { width: 1024, height: 700 }, colorScheme: 'dark' });

test('every view below the lanes: what it shows, what it changes, and that everyone can use it', async ({ page }) => {
  test.setTimeout(240_000);
  await openSmallScenario(page);
  const results = page.getByRole('region', { name: 'Results' });
  const usable = async (view: string): Promise<void> => expect.soft(await barriers(page), view).toEqual([]);

  // Compare: more metrics, and what the policies are told.
  await results.getByRole('button', { name: 'Stability', exact: true }).click();
  await expect(results.getByRole('columnheader', { name: 'Scalings' })).toBeAttached();
  await results.getByRole('button', { name: 'Fold Stability' }).click();
  await expect(results.getByRole('columnheader', { name: 'Scalings' })).toBeHidden();
  await results.getByRole('radio', { name: 'Parallel' }).click();
  await expect(results.getByRole('img', { name: /^3 policies across SLO met/ })).toBeVisible();
  await usable('parallel coordinates');
  await results.getByRole('radio', { name: 'Configuration' }).click();
  await expect(results.getByRole('row', { name: /maxReplicas/ }).first()).toBeVisible();
  await usable('the configuration');
  await results.getByRole('radio', { name: 'Table' }).click();

  // Decisions of two policies, from their first difference on.
  await page.keyboard.press('2');
  await results.getByLabel('beside').selectOption('predictive');
  const differences = results.getByRole('listbox', { name: 'Differences of hpa and predictive' });
  const current = differences.getByRole('option', { selected: true });
  await expect(current).toBeVisible();
  const first = (await current.textContent()) ?? '';
  await page.keyboard.press('>');
  await expect(current).not.toHaveText(first);
  await page.keyboard.press('<');
  await expect(current).toHaveText(first);
  await expect(results.getByRole('region', { name: 'Decision of hpa' })).toContainText('applied');
  await usable('decisions side by side');
  await expect.poll(() => new URL(page.url()).hash).toContain('beside=predictive');

  // A map of the HPA, and one of its cells put into the scenario.
  await results.getByRole('tab', { name: 'Map' }).click();
  await results.getByLabel('Across: number of values').selectOption('3');
  await results.getByLabel('Up: number of values').selectOption('3');
  await results.getByRole('button', { name: 'Draw 9 cells' }).click();
  const cells = results.getByRole('button', { name: /CPU target \d+ %, .*(stable|flaps)/ });
  await expect(cells).toHaveCount(9, { timeout: 60_000 });
  await usable('a map');
  const target = page.getByRole('complementary', { name: 'Inspector' }).getByRole('textbox', { name: 'CPU target' });
  await expect(target).toHaveValue('60 %');
  await results
    .getByRole('button', { name: /CPU target 30 %/ })
    .first()
    .press('Enter');
  await expect(target).toHaveValue('30 %');
  await page.keyboard.press('ControlOrMeta+z');
  await expect(target).toHaveValue('60 %');
  await finished(page, 4);

  // Alerts are asked for where there are none.
  await results.getByRole('tab', { name: 'Alerts' }).click();
  await results.getByRole('button', { name: 'Add the runbook’s rules' }).click();
  await expect(results.getByRole('rowheader', { name: /CPU critical/ })).toBeVisible();
  await finished(page, 4);
  await usable('alerts');

  // The log says what ran.
  await results.getByRole('tab', { name: 'Log' }).click();
  await expect(results.getByRole('region', { name: 'The run' })).toContainText('every request is simulated');
  await usable('the log');
});

test('lanes are hidden, pinned and moved, and stay so', async ({ page }) => {
  test.setTimeout(120_000);
  await openSmallScenario(page);
  const lanes = page.getByRole('group', { name: /^Lanes over time/ });
  const names = () => lanes.getByRole('heading').allInnerTexts();
  expect((await names()).slice(0, 2)).toEqual(['Demand', 'Replicas']);

  await page.keyboard.press('ControlOrMeta+k');
  await page.keyboard.type('hide the lane demand');
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await names())[0]).toBe('Replicas');

  await lanes.getByRole('button', { name: 'Replicas lane' }).focus();
  await page.keyboard.press('Alt+ArrowDown');
  await expect.poll(async () => (await names())[1]).toBe('Replicas');
  await lanes.getByRole('button', { name: 'Cost lane' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Pin to the top' }).click();
  await expect.poll(async () => (await names())[0]).toBe('Cost');

  // By its name a lane is dragged to the end.
  const label = lanes.getByRole('heading', { name: 'Replicas' });
  const from = await label.boundingBox();
  const area = await lanes.boundingBox();
  if (!from || !area) throw new Error('the lanes have no size');
  await page.mouse.move(from.x + 10, from.y + 5);
  await page.mouse.down();
  await page.mouse.move(from.x + 10, area.y + area.height - 4, { steps: 4 });
  await page.mouse.up();
  const order = await names();
  expect(order.indexOf('Replicas')).toBeGreaterThan(1);
  await expect.poll(() => new URL(page.url()).hash).toContain('cost*');

  await page.reload();
  await expect.poll(names).toEqual(order);
});

test('a service time is fitted to measurements, packed or pasted', async ({ page }) => {
  test.setTimeout(120_000);
  await openSmallScenario(page);
  await page.getByRole('button', { name: 'Fit from data…' }).click();
  const card = page.getByRole('dialog', { name: /Service time of web/ });
  const durations = Array.from({ length: 200 }, (_, i) => (-100 * Math.log((i + 0.5) / 200)).toFixed(2));
  const packed = gzipSync(`took_ms\n${durations.slice(0, 150).join('\n')}\n`);
  const file = card.getByLabel('or a file');
  await file.setInputFiles({ name: 'took.csv.gz', mimeType: 'application/gzip', buffer: packed });
  await expect(card.getByRole('table')).toContainText('150 durations');
  await file.setInputFiles({ name: 'cut.csv.gz', mimeType: 'application/gzip', buffer: packed.subarray(0, 60) });
  await expect(card.getByText(/damaged or cut off/)).toBeVisible();
  await card.getByLabel('Durations').fill(durations.join('\n'));
  await card.getByLabel('Unit').selectOption('ms');
  await expect(card.getByRole('row', { name: /exponential/ })).toBeVisible();
  expect(await barriers(page)).toEqual([]);
  await card.getByRole('radio', { name: 'exponential' }).check();
  await card.getByRole('button', { name: 'Use exponential' }).click();
  await expect(card).toBeHidden();
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  await expect(inspector.getByRole('textbox', { name: 'Service time mean' })).toHaveValue(/^(99|100)/);
  expect((await comparisonTable(page)).size).toBe(3);
});
