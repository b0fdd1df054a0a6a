import { comparisonTable, drop, exported, finished, longScenario, openSmallScenario, smallScenario } from './files.ts';
import { expect, test } from './workbench.ts';

const flowSizes = [
  { viewport: { width: 1440, height: 900 }, colorScheme: 'light' },
  { viewport: { width: 1024, height: 700 }, colorScheme: 'dark' },
] as const;

/** Ten-second counts of half an hour: quiet, then a rush. */
const traceCsv = (() => {
  const rows = Array.from({ length: 180 }, (_, i) => {
    const time = new Date(Date.UTC(2026, 10, 27, 9, 0, i * 10)).toISOString();
    return `${time},${i < 90 ? 300 : 900}`;
  });
  return `timestamp,requests\n${rows.join('\n')}\n`;
})();

const hpaManifest = `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: from-cluster}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  minReplicas: 3
  maxReplicas: 12
  metrics:
    - type: Resource
      resource: {name: cpu, target: {type: Utilization, averageUtilization: 75}}
`;

for (const { viewport, colorScheme } of flowSizes) {
  test.describe(`${viewport.width} × ${viewport.height}, ${colorScheme}`, () => {
    test.use({ viewport, colorScheme });
    test.setTimeout(240_000);

    test('a run: from a dropped scenario to numbers with intervals; the same again is the same', async ({ page }) => {
      await openSmallScenario(page);
      const first = await comparisonTable(page);
      expect([...first.keys()]).toEqual(['fixed', 'hpa', 'predictive']);
      expect([...first.values()].flat().join(' ')).toMatch(/\d ± \d/);
      await page.getByRole('banner').getByRole('button', { name: /^Run/ }).click();
      await finished(page, 4);
      expect(await comparisonTable(page)).toEqual(first);
    });

    test('a cancel: at once, and what was finished stays', async ({ page }) => {
      await page.goto('/');
      await drop(page, longScenario);
      await expect(page.getByRole('banner')).toContainText('long.yaml');
      const progress = page.getByRole('progressbar', { name: 'Run' });
      await expect(progress).toBeVisible();
      await expect(page.getByRole('table').filter({ hasText: 'predictive' })).toBeVisible({ timeout: 150_000 });
      await page.getByRole('button', { name: 'Cancel the run' }).click();
      await expect(progress).toBeHidden({ timeout: 2000 });
      await expect(page.getByRole('banner')).toContainText(/Stopped after \d+ of 50 replications/);
      expect((await comparisonTable(page)).size).toBe(3);

      // The next run is not held up by the one that was stopped; the key cancels as well.
      await page.getByRole('banner').getByRole('button', { name: /^Run/ }).click();
      await expect(progress).toBeVisible();
      await page.keyboard.press('Escape');
      await expect(progress).toBeHidden({ timeout: 2000 });
      await drop(page, smallScenario);
      await finished(page, 4);
    });

    test('a drop: a trace is shown as understood, then becomes the demand', async ({ page }) => {
      await openSmallScenario(page);
      await drop(page, { name: 'rush.csv', content: traceCsv });
      const card = page.getByRole('dialog', { name: 'Trace rush.csv' });
      await expect(card).toContainText('180 of 180 rows');
      await expect(card.getByRole('region', { name: 'Quality' })).toContainText('Gaps0');
      await card.getByRole('button', { name: 'Use as demand' }).click();
      await expect(card).toBeHidden();
      await expect(page.getByRole('banner').getByLabel('edited')).toBeVisible();
      await finished(page, 4);
      await page.getByRole('tab', { name: 'YAML' }).click();
      await expect(page.locator('.yaml-editor')).toContainText('rush.csv');

      await drop(page, { name: 'hpa.yaml', content: hpaManifest });
      await expect(page.getByText(/from-cluster joined the comparison/).first()).toBeVisible();
      await finished(page, 4);
      await expect.poll(async () => [...(await comparisonTable(page)).keys()]).toContain('from-cluster');
    });

    test('an export: pictures and tables of what is shown', async ({ page }) => {
      await openSmallScenario(page);
      const csv = await exported(page, /^Comparison CSV/);
      expect(csv.name).toMatch(/\.csv$/);
      expect(csv.bytes.toString('utf8')).toContain('predictive');
      const svg = await exported(page, /^Chart SVG/);
      expect(svg.bytes.toString('utf8')).toMatch(/^(<\?xml[^>]*>\s*)?<svg /);
      const png = await exported(page, /^Chart PNG/);
      expect([...png.bytes.subarray(0, 4)]).toEqual([0x89, 0x50, 0x4e, 0x47]);
      expect(png.bytes.length).toBeGreaterThan(10_000);
      const yaml = await exported(page, /^Scenario/);
      expect(yaml.bytes.toString('utf8')).toBe(smallScenario.content);
    });
  });
}

test.describe('what goes wrong', () => {
  test.setTimeout(240_000);

  test('a file that is nothing Headroom reads is refused in one sentence, and nothing is lost', async ({ page }) => {
    await openSmallScenario(page);
    const before = await comparisonTable(page);
    await drop(page, { name: 'photo.png', content: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13] });
    await expect(page.getByText(/photo\.png/).first()).toBeVisible();
    await drop(page, { name: 'empty.csv', content: '' });
    await expect(page.getByText(/empty\.csv/).first()).toBeVisible();
    await expect(page.getByRole('banner')).toContainText('small.yaml');
    expect(await comparisonTable(page)).toEqual(before);
  });

  test('an error stands where it was typed, the results stay, and the text survives a reload', async ({ page }) => {
    await openSmallScenario(page);
    await page.getByRole('tab', { name: 'YAML' }).click();
    await page.locator('.cm-content').click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('repliactions: 3');
    await expect(page.getByRole('banner')).toContainText('1 error in the scenario');
    await expect(page.getByLabel('What is wrong')).toContainText('replications');
    expect((await comparisonTable(page)).size).toBe(3);
    // The workspace keeps itself a moment after the last key.
    await page.waitForTimeout(1000);
    await page.reload();
    await expect(page.getByRole('banner')).toContainText('small.yaml');
    await expect(page.getByRole('banner')).toContainText('1 error in the scenario');
    await page.getByRole('tab', { name: 'YAML' }).click();
    await expect(page.locator('.cm-content')).toContainText('repliactions: 3');
  });
});
