import { drop, exported, finished, smallScenario } from './files.ts';
import { expect, test } from './workbench.ts';

const rows = Array.from({ length: 30 }, (_, minute) => `2026-11-27T09:${String(minute).padStart(2, '0')}:00Z,40`);

const replayed = {
  name: 'replayed.yaml',
  content: smallScenario.content
    .replace('replications: 4', 'replications: 1')
    .replace(/ {2}- name: hpa[^]*/, '')
    .replace(
      '- sinusoid: {mean: 60/s, amplitude: 40/s, period: 10m}',
      '- trace: {file: traces/hour.csv, time: time, column: rps} # as recorded',
    ),
};

test('a spike over a trace: added, changed, wrong for a moment, moved, and undone', async ({ page }) => {
  await page.goto('/');
  await drop(page, { name: 'hour.csv', content: ['time,rps', ...rows].join('\n') });
  const card = page.getByRole('dialog', { name: /hour.csv/ });
  await card.getByRole('button', { name: 'Add to the demand' }).click();
  await drop(page, replayed);
  const highest = async () => {
    const { bytes } = await exported(page, /CSV, every policy/);
    const [head = '', ...lines] = bytes.toString().trim().split('\n');
    const column = head.split(',').findIndex((name) => /arrival/i.test(name));
    return Math.max(...lines.map((line) => Number(line.split(',')[column])));
  };

  const steps = page.getByRole('region', { name: 'Steps on hour.csv' });
  const add = async (name: RegExp) => {
    await steps.getByRole('button', { name: 'Add a step' }).click();
    await page.getByRole('menuitem', { name }).click();
  };
  await add(/^Spike/);
  await expect(steps.getByRole('img', { name: 'The trace after its steps' })).toBeVisible();
  const at = steps.getByRole('textbox', { name: 'At', exact: true });
  await at.fill('soon');
  await at.press('Enter');
  await expect(steps.getByRole('alert')).toContainText('is not a duration');
  await at.fill('10m');
  await at.press('Enter');
  await expect(steps.getByRole('alert')).toHaveCount(0);
  await finished(page, 1);
  expect(await highest()).toBeGreaterThan(60);

  await add(/^Scale/);
  await steps.getByRole('button', { name: 'Move Scale up' }).click();
  await expect(steps.getByRole('listitem')).toHaveText([/^1Scale/, /^2Spike/]);
  await expect(steps).toContainText('peak 96/s');
  await steps.getByRole('radio', { name: 'Before' }).click();
  await expect(steps).toContainText('peak 40/s');

  await page.getByRole('banner').click();
  for (let edit = 0; edit < 5; edit++) await page.keyboard.press('ControlOrMeta+z');
  await expect(steps.getByRole('listitem')).toHaveCount(0);
  await page.getByRole('tab', { name: 'YAML' }).click();
  await expect(page.getByRole('textbox', { name: /YAML/ })).toContainText('column: rps} # as recorded');
});
