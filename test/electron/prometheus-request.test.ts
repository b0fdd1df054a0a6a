import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { askPrometheus, isAuthorization, isRangeRequest } from '../../electron/prometheus-request.mjs';

const parameters = 'query=up&start=0&end=60&step=60';
let address: string;
let answer: RequestListener;
const asked: IncomingMessage[] = [];
const server = createServer((request, response) => {
  asked.push(request);
  answer(request, response);
});
beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/base/api/v1/query_range?${parameters}`;
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});
beforeEach(() => (asked.length = 0));
const never = new AbortController().signal;

describe('an address', () => {
  it.each([
    ['http://prometheus:9090/api/v1/query_range?', true],
    ['https://[::1]:9090/base/api/v1/query_range?', true],
    ['ftp://prometheus/api/v1/query_range?', false],
    ['file:///api/v1/query_range?', false],
    ['http://me:secret@prometheus/api/v1/query_range?', false],
    ['http://prometheus/api/v1/admin/tsdb/delete_series?', false],
    ['http://prometheus/api/v1/query_range/..?', false],
    ['http://prometheus/-/quit?x=/api/v1/query_range?', false],
    ['http://prometheus/api/v1/query_range?more=1&', false],
    ['nonsense?', false],
  ])('%s is asked: %s', (start, allowed) => {
    expect(isRangeRequest(start + parameters)).toBe(allowed);
  });

  it('has an end, and the parameters of a range query alone', () => {
    expect(isRangeRequest(`http://p/api/v1/query_range?${parameters}&x=1`)).toBe(false);
    expect(isRangeRequest('http://p/api/v1/query_range?query=up')).toBe(false);
    expect(isRangeRequest(`http://p/api/v1/query_range?${parameters}${'0'.repeat(8000)}`)).toBe(false);
  });

  it.each([
    ['Bearer abc', true],
    ['', false],
    ['a\r\nHost: b', false],
    ['✓', false],
    ['a'.repeat(9000), false],
  ])('a login may be %j: %s', (value, allowed) => expect(isAuthorization(value)).toBe(allowed));
});

describe('asking', () => {
  it('is one GET, and gives status and body as they came', async () => {
    answer = (_, response) => response.writeHead(422).end('{"status":"error"} ü');
    const outcome = await askPrometheus({ address, authorization: 'Bearer abc' }, never);
    expect(outcome).toEqual({ status: 'answered', httpStatus: 422, body: '{"status":"error"} ü' });
    expect(asked.map(({ method, headers }) => [method, headers.authorization])).toEqual([['GET', 'Bearer abc']]);
    expect(Object.keys(asked[0]?.headers ?? {})).not.toEqual(expect.arrayContaining(['cookie']));
  });

  it('follows no redirect', async () => {
    answer = (_, response) => response.writeHead(302, { location: 'http://127.0.0.1:9/elsewhere' }).end();
    const outcome = await askPrometheus({ address }, never);
    expect(outcome).toMatchObject({ status: 'failed', message: expect.stringContaining('127.0.0.1:9/elsewhere') });
    expect(asked).toHaveLength(1);
  });

  it('takes in so much and no more', async () => {
    answer = (_, response) => response.end('x'.repeat(200_000));
    const outcome = await askPrometheus({ address }, never, { answerBytes: 100_000 });
    expect(outcome).toEqual({ status: 'answered', httpStatus: 413, body: '' });
    expect(await askPrometheus({ address }, never, { answerBytes: 200_000 })).toMatchObject({ httpStatus: 200 });
  });

  it('waits so long and no longer', async () => {
    answer = () => {};
    const outcome = await askPrometheus({ address }, never, { milliseconds: 50 });
    expect(outcome).toMatchObject({ status: 'failed', message: 'nothing came within 0.05 s' });
  });

  it('ends when it is told to', async () => {
    const abort = new AbortController();
    answer = () => abort.abort();
    expect(await askPrometheus({ address }, abort.signal)).toMatchObject({ message: 'it was cancelled' });
  });

  it('gives the network’s own code when nobody is there', async () => {
    const nobody = 'http://127.0.0.1:1/api/v1/query_range?'.replace(':1/', `:${await closedPort()}/`);
    expect(await askPrometheus({ address: nobody + parameters }, never)).toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('sends nothing anywhere else', async () => {
    answer = (_, response) => response.end('x');
    expect(await askPrometheus({ address: address.replace('query_range', 'admin') }, never)).toMatchObject({
      status: 'failed',
    });
    expect(asked).toEqual([]);
  });
});

async function closedPort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((done) => probe.listen(0, '127.0.0.1', done));
  const { port } = probe.address() as AddressInfo;
  await new Promise((done) => probe.close(done));
  return port;
}
