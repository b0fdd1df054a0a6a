import { drop, finished, openSmallScenario, smallScenario } from './files.ts';
import { expect, test } from './workbench.ts';

const redrawn = () => performance.getEntriesByName('preview drawn').length;

test('a slider: the charts follow at once by the fluid engine, marked, and the exact run replaces them', async ({
  page,
}, { annotations }) => {
  await openSmallScenario(page);
  await page.evaluate(() => {
    performance.clearMarks();
    // What came when: the edit, the preview and its end, as the page itself saw them.
    const seen: string[] = [];
    Object.assign(window, { seen });
    addEventListener('keydown', ({ timeStamp }) => performance.mark('key', { startTime: timeStamp }), true);
    const lanes = document.querySelector('.centre-lanes')!;
    new MutationObserver(() => seen.push(lanes.hasAttribute('data-approximate') ? 'preview' : 'exact')).observe(lanes, {
      attributeFilter: ['data-approximate'],
    });
  });
  const banner = page.getByRole('banner');
  await expect(banner).toContainText(/preview ≈ \d+ %/);
  const slider = page.getByRole('slider', { name: 'CPU target' });
  await slider.focus();
  for (let step = 0; step < 5; step++) {
    const before = await page.evaluate(redrawn);
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => page.evaluate(redrawn)).toBeGreaterThan(before);
    if (step === 0) await expect(banner).toContainText('≈ fluid preview');
  }
  const latencies = await page.evaluate(() => {
    const keys = performance.getEntriesByName('key').map(({ startTime }) => startTime);
    return performance
      .getEntriesByName('preview drawn')
      .map(({ startTime }) => startTime - Math.max(...keys.filter((key) => key < startTime)));
  });
  annotations.push({ type: 'slider to redrawn chart, ms', description: latencies.map(Math.round).join(' ') });
  await finished(page, 4);
  const seen = await page.evaluate(() => (window as unknown as { seen: string[] }).seen);
  expect(seen[0]).toBe('preview');
  expect(seen.at(-1)).toBe('exact');
  await expect(page.locator('.centre-lanes[data-approximate]')).toHaveCount(0);
});

test('what the fluid engine does not know is not previewed', async ({ page }) => {
  await page.goto('/');
  await drop(page, {
    name: 'shared.yaml',
    content: smallScenario.content.replace(
      '    concurrency: 2',
      '    concurrency: 2\n    discipline: processor-sharing',
    ),
  });
  await expect(page.getByRole('banner')).toContainText('shared.yaml');
  await finished(page, 4);
  await expect(page.getByRole('banner')).not.toContainText('preview');
});
