import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  answerRequest,
  isWorkbenchUrl,
  registerScheme,
  serveWorkbench,
  workbenchUrl,
} from '../../electron/app-protocol.ts';
import { protocol } from './electron-stub.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'headroom-app-'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html>');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ask = (url: string, method = 'GET') => answerRequest(folder, { url, method });

describe('app://', () => {
  it('serves the page, isolated and under the content security policy', async () => {
    const response = await ask(workbenchUrl);
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('<!doctype html>');
    expect(response.headers.get('Content-Type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('Cross-Origin-Opener-Policy')).toBe('same-origin');
    expect(response.headers.get('Cross-Origin-Embedder-Policy')).toBe('require-corp');
    expect(response.headers.get('Content-Security-Policy')).toContain("script-src 'self'");
  });

  it.each([
    ['app://another/index.html', 403],
    ['app://workbench.evil/index.html', 403],
    ['https://workbench/index.html', 403],
    ['not an address', 403],
    ['app://workbench/..%2f..%2fetc%2fpasswd', 400],
    ['app://workbench/%2e%2e%2fpackage.json', 400],
    ['app://workbench/../../etc/passwd', 404],
    ['app://workbench/missing.js', 404],
  ])('answers %s with %d', async (url, status) => {
    const response = await ask(url);
    expect(response.status).toBe(status);
    expect(response.headers.get('X-Content-Type-Options')).toBe('nosniff');
  });

  it('can only be read', async () => {
    expect((await ask(workbenchUrl, 'POST')).status).toBe(405);
    const head = await ask(workbenchUrl, 'HEAD');
    expect([head.status, await head.text()]).toEqual([200, '']);
  });

  it('is registered as a secure scheme that cannot pass the policy by', () => {
    registerScheme();
    const [[{ scheme, privileges }]] = protocol.registerSchemesAsPrivileged.mock.lastCall as [
      [{ scheme: string; privileges: Record<string, boolean> }],
    ];
    expect(scheme).toBe('app');
    expect(privileges).toMatchObject({ standard: true, secure: true });
    expect(privileges['bypassCSP'] ?? false).toBe(false);
    serveWorkbench(folder);
    expect(protocol.handle).toHaveBeenCalledWith('app', expect.any(Function));
  });
});

it.each([
  ['app://workbench/index.html', true],
  ['app://workbench/', true],
  ['app://workbench@evil/', false],
  ['app://user@workbench/', false],
  ['app://evil/app://workbench/', false],
  ['http://workbench/', false],
  ['', false],
])('%j is the workbench: %s', (url, expected) => {
  expect(isWorkbenchUrl(url)).toBe(expected);
});
