import { readFileSync } from 'node:fs';
import type { Download, Page } from '@playwright/test';
import { expect } from './workbench.ts';

/** Small enough for seconds: half an hour, three policies that differ, four replications. */
export const smallScenario = {
  name: 'small.yaml',
  content: `schema: headroom/v1
name: Half an hour
start: 2026-11-27T09:00:00Z
horizon: 30m
warmup: 2m
seed: small
replications: 4
workload:
  sum:
    - sinusoid: {mean: 60/s, amplitude: 40/s, period: 10m}
services:
  web:
    serviceTime: {lognormal: {p50: 80ms, p95: 250ms}}
    concurrency: 2
    queue: {capacity: 500, timeout: 5s, retry: {max: 1, backoff: 500ms}}
    replicas: {initial: 4, startup: 20s}
slo: {p95: 500ms}
cost: {perReplicaHour: 0.12, currency: USD}
policies:
  - name: fixed
    controller: {static: {replicas: 6}}
  - name: hpa
    controller:
      hpa:
        minReplicas: 2
        maxReplicas: 20
        metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 60}}}]
  - name: predictive
    controller: {predictive: {forecast: {ewma: {halfLife: 1m}}, model: mgc, horizon: 1m, minReplicas: 2, maxReplicas: 20}}
compare: {baseline: fixed}
`,
};

/** The same, but for days and with many replications: it cannot end before it is cancelled. */
export const longScenario = {
  name: 'long.yaml',
  content: smallScenario.content
    .replace('name: Half an hour', 'name: A day')
    .replace('horizon: 30m', 'horizon: 1d')
    .replace('replications: 4', 'replications: 50'),
};

export interface DroppedFile {
  readonly name: string;
  readonly content: string | readonly number[];
}

/** Drops files on the middle of the window, as a person would. */
export async function drop(page: Page, ...files: readonly DroppedFile[]): Promise<void> {
  const transfer = await page.evaluateHandle((dropped) => {
    const data = new DataTransfer();
    for (const { name, content } of dropped) {
      data.items.add(new File([typeof content === 'string' ? content : new Uint8Array(content)], name));
    }
    return data;
  }, files);
  await page.dispatchEvent('main', 'dragenter', { dataTransfer: transfer });
  await page.dispatchEvent('main', 'drop', { dataTransfer: transfer });
  await transfer.dispose();
}

/** Waits until every replication is in. */
export async function finished(page: Page, replications: number): Promise<void> {
  await expect(page.getByRole('banner')).toContainText(new RegExp(`(^|\\D)${replications} replications`), {
    timeout: 180_000,
  });
  await expect(page.getByRole('progressbar', { name: 'Run' })).toBeHidden({ timeout: 180_000 });
}

/** Opens the small scenario in place of the example, and waits for its numbers. */
export async function openSmallScenario(page: Page): Promise<void> {
  await page.goto('/');
  await expect(page.getByRole('main')).toBeVisible();
  await drop(page, smallScenario);
  await expect(page.getByRole('banner')).toContainText('small.yaml');
  await finished(page, 4);
}

/** Chooses an entry of the export menu by its words, and gives what was downloaded. */
export async function exported(page: Page, entry: RegExp): Promise<{ name: string; bytes: Buffer }> {
  await page.getByRole('button', { name: 'Export' }).click();
  const [download]: [Download, void] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: entry }).click(),
  ]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

/** The comparison as it stands in the table: policy → cells, as a person reads them. */
export async function comparisonTable(page: Page): Promise<Map<string, readonly string[]>> {
  const rows = page
    .getByRole('table')
    .filter({ hasText: 'Policy' })
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader') });
  const found = new Map<string, readonly string[]>();
  for (const row of await rows.all()) {
    const name = await row.getByRole('rowheader').getByRole('button').innerText();
    found.set(name.trim(), await row.getByRole('cell').allInnerTexts());
  }
  return found;
}
