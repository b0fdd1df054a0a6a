import { describe, expect, it } from 'vitest';
import { fetchRange } from '../../../../sim-core/trace/live/fetch-range.ts';
import type { Ask } from '../../../../sim-core/trace/live/fetch-range.ts';
import {
  chunksOf,
  halvesOf,
  parseNamedExpression,
  requestAddress,
} from '../../../../sim-core/trace/live/range-query.ts';
import { importTrace } from '../../../../sim-core/index.ts';

const query = (changes: object = {}) => ({
  address: 'http://prometheus:9090',
  queries: [{ name: 'rps', expression: 'up' }],
  from: 1000,
  to: 1090,
  step: 10,
  ...changes,
});
const success = (result: object[], more: object = {}) => ({
  status: 200,
  body: JSON.stringify({ status: 'success', data: { resultType: 'matrix', result }, ...more }),
});
const failure = (status: number, errorType: string, error: string) => ({
  status,
  body: JSON.stringify({ status: 'error', errorType, error }),
});

/** A server that knows one series, `value = time`, and gives at most so many points. */
function server(mostPoints = Infinity, metric: object = { job: 'a' }): { ask: Ask; asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    ask: (address) => {
      const { searchParams } = new URL(address);
      const [from, to, step] = ['start', 'end', 'step'].map((name) => Number(searchParams.get(name))) as [
        number,
        number,
        number,
      ];
      asked.push(`${from} to ${to}`);
      const times = Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, index) => from + index * step);
      return Promise.resolve(
        times.length > mostPoints
          ? failure(422, 'execution', 'query processing would load too many samples into memory in query execution')
          : success([{ metric, values: times.map((time) => [time, String(time)]) }]),
      );
    },
  };
}
const valuesIn = (document: string | undefined): unknown =>
  (JSON.parse(document ?? 'null') as { data: { result: { values: unknown }[] } }).data.result.map(
    ({ values }) => values,
  );
const everyTen = Array.from({ length: 10 }, (_, index) => [1000 + 10 * index, String(1000 + 10 * index)]);

describe('a range', () => {
  it('is asked in pieces that lie on one grid and meet without overlap', () => {
    expect(chunksOf(query(), 4)).toEqual([
      { from: 1000, to: 1030 },
      { from: 1040, to: 1070 },
      { from: 1080, to: 1090 },
    ]);
    expect(chunksOf(query({ to: 1095 }), 100)).toEqual([{ from: 1000, to: 1090 }]);
    const days = chunksOf(query({ from: 0, to: 7 * 86_400, step: 15 }));
    expect(days.map(({ from, to }) => (to - from) / 15 + 1)).toEqual([10_000, 10_000, 10_000, 10_000, 321]);
  });

  it('is halved down to one instant', () => {
    expect(halvesOf({ from: 1000, to: 1090 }, 10)).toEqual([
      { from: 1000, to: 1040 },
      { from: 1050, to: 1090 },
    ]);
    expect(halvesOf({ from: 1000, to: 1000 }, 10)).toBeUndefined();
  });

  it.each([
    ['rps=sum(rate(x[1m]))', 'rps', 'sum(rate(x[1m]))'],
    ['sum(up) == 2', null, 'sum(up) == 2'],
    ['a:b = up', 'a:b', 'up'],
    ['up=~"x"', null, 'up=~"x"'],
  ])('%s names its series', (text, name, expression) => {
    expect(parseNamedExpression(text)).toEqual({ name, expression });
  });

  it('has an address with everything in it', () => {
    const { queries } = query();
    expect(
      requestAddress(
        query({ address: 'http://p:9090/base/' }),
        { name: null, expression: 'a{b="c d"}' },
        { from: 0, to: 1.5 },
      ),
    ).toBe('http://p:9090/base/api/v1/query_range?query=a%7Bb%3D%22c%20d%22%7D&start=0&end=1.5&step=10');
    expect(queries).toHaveLength(1);
  });
});

