import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answer, namesOf } from '../../electron/renderer-files.mjs';

let parent: string;
let folder: string;

beforeAll(() => {
  parent = mkdtempSync(join(tmpdir(), 'headroom-site-'));
  folder = join(parent, 'renderer');
  mkdirSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Headroom</title>');
  writeFileSync(join(folder, 'assets', 'app-1234.js'), 'export {};');
  writeFileSync(join(folder, '.secret'), 'hidden');
  writeFileSync(join(parent, 'outside.txt'), 'outside');
  mkdirSync(join(parent, 'renderer-of-another'));
  writeFileSync(join(parent, 'renderer-of-another', 'index.html'), 'outside');
  symlinkSync(join(parent, 'outside.txt'), join(folder, 'link.txt'));
});
afterAll(() => rmSync(parent, { recursive: true, force: true }));

describe('what answers a path', () => {
  it('is the page at the root', async () => {
    const { status, headers, body } = await answer(folder, '/');
    expect(status).toBe(200);
    expect(headers['Content-Type']).toBe('text/html; charset=utf-8');
    expect(headers['Cache-Control']).toBe('no-cache');
    expect(new TextDecoder().decode(body)).toContain('<title>Headroom</title>');
  });

  it('is a file below it, kept for good when its name carries a hash', async () => {
    const { status, headers } = await answer(folder, '/assets/app-1234.js');
    expect(status).toBe(200);
    expect(headers['Content-Type']).toBe('text/javascript; charset=utf-8');
    expect(headers['Cache-Control']).toContain('immutable');
  });

  it.each([
    '/../outside.txt',
    '/..%2foutside.txt',
    '/%2e%2e/outside.txt',
    '/%2e%2e%2foutside.txt',
    '/assets/../../outside.txt',
    '/..%5coutside.txt',
    '/assets/..%2f..%2foutside.txt',
    '/../renderer-of-another/index.html',
    '//etc/passwd',
    '/.secret',
    '/assets/',
    '/index.html%00.js',
    '/%',
    '/c:/windows/win.ini',
    'index.html',
    '',
  ])('is nothing for %j', async (pathname) => {
    expect(namesOf(pathname)).toBeNull();
    expect((await answer(folder, pathname)).status).toBe(400);
  });

  it.each(['/missing.js', '/assets', '/link.txt'])('is a 404 for %j', async (pathname) => {
    expect((await answer(folder, pathname)).status).toBe(404);
  });

  it.each(['/', '/missing.js', '/../x'])('carries the safeguards, for %j too', async (pathname) => {
    const { headers } = await answer(folder, pathname);
    expect(headers['Cross-Origin-Opener-Policy']).toBe('same-origin');
    expect(headers['Cross-Origin-Embedder-Policy']).toBe('require-corp');
    expect(headers['X-Content-Type-Options']).toBe('nosniff');
    const policy = headers['Content-Security-Policy']?.split('; ') ?? [];
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval'");
    expect(policy).toContain("connect-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy.join('; ')).not.toMatch(/'unsafe-eval|script-src[^;]*unsafe-inline|\*|https?:/);
  });
});
