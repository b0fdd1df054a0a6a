/**
 * The workbench in a browser: from a slider to the redrawn chart, frames while panning and zooming over 10⁵ rows, and
 * how soon an exact run ends that is cancelled. `npm run bench -- app`
 */
import type { Page } from '@playwright/test';
import { median } from './support/median.ts';
import { dropScenario, withWorkbench, type Cancels } from './support/workbench-page.ts';

const scenario = (name: string, horizon: string, more: string) => `
schema: headroom/v1
name: ${name}
horizon: ${horizon}
recordingInterval: 1m
seed: 1
workload: {sum: [{sinusoid: {mean: 100/s, amplitude: 60%, period: 24h}}]}
services:
  web:
    serviceTime: {lognormal: {mean: 80ms, scv: 1}}
    queue: {timeout: 10s}
    replicas: {initial: 16, startup: 60s}
slo: {p95: 500ms}
policies:
  - name: hpa
    controller:
      hpa:
        minReplicas: 4
        maxReplicas: 60
        metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 70}}}]
${more}`;

const milliseconds = (values: readonly number[]): string => {
  const sorted = [...values].sort((a, b) => a - b);
  return `median ${median(values).toFixed(0)} ms, ${sorted[0]!.toFixed(0)} to ${sorted.at(-1)!.toFixed(0)} ms`;
};

/** ms from each of eleven presses of a key on a slider to the chart of its preview, a day under an HPA. */
async function measureSlider(page: Page): Promise<void> {
  await dropScenario(page, 'day.yaml', scenario('A day', '24h', 'replications: 1'));
  const slider = page.getByRole('slider', { name: 'CPU target' });
  await slider.waitFor();
  await page.getByRole('progressbar', { name: 'Run' }).waitFor({ state: 'hidden', timeout: 120_000 });
  await page.evaluate(() => {
    performance.clearMarks();
    addEventListener('keydown', ({ timeStamp }) => performance.mark('key', { startTime: timeStamp }), true);
  });
  await slider.focus();
  for (let press = 1; press <= 11; press++) {
    await page.keyboard.press('ArrowRight');
    await page.waitForFunction((count) => performance.getEntriesByName('preview drawn').length >= count, press);
  }
  const [first, ...others] = await page.evaluate(() => {
    const keys = performance.getEntriesByName('key').map(({ startTime }) => startTime);
    return performance
      .getEntriesByName('preview drawn')
      .map(({ startTime }) => startTime - Math.max(...keys.filter((key) => key < startTime)));
  });
  console.log(
    `slider to redrawn chart, a day under an HPA: ${milliseconds(others)}; the first ${first!.toFixed(0)} ms`,
  );
}

/** Frames of two seconds each while a wheel pans and zooms the lanes of 10⁵ rows. */
async function measureFrames(page: Page): Promise<void> {
  await dropScenario(page, 'season.yaml', scenario('Seventy days', '70d', 'engine: fluid\nreplications: 1'));
  await page.getByRole('progressbar', { name: 'Run' }).waitFor({ state: 'hidden', timeout: 120_000 });
  const lanes = page.locator('.centre-lanes');
  await page.locator('.lane-picture').first().waitFor({ state: 'attached' });
  for (const gesture of ['pan', 'zoom'] as const) {
    const { intervals, work } = await lanes.evaluate(async (stack, kind) => {
      const box = stack.getBoundingClientRect();
      const lane = stack.querySelector('.lane-picture')!;
      const turn = (frame: number): WheelEventInit =>
        kind === 'pan' ? { deltaX: frame % 60 < 30 ? 20 : -20 } : { deltaY: frame % 60 < 30 ? -60 : 60, ctrlKey: true };
      const send = (init: WheelEventInit) =>
        lane.dispatchEvent(
          new WheelEvent('wheel', {
            clientX: box.left + box.width / 2,
            clientY: box.top + 40,
            bubbles: true,
            cancelable: true,
            ...init,
          }),
        );
      const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
      // Panning needs something beyond the edges; a third of the rows stays in sight.
      for (let i = 0; i < 2; i++) {
        send({ deltaY: -60, ctrlKey: true });
        await frame();
      }
      const found = { intervals: [] as number[], work: [] as number[] };
      let before = await frame();
      for (let i = 0; i < 120; i++) {
        const start = performance.now();
        send(turn(i));
        const now = await frame();
        // What the page has to do for this frame is behind the next task.
        await new Promise((resolve) => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = resolve;
          port2.postMessage(null);
        });
        found.work.push(performance.now() - Math.max(start, now));
        found.intervals.push(now - before);
        before = now;
      }
      return found;
    }, gesture);
    const slow = intervals.filter((interval) => interval > 17.5).length;
    console.log(
      `${gesture} over 100,800 rows: a frame every ${median(intervals).toFixed(1)} ms (${slow} of 120 later than 17.5 ms), the page's share of it ${milliseconds(work)}`,
    );
  }
}

/** ms from the key to the last worker's answer, ten runs of days of requests. */
async function measureCancel(page: Page): Promise<void> {
  await dropScenario(page, 'days.yaml', scenario('Days', '10d', 'replications: 20'));
  const progress = page.getByRole('progressbar', { name: 'Run' });
  const latencies: number[] = [];
  for (let round = 0; round < 10; round++) {
    if (round > 0) await page.getByRole('banner').getByRole('button', { name: /^Run/ }).click();
    await progress.waitFor();
    await page.waitForTimeout(600);
    const before = await page.evaluate(() => (globalThis as unknown as { cancels: Cancels }).cancels.asked.length);
    await page.keyboard.press('Escape');
    await progress.waitFor({ state: 'hidden' });
    await page.waitForTimeout(400);
    const cancels = await page.evaluate(() => (globalThis as unknown as { cancels: Cancels }).cancels);
    const asked = cancels.asked[before]!;
    latencies.push(Math.max(...cancels.answered.filter((time) => time >= asked).map((time) => time - asked)));
  }
  console.log(`cancel of an exact run, to the last worker's answer: ${milliseconds(latencies)}`);
}

const there = await withWorkbench(async (page) => {
  await measureSlider(page);
  await measureFrames(page);
  await measureCancel(page);
});
if (!there) console.log('no Chromium here: nothing measured (CHROMIUM names one)');