describe('fetching', () => {
  it('puts the pieces together, in order, with nothing twice', async () => {
    const { ask, asked } = server(3);
    const told: number[] = [];
    const { document, issues } = await fetchRange(query(), { ask, onProgress: (fraction) => told.push(fraction) });
    expect(issues).toEqual([]);
    expect(valuesIn(document)).toEqual([everyTen]);
    // Ten are too many, five too: three, two, three, two.
    expect(asked.length).toBe(1 + 2 + 4);
    expect(told.at(-1)).toBeCloseTo(1, 12);
    expect(told).toEqual([...told].sort((a, b) => a - b));
  });

  it('gives a document that imports like a saved response, under the names given', async () => {
    const { ask } = server();
    const { document = '' } = await fetchRange(
      query({
        queries: [
          { name: 'requests_per_second', expression: 'a' },
          { name: 'ready_replicas', expression: 'b' },
        ],
      }),
      { ask },
    );
    const imported = importTrace('live.json', new TextEncoder().encode(document));
    expect(imported.issues.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(imported.recorded.map(({ role }) => role)).toEqual(['replicas']);
    expect([...imported.series!.rate]).toEqual(everyTen.map(([time]) => time));
  });

  it('passes warnings on', async () => {
    const { document } = await fetchRange(query(), {
      ask: () =>
        Promise.resolve(success([{ metric: {}, values: [[1000, '1']] }], { warnings: ['some data is missing'] })),
    });
    expect(JSON.parse(document!)).toMatchObject({ warnings: ['some data is missing'] });
  });

  it('asks again when the server was away, and gives up after three times', async () => {
    let left = 2;
    const { ask } = server();
    const flaky: Ask = (address) => (left-- > 0 ? Promise.resolve({ status: 503, body: 'busy' }) : ask(address));
    expect(valuesIn((await fetchRange(query(), { ask: flaky })).document)).toEqual([everyTen]);
    left = 3;
    expect((await fetchRange(query(), { ask: flaky })).issues[0]?.message).toMatch(/The server failed with HTTP 503\./);
  });

  it('asks for less where an answer is too large for the host', async () => {
    const { ask, asked } = server();
    const narrow: Ask = async (address) => {
      const reply = await ask(address);
      return reply.body.length > 180 ? { status: 413, body: '' } : reply;
    };
    expect(valuesIn((await fetchRange(query(), { ask: narrow })).document)).toEqual([everyTen]);
    expect(asked.length).toBeGreaterThan(2);
  });

  it.each([
    [failure(400, 'bad_data', 'parse error'), ['queries', 1]],
    [{ status: 401, body: '' }, ['login']],
    [{ status: 404, body: '' }, ['address']],
    [{ status: 503, body: '' }, ['address']],
  ])('says what of the query to change: %j', async (reply, path) => {
    const { ask } = server();
    const queries = ['good', 'bad'].map((expression) => ({ name: null, expression }));
    const { issues } = await fetchRange(query({ queries }), {
      ask: (address) => (address.includes('query=bad') ? Promise.resolve(reply) : ask(address)),
    });
    expect(issues.map((issue) => issue.path)).toEqual([path]);
  });

  it('stops when it is cancelled', async () => {
    const { ask, asked } = server(3);
    let calls = 0;
    const { document, issues } = await fetchRange(query(), { ask, isCancelled: () => ++calls > 3 });
    expect({ document, issues, asked: asked.length }).toEqual({ document: undefined, issues: [], asked: 3 });
  });

  it.each([
    [
      () => Promise.resolve(failure(400, 'bad_data', 'parse error: unexpected end of input')),
      /Prometheus answered bad_data: parse error: unexpected end of input\. Asked: up from 1970/,
    ],
    [() => Promise.resolve(failure(503, 'timeout', 'query timed out in query execution')), /timeout: query timed out/],
    [() => Promise.resolve({ status: 401, body: 'Unauthorized' }), /asks for a login \(HTTP 401\)/],
    [() => Promise.resolve({ status: 404, body: 'not here' }), /no \/api\/v1\/query_range at this address/],
    [() => Promise.resolve({ status: 200, body: '<html>' }), /not as Prometheus does/],
    [
      () => Promise.reject(new Error('nothing listens there')),
      /No answer comes from http:\/\/prometheus:9090 \(nothing listens there\)\. Is it running, and is the address right\?/,
    ],
    [() => Promise.resolve(success([])), /up matched nothing from 1970-01-01T00:16:40Z/],
  ] as const)('says what went wrong', async (ask, message) => {
    const { document, issues } = await fetchRange(query(), { ask: ask as Ask });
    expect(document).toBeUndefined();
    expect(issues.map((issue) => issue.message).join()).toMatch(message);
  });

  it.each([
    [{ address: 'prometheus:9090' }, /no address of a server/],
    [{ address: 'file:///etc/passwd' }, /no address of a server/],
    [{ queries: [{ name: null, expression: '' }] }, /Give a PromQL expression/],
    [{ to: 10 }, /must end after it begins/],
    [{ step: 0 }, /step must be longer/],
  ])('refuses %j before anything is asked', async (changes, message) => {
    const { ask, asked } = server();
    const { issues } = await fetchRange(query(changes), { ask });
    expect(issues.map((issue) => issue.message).join()).toMatch(message);
    expect(asked).toEqual([]);
  });
});
