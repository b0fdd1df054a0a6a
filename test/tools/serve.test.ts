import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
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
function ask(
  path: string,
  { method = 'GET', host = `127.0.0.1:${port}`, headers = {} as Record<string, string> } = {},
) {
  return new Promise<{ status: number; headers: Record<string, unknown>; body: string }>((done, fail) => {
    const asked = request(
      { host: '127.0.0.1', port, path, method, headers: { Host: host, ...headers } },
      (response) => {
        let body = '';
        response.on('data', (chunk) => (body += String(chunk)));
        response.on('end', () => done({ status: response.statusCode ?? 0, headers: response.headers, body }));
      },
    );
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

describe('the way to a Prometheus', () => {
  const asked: string[] = [];
  const prometheus = createServer((request, response) => {
    asked.push(`${request.method} ${request.url} ${request.headers.authorization}`);
    response.writeHead(400, { 'Content-Type': 'text/html', 'Set-Cookie': 'a=b', 'Access-Control-Allow-Origin': '*' });
    response.end('<script>alert(1)</script>');
  });
  let address: string;
  beforeAll(async () => {
    await new Promise<void>((done) => prometheus.listen(0, '127.0.0.1', done));
    const { port: at } = prometheus.address() as AddressInfo;
    address = `http://127.0.0.1:${at}/api/v1/query_range?query=up&start=0&end=60&step=60`;
  });
  afterAll(() => {
    prometheus.close();
    prometheus.closeAllConnections();
  });
  beforeEach(() => (asked.length = 0));

  it('asks once, for the workbench, and hands the answer on as text, with its status', async () => {
    const { status, headers, body } = await ask('/prometheus', {
      headers: {
        Origin: `http://127.0.0.1:${port}`,
        'Sec-Fetch-Site': 'same-origin',
        'X-Prometheus-Address': address,
        'X-Prometheus-Authorization': 'Bearer abc',
      },
    });
    expect([status, headers['x-prometheus-outcome'], body]).toEqual([200, '400', '<script>alert(1)</script>']);
    expect(headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect([headers['set-cookie'], headers['access-control-allow-origin']]).toEqual([undefined, undefined]);
    expect(asked).toEqual(['GET /api/v1/query_range?query=up&start=0&end=60&step=60 Bearer abc']);
  });

  it.each([
    ['another host', { Host: 'evil.example' }],
    ['another origin', { Origin: 'https://evil.example' }],
    ['an origin that is hidden', { Origin: 'null' }],
    ['another port of this machine', { Origin: 'http://127.0.0.1:1' }],
    ['another site', { 'Sec-Fetch-Site': 'cross-site' }],
    ['an address typed into the browser', { 'Sec-Fetch-Site': 'none' }],
    ['no address', { 'X-Prometheus-Address': '' }],
    ['a file', { 'X-Prometheus-Address': 'file:///api/v1/query_range?query=up&start=0&end=60&step=60' }],
    ['another path', { 'X-Prometheus-Address': 'http://127.0.0.1/latest/meta-data' }],
  ])('refuses %s, and asks nobody', async (_name, headers) => {
    const { status } = await ask('/prometheus', { headers: { 'X-Prometheus-Address': address, ...headers } });
    expect(status).toBe(403);
    expect(asked).toEqual([]);
  });

  it.each(['POST', 'OPTIONS', 'HEAD'])('asks nobody on %s', async (method) => {
    const { status } = await ask('/prometheus', { method, headers: { 'X-Prometheus-Address': address } });
    expect(status).toBe(method === 'HEAD' ? 404 : 405);
    expect(asked).toEqual([]);
  });
});
