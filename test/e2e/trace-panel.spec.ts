import { barriers } from './accessibility.ts';
import { drop, smallScenario } from './files.ts';
import { expect, test } from './workbench.ts';

/** Half an hour of minutes: a row twice, one out of order, three missing; a counter beside the rate. */
const recording = (() => {
  const rows = Array.from({ length: 30 }, (_, i) => i)
    .filter((i) => i < 12 || i > 14)
    .map((i) => `2026-11-27 09:${String(i).padStart(2, '0')}:00,${20 + (i % 5)},${1200 * i},${0.3 + i / 100}`);
  return ['when,rate,hits_total,cpu', ...rows.slice(0, 5), rows[4], rows[6], rows[5], ...rows.slice(7), ''].join('\n');
})();

test('a trace is read as a person says: each thing at once, undone by a key, and written into the scenario', async ({
  page,
}) => {
  await page.goto('/');
  await expect(page.getByRole('main')).toBeVisible();
  // What runs beside it does not matter here.
  await drop(page, { ...smallScenario, content: smallScenario.content.replace('replications: 4', 'replications: 1') });
  await expect(page.getByRole('banner')).toContainText('small.yaml');
  await drop(page, { name: 'half-hour.csv', content: recording });
  const card = page.getByRole('dialog', { name: 'Trace half-hour.csv' });
  const quality = card.getByRole('region', { name: 'Quality' });
  const use = card.getByRole('button', { name: 'Use as demand' });
  await expect(card).toContainText('the file is refused');
  await expect(quality).toContainText('Same time1');
  await expect(use).toBeDisabled();

  await card.getByLabel('Rows out of order').selectOption('put in order');
  await card.getByLabel('Rows of one time').selectOption('the first');
  await expect(card.getByRole('img', { name: 'Demand over the trace' })).toBeVisible();
  await expect(quality).toContainText('Gaps3');
  await card.getByLabel('A gap becomes').selectOption('a line across');
  await expect(card).toContainText('filled');
  expect(await barriers(page)).toEqual([]);

  await card.getByLabel('Role of hits_total').selectOption('demand');
  await card.getByLabel('hits_total is a counter').check();
  await expect(card.getByRole('radio', { name: /All of it/ })).toBeVisible();
  await card.getByLabel('Role of cpu').selectOption('not used');
  await expect(card.getByLabel('Role of cpu')).toHaveValue('unused');
  await page.keyboard.press('ControlOrMeta+z');
  await expect(card.getByLabel('Role of cpu')).toHaveValue('cpu');
  await page.keyboard.press('ControlOrMeta+Shift+z');
  await expect(card.getByLabel('Role of cpu')).toHaveValue('unused');
  await card.getByRole('button', { name: 'Take back what was said about cpu' }).click();
  await expect(card.getByLabel('Role of cpu')).toHaveValue('cpu');
  await page.keyboard.press('ControlOrMeta+z');
  await expect(card.getByLabel('Role of cpu')).toHaveValue('unused');

  const zone = card.getByLabel('Time zone');
  await zone.fill('Nowhere');
  await zone.press('Enter');
  await expect(card.getByRole('alert')).toBeVisible();
  await zone.fill('+01:00');
  await zone.press('Enter');
  await expect(card).toContainText('2026-11-27T08:00:00Z');
  await card.getByLabel('Load').selectOption('closed: users who wait');
  await expect(card).toContainText('a closed loop');

  await use.click();
  await expect(card).toBeHidden();
  await page.getByRole('tab', { name: 'YAML' }).click();
  const text = page.locator('.yaml-editor');
  for (const said of ['hits_total', 'sort: true', 'duplicates: first', 'interpolate', '+01:00', 'load: closed'])
    await expect(text).toContainText(said);
});
