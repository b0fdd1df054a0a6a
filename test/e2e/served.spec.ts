import { expect, test } from './workbench.ts';

test.describe('the page as it is served', () => {
  test('is isolated, and nothing but its own files is loaded', async ({ page, address }) => {
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    const response = await page.goto('/');
    expect(response?.headers()['content-security-policy']).toContain("default-src 'none'");
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    await expect(page.locator('#root')).not.toBeEmpty();
    expect(
      asked.filter((url) => !url.startsWith(address) && !url.startsWith('blob:') && !url.startsWith('data:')),
    ).toEqual([]);
  });

  test('runs no code but that of the build', async ({ page, complaints }) => {
    await page.goto('/');
    const outcome = await page.evaluate(async () => {
      const script = document.createElement('script');
      script.textContent = 'document.title = "planted"';
      document.head.append(script);
      const reached = await fetch('https://example.com/').then(
        () => true,
        () => false,
      );
      return { title: document.title, reached };
    });
    expect(outcome).toEqual({ title: expect.not.stringContaining('planted'), reached: false });
    // The refusals are what was wanted here.
    expect(complaints.length).toBeGreaterThan(0);
    complaints.length = 0;
  });

  test('cannot be framed by another page', async ({ page, address, complaints }) => {
    await page.setContent(`<iframe src="${address}"></iframe>`);
    await expect.poll(() => complaints.join('\n')).toMatch(/frame-ancestors|ERR_BLOCKED_BY_RESPONSE/);
    complaints.length = 0;
  });
});
