import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { barriers } from './accessibility.ts';
import { expect, test } from './workbench.ts';

/** Answers as Prometheus does: `up` has a value at every instant, `slow` never answers, everything else is no PromQL. */
function prometheus(asked: string[]): Server {
  return createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
    const query = searchParams.get('query') ?? '';
    asked.push(`${request.method} ${pathname} ${query} ${request.headers.authorization ?? ''}`.trim());
    if (query === 'slow') return;
    if (query !== 'up') {
      response.writeHead(400);
      response.end(JSON.stringify({ status: 'error', errorType: 'bad_data', error: `parse error: "${query}"` }));
      return;
    }
    const [start, end, step] = ['start', 'end', 'step'].map((name) => Number(searchParams.get(name))) as [
      number,
      number,
      number,
    ];
    const values = Array.from({ length: Math.floor((end - start) / step) + 1 }, (_, index) => [
      start + index * step,
      '5',
    ]);
    response.end(
      JSON.stringify({ status: 'success', data: { resultType: 'matrix', result: [{ metric: {}, values }] } }),
    );
  });
}

test.describe('1024 × 700, by keyboard', () => {
  test.use({ viewport: { width: 1024, height: 700 }, colorScheme: 'dark' });

  test('a trace from Prometheus: asked on Fetch alone, errors beside the field, then as a dropped file', async ({
    page,
    complaints,
  }) => {
    const asked: string[] = [];
    const server = prometheus(asked);
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const outside: string[] = [];
    page.on('request', (request) => request.url().startsWith(address) && outside.push(request.url()));
    try {
      await page.goto('/');
      await expect(page.getByRole('main')).toBeVisible();
      // The example's run, which would take every core meanwhile.
      await page.getByRole('button', { name: 'Cancel the run' }).click();
      await page.keyboard.press('ControlOrMeta+k');
      await page.keyboard.type('trace from prometheus');
      await page.keyboard.press('Enter');
      const dialog = page.getByRole('dialog', { name: 'Trace from Prometheus' });
      await expect(dialog.getByLabel('Address')).toBeVisible();
      await dialog.getByLabel('Address').fill(address);
      await dialog.getByLabel('Authorization').fill('Bearer secret');
      await dialog.getByLabel('Name').fill('requests_per_second');
      await dialog.getByRole('textbox', { name: 'Expression' }).fill('up(');
      expect(asked).toEqual([]);

      await page.keyboard.press('Enter');
      const expression = dialog.getByRole('textbox', { name: 'Expression' });
      await expect(expression).toHaveAccessibleDescription(/Prometheus answered bad_data: parse error: "up\("/);
      expect(await barriers(page)).toEqual([]);

      await expression.fill('slow');
      await page.keyboard.press('Enter');
      await expect(dialog.getByRole('progressbar', { name: 'Fetching' })).toBeVisible();
      await expect.poll(() => asked.length).toBe(2);
      await dialog.getByRole('button', { name: 'Cancel' }).click();
      await expect(dialog.getByRole('button', { name: 'Fetch' })).toBeEnabled();
      // A request that was given up is what a cancel leaves behind.
      await expect.poll(() => complaints.join()).toMatch(/ERR_ABORTED/);
      complaints.length = 0;

      await expression.fill('up');
      await page.keyboard.press('Enter');
      const card = page.getByRole('dialog', { name: /^Trace prometheus-\d{4}-\d\d-\d\d\.json$/ });
      await expect(card).toContainText('1,441 of 1,441 rows');
      await expect(dialog).toBeHidden();
      expect(asked.at(-1)).toBe('GET /api/v1/query_range up Bearer secret');
      expect([asked.length, outside]).toEqual([3, []]);

      const kept = await page.evaluate(() => JSON.stringify({ ...localStorage }));
      expect(kept).toContain(address);
      expect(kept).not.toContain('secret');
    } finally {
      server.close();
      server.closeAllConnections();
    }
  });
});
