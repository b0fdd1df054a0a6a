import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { colourOf, gutter, margin } from '../../sim-core/index.ts';
import { servePreview } from './chart-page.ts';
import type { ChartPages } from './chart-page.ts';

let pages: ChartPages;
beforeAll(async () => {
  pages = await servePreview();
}, 120_000);
afterAll(() => pages?.close());

const day = 86_400;
const plotWidth = 912 - gutter - margin;

interface View {
  readonly window: [number, number];
  readonly crosshair: number | null;
  readonly selection: [number, number] | null;
}

/** The page's state after the frame in which it may still change. */
async function viewOf(page: Page): Promise<View> {
  return page.evaluate(async () => {
    for (let i = 0; i < 3; i++) await new Promise(requestAnimationFrame);
    return (globalThis as unknown as { view: View }).view;
  });
}

/** Pointer position over the lanes at a share of the plots' width. */
async function over(page: Page, share: number, selector = '.lane-stage'): Promise<{ x: number; y: number }> {
  const box = (await page.locator(selector).boundingBox())!;
  return { x: box.x + gutter + share * plotWidth, y: box.y + box.height / 2 };
}

describe('the pointer', () => {
  let page: Page;
  beforeAll(async () => {
    page = await pages.open({ from: 0.4, to: 0.6 });
  });
  afterAll(() => page.close());

  test('moves one crosshair through all lanes, with every policy in each card', async () => {
    const at = await over(page, 0.5);
    await page.mouse.move(at.x, at.y);
    const { crosshair, window } = await viewOf(page);
    expect(crosshair).toBeCloseTo((window[0] + window[1]) / 2, -2);
    expect(await page.locator('.card').count()).toBe(6);
    expect(await page.locator('.card').nth(1).locator('.card-row').count()).toBe(4);
    expect(await page.locator('.time-pill').textContent()).toMatch(/^\d\d:\d\d:\d\d$/);
    await page.mouse.move(at.x, 5);
    expect((await viewOf(page)).crosshair).toBeNull();
  });

  test('zooms by wheel at the instant it points at', async () => {
    const before = (await viewOf(page)).window;
    const at = await over(page, 0.25);
    await page.mouse.move(at.x, at.y);
    await page.mouse.wheel(0, -200);
    const after = (await viewOf(page)).window;
    expect(after[1] - after[0]).toBeLessThan(before[1] - before[0]);
    const under = ([start, end]: [number, number]): number => start + 0.25 * (end - start);
    expect(under(after)).toBeCloseTo(under(before), -1);
  });

  test('pans by drag, as far as the pointer went', async () => {
    const before = (await viewOf(page)).window;
    const from = await over(page, 0.7);
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(from.x - plotWidth * 0.2, from.y, { steps: 4 });
    await page.mouse.up();
    const after = (await viewOf(page)).window;
    expect((after[0] - before[0]) / (before[1] - before[0])).toBeCloseTo(0.2, 2);
    expect(after[1] - after[0]).toBeCloseTo(before[1] - before[0], 6);
  });

  test('selects by drag with shift, and on the time axis without; a click clears', async () => {
    const from = await over(page, 0.2);
    const { window } = await viewOf(page);
    await page.keyboard.down('Shift');
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(from.x + plotWidth * 0.3, from.y, { steps: 4 });
    await page.mouse.up();
    await page.keyboard.up('Shift');
    const first = await viewOf(page);
    expect(first.window).toEqual(window);
    expect((first.selection![0] - window[0]) / (window[1] - window[0])).toBeCloseTo(0.2, 2);
    expect((first.selection![1] - window[0]) / (window[1] - window[0])).toBeCloseTo(0.5, 2);

    await page.mouse.click(from.x, from.y);
    expect((await viewOf(page)).selection).toBeNull();

    const axis = await over(page, 0.4, '.time-axis');
    await page.mouse.move(axis.x, axis.y);
    await page.mouse.down();
    await page.mouse.move(axis.x + plotWidth * 0.1, axis.y, { steps: 4 });
    await page.mouse.up();
    expect((await viewOf(page)).selection).not.toBeNull();
  });

  test('a double click fits the whole horizon', async () => {
    const at = await over(page, 0.5);
    await page.mouse.dblclick(at.x, at.y);
    expect((await viewOf(page)).window).toEqual([0, day]);
  });
});

