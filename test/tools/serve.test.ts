import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serve } from '../../tools/serve.mjs';

let parent: string;
let server: Awaited<ReturnType<typeof serve>>;
let port: string;

beforeAll(async () => {
  parent = mkdtempSync(join(tmpdir(), 'headroom-serve-'));
  const folder = join(parent, 'renderer');
  mkdirSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Headroom</title>');
  writeFileSync(join(parent, 'package.json'), '{}');
  server = await serve({ folder, port: 0 });
  port = new URL(server.url).port;
});
afterAll(async () => {
  await server.close();
  rmSync(parent, { recursive: true, force: true });
});

/** By hand, because fetch neither sends another Host nor a path as it stands. */
function ask(path: string, { method = 'GET', host = `127.0.0.1:${port}` } = {}) {
  return new Promise<{ status: number; headers: Record<string, unknown>; body: string }>((done, fail) => {
    const asked = request({ host: '127.0.0.1', port, path, method, headers: { Host: host } }, (response) => {
      let body = '';
      response.on('data', (chunk) => (body += String(chunk)));
      response.on('end', () => done({ status: response.statusCode ?? 0, headers: response.headers, body }));
    });
    asked.on('error', fail);
    asked.end();
  });
}

describe('the loopback server', () => {
  it('listens on this machine only, on a free port', () => {
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
  });

  it('serves the page, isolated', async () => {
    const { status, headers, body } = await ask('/');
    expect([status, body]).toEqual([200, '<!doctype html><title>Headroom</title>']);
    expect(headers['cross-origin-opener-policy']).toBe('same-origin');
    expect(headers['cross-origin-embedder-policy']).toBe('require-corp');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['content-security-policy']).toContain("default-src 'none'");
  });

  it.each(['evil.example', 'evil.example:80', '127.0.0.1.evil.example', '127.0.0.1', 'localhost:1'])(
    'refuses a page that calls it %s',
    async (host) => {
      const { status, body } = await ask('/', { host });
      expect(status).toBe(403);
      expect(body).not.toContain('<title>');
    },
  );

  it('answers to localhost as well', async () => {
    expect((await ask('/', { host: `localhost:${port}` })).status).toBe(200);
  });

  it.each([
    ['/../package.json', 400],
    ['/..%2fpackage.json', 400],
    ['/%2e%2e/package.json', 400],
    ['//evil.example/index.html', 400],
    ['http://evil.example/index.html', 400],
    ['/package.json', 404],
    ['/index.html?x=/../../etc/passwd', 200],
  ])('answers %s with %d', async (path, status) => {
    const answered = await ask(path);
    expect(answered.status).toBe(status);
    expect(answered.headers['x-content-type-options']).toBe('nosniff');
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE'])('refuses %s', async (method) => {
    const { status, headers } = await ask('/', { method });
    expect([status, headers['allow']]).toEqual([405, 'GET, HEAD']);
  });

  it('answers HEAD without a body', async () => {
    const { status, headers, body } = await ask('/', { method: 'HEAD' });
    expect([status, headers['content-length'], body]).toEqual([200, '38', '']);
  });

  it('takes another port when the one it likes is taken, and says which', async () => {
    const folder = join(parent, 'renderer');
    const [one, two] = [await serve({ folder }), await serve({ folder })];
    expect(one.url).not.toBe(two.url);
    await Promise.all([one.close(), two.close()]);
  });
});
