import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium } from '@playwright/test';
import type { Browser, Page } from '@playwright/test';
import { build } from 'vite';
import preview from './preview/vite.config.ts';
import { findChromium } from '../../tools/chromium.mjs';

/** The preview page of the charts, built in memory and open in this machine's Chromium. */
export interface ChartPages {
  /** @param parameters of the preview, see preview.tsx */
  open(parameters: Record<string, string | number>, size?: { width: number; height: number }): Promise<Page>;
  close(): Promise<void>;
}

const types: Record<string, string> = {
  html: 'text/html',
  js: 'text/javascript',
  css: 'text/css',
  woff2: 'font/woff2',
};

export async function servePreview(): Promise<ChartPages> {
  const executablePath = findChromium();
  if (executablePath === null) throw new Error('No Chromium found: install one, or name it in the variable CHROMIUM.');
  const built = await build({
    ...preview,
    configFile: false,
    logLevel: 'error',
    build: { write: false, minify: false, chunkSizeWarningLimit: 10_000 },
  });
  if (Array.isArray(built) || !('output' in built)) throw new Error('The preview has one output.');
  const files = new Map<string, string | Uint8Array>();
  for (const file of built.output) files.set(`/${file.fileName}`, file.type === 'chunk' ? file.code : file.source);
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://preview');
    const body = files.get(pathname === '/' ? '/index.html' : pathname);
    response.writeHead(body === undefined ? 404 : 200, {
      'content-type': types[(pathname.split('.')[1] ?? 'html').toLowerCase()] ?? types.html!,
    });
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const browser: Browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  return {
    async open(parameters, size = { width: 912, height: 590 }) {
      const context = await browser.newContext({ viewport: size });
      const page = await context.newPage();
      page.on('pageerror', (error) => {
        throw error;
      });
      const query = new URLSearchParams(
        Object.entries({ ...parameters, ...size }).map(([key, value]) => [key, String(value)]),
      );
      await page.goto(`http://127.0.0.1:${port}/?${query}`);
      await page.waitForSelector('canvas, table');
      await page.evaluate(() => document.fonts.ready);
      return page;
    },
    async close() {
      await browser.close();
      server.close();
    },
  };
}