test('a click on a triangle names the policy and the time of its decision', async () => {
  const page = await pages.open({ policies: 1, from: 0.55, to: 0.62 });
  const path = await page.locator('.lane-markings path').first().getAttribute('d');
  const [, x, y] = /^M([\d.]+) ([\d.]+)/.exec(path!)!;
  const box = (await page.locator('.lane').nth(1).boundingBox())!;
  await page.mouse.click(box.x + gutter + Number(x), box.y + 9 + Number(y) + 2);
  const clicked = await page.evaluate(
    () => (globalThis as unknown as { clicked: { policy: string; time: number } }).clicked,
  );
  expect(clicked.policy).toBe('live HPA');
  expect(clicked.time / day).toBeGreaterThan(0.55);
  expect(clicked.time / day).toBeLessThan(0.62);
  await page.close();
});

describe('the brush', () => {
  test('is moved, resized and drawn anew by drag', async () => {
    const page = await pages.open({ from: 0.4, to: 0.6 });
    const strip = await over(page, 0, '.overview-strip');
    const left = strip.x - gutter;
    const drag = async (from: number, to: number): Promise<[number, number]> => {
      await page.mouse.move(left + from * plotWidth, strip.y);
      await page.mouse.down();
      await page.mouse.move(left + to * plotWidth, strip.y, { steps: 4 });
      await page.mouse.up();
      const { window } = await viewOf(page);
      return [window[0] / day, window[1] / day];
    };
    const near = (found: [number, number], wanted: [number, number]): void =>
      found.forEach((share, i) => expect(share).toBeCloseTo(wanted[i]!, 1.5));
    near(await drag(0.5, 0.6), [0.5, 0.7]);
    near(await drag(0.5, 0.3), [0.3, 0.7]);
    near(await drag(0.7, 0.2), [0.2, 0.3]);
    near(await drag(0.8, 0.9), [0.8, 0.9]);
    await page.close();
  });

  test('and by keyboard, as sliders that say where they are', async () => {
    const page = await pages.open({ from: 0.25, to: 0.5 });
    const start = page.getByRole('slider', { name: 'Start of the window' });
    expect(await start.getAttribute('aria-valuetext')).toBe('06:00:00');
    await start.press('Home');
    expect((await viewOf(page)).window).toEqual([0, day / 2]);
    await page.getByRole('slider', { name: 'Window', exact: true }).press('End');
    expect((await viewOf(page)).window).toEqual([day / 2, day]);
    await page.close();
  });
});

test('keys pan, zoom and fit when the lanes have the focus', async () => {
  const page = await pages.open({ from: 0.4, to: 0.6, select: 0.45, until: 0.5 });
  await page.getByRole('group', { name: /^Lanes over time/ }).focus();
  await page.keyboard.press('d');
  expect((await viewOf(page)).window[0]).toBeCloseTo(0.425 * day, 3);
  await page.keyboard.press('f');
  expect((await viewOf(page)).window[0]).toBeCloseTo(0.448 * day, 3);
  await page.keyboard.press('0');
  expect((await viewOf(page)).window).toEqual([0, day]);
  await page.keyboard.press('Escape');
  expect((await viewOf(page)).selection).toBeNull();
  await page.close();
});

describe.each([
  { width: 912, height: 590 },
  { width: 560, height: 420 },
])('at $width × $height', (size) => {
  test.each(['light', 'dark'] as const)(
    '%s: every line is drawn in its colour, all text is whole, axe is content',
    async (theme) => {
      const page = await pages.open({ theme, from: 0, to: 1, at: 0.6 }, size);
      const drawn = await page.evaluate(() => {
        const canvas = document.querySelectorAll<HTMLCanvasElement>('.lane-picture canvas')[1]!;
        const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
        const found = new Set<string>();
        for (let i = 0; i < data.length; i += 4) {
          if (data[i + 3] === 255)
            found.add(`#${[0, 1, 2].map((k) => data[i + k]!.toString(16).padStart(2, '0')).join('')}`);
        }
        return [...found];
      });
      for (const slot of [0, 1, 2, 3]) expect(drawn).toContain(colourOf(slot, theme));

      const faults = await page.evaluate(() => {
        const root = document.querySelector('.time-lanes')!.getBoundingClientRect();
        const boxes = (selector: string): DOMRect[] =>
          [...document.querySelectorAll(selector)].map((item) => item.getBoundingClientRect());
        const found: string[] = [];
        const text =
          '.lane-label h3, .lane-label p, .lane-tick, .time-labels span, .time-pill, .overview-label *, .time-axis-label *, .lane-objective-label';
        for (const item of document.querySelectorAll(text)) {
          const box = item.getBoundingClientRect();
          if (box.left < root.left || box.right > root.right + 0.5) found.push(`outside: ${item.textContent}`);
          if (item.scrollWidth > item.clientWidth + 1 && item instanceof HTMLElement && item.clientWidth > 0) {
            found.push(`cut: ${item.textContent}`);
          }
        }
        const touching = (a: DOMRect, b: DOMRect): boolean =>
          a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
        const lanes = [...document.querySelectorAll('.lane')];
        for (const lane of lanes) {
          const bounds = lane.getBoundingClientRect();
          const ticks = [...lane.querySelectorAll('.lane-tick')];
          for (const tick of ticks) {
            const box = tick.getBoundingClientRect();
            if (box.top < bounds.top - 1 || box.bottom > bounds.bottom + 1)
              found.push(`leaves its lane: ${tick.textContent}`);
          }
          ticks.slice(1).forEach((tick, i) => {
            if (touching(tick.getBoundingClientRect(), ticks[i]!.getBoundingClientRect()))
              found.push(`ticks touch: ${tick.textContent}`);
          });
          const name = document.createRange();
          name.selectNodeContents(lane.querySelector('h3')!);
          for (const tick of ticks) {
            if (touching(tick.getBoundingClientRect(), name.getBoundingClientRect()))
              found.push(`on the name: ${tick.textContent}`);
          }
        }
        const cards = boxes('.card');
        cards.forEach((card, i) => {
          if (card.left < root.left || card.right > root.right) found.push(`card ${i} leaves`);
          if (i > 0 && touching(card, cards[i - 1]!)) found.push(`cards ${i - 1} and ${i} touch`);
        });
        return found;
      });
      expect(faults).toEqual([]);

      const { violations } = await new AxeBuilder({ page }).include('#root').analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
      await page.close();
    },
  );
});

test('every lane is an image with a summary in words', async () => {
  const page = await pages.open({ from: 0, to: 1, gap: 1 });
  const names = await page
    .locator('.lane [role=img]')
    .evaluateAll((items) => items.map((item) => item.getAttribute('aria-label')));
  expect(names).toHaveLength(6);
  expect(names[1]).toMatch(/^Replicas, ready\. live HPA: \d+ to \d+; HPA 60 %, 120 s: /);
  await page.close();
});

test('a window without data says so', async () => {
  const page = await pages.open({ gap: 1, from: 0.51, to: 0.55 });
  expect(await page.locator('.lane-empty').allTextContents()).toContain('No request completed in this window.');
  await page.close();
});

test('models, pairs and table twin', async () => {
  const models = await pages.open({ show: 'models', from: 0, to: 1 }, { width: 900, height: 260 });
  expect(await models.locator('.chart-legend span').allTextContents()).toEqual(['Simulated', 'No steady state']);
  await models.close();
  const pairs = await pages.open({ show: 'scatter' }, { width: 420, height: 380 });
  expect(await pairs.getByRole('img').getAttribute('aria-label')).toMatch(
    /^Simulated wait against Predicted wait\. M\/M\/c: \d+ pairs/,
  );
  await pairs.close();
  const table = await pages.open({ show: 'table' });
  expect(
    await table
      .getByRole('table', { name: /^Replicas, ready/ })
      .getByRole('row')
      .count(),
  ).toBeGreaterThan(100);
  expect(await table.getByRole('columnheader').allTextContents()).toEqual([
    'Time (UTC)',
    'live HPA, ready',
    'HPA 60 %, 120 s, ready',
    'target tracking, ready',
    'predictive M/G/c, ready',
  ]);
  await table.close();
});

test('a lane turns into its table twin and back, by keyboard', async () => {
  const page = await pages.open({ from: 0.4, to: 0.6 });
  const before = (await viewOf(page)).window;
  await page.getByRole('button', { name: 'Replicas as a table' }).press('Enter');
  const panel = page.getByRole('region', { name: 'Replicas as a table' });
  expect(await panel.getByRole('row').count()).toBeGreaterThan(100);
  const { violations } = await new AxeBuilder({ page }).include('#root').analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  await page.keyboard.press('d');
  await page.keyboard.press('Escape');
  expect(await panel.count()).toBe(0);
  expect((await viewOf(page)).window).toEqual(before);
  await page.close();
});

test('lanes that went and came back still follow the pointer', async () => {
  const page = await pages.open({ from: 0.4, to: 0.6 });
  const toggle = (shown: boolean): Promise<void> =>
    page.evaluate((value) => (globalThis as unknown as { showLanes(shown: boolean): void }).showLanes(value), shown);
  await toggle(false);
  await page.getByText('Nothing to show yet').waitFor();
  await toggle(true);
  await page.waitForSelector('.lane canvas');
  const at = await over(page, 0.5);
  await page.mouse.move(at.x, at.y);
  await page.mouse.wheel(0, -200);
  const { window } = await viewOf(page);
  expect(window[1] - window[0]).toBeLessThan(0.19 * day);
  await page.close();
});
