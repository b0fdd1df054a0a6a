import { describe, expect, it } from 'vitest';
import { createPrometheus } from '../../../renderer/stores/prometheus.ts';
import { emptyForm, readForm, restoreForm, type PrometheusForm } from '../../../renderer/stores/prometheus-form.ts';
import { recordingName } from '../../../renderer/features/prometheus/record.ts';
import type { AskOutcome, AskRequest } from '../../../renderer/platform/contract.ts';

const now = Date.UTC(2026, 10, 21, 12, 30, 30) / 1000;
const form = (change: Partial<PrometheusForm> = {}): PrometheusForm => ({
  ...emptyForm,
  address: 'http://prometheus:9090',
  queries: [{ name: 'requests_per_second', expression: 'up' }],
  ...change,
});
const answered = (body: object, httpStatus = 200): AskOutcome => ({
  status: 'answered',
  httpStatus,
  body: JSON.stringify(body),
});
const series = answered({
  status: 'success',
  data: { resultType: 'matrix', result: [{ metric: {}, values: [[1000, '7']] }] },
});

describe('the form', () => {
  it('asks for whole steps back from now, or between two instants', () => {
    const query = { address: 'http://prometheus:9090', queries: [{ name: 'requests_per_second', expression: 'up' }] };
    const end = Date.UTC(2026, 10, 21, 12, 30) / 1000;
    expect(readForm(form(), '', now).query).toEqual({ ...query, from: end - 86_400, to: end, step: 60 });
    const week = readForm(form({ range: '7d', step: '5m' }), '', now).query;
    expect(week).toMatchObject({ from: end - 7 * 86_400, to: end, step: 300 });
    const between = { range: 'between', from: '2026-11-20', to: '2026-11-20T06:00:00+01:00' } as const;
    const day = Date.UTC(2026, 10, 20) / 1000;
    expect(readForm(form(between), '', now).query).toMatchObject({ from: day, to: day + 5 * 3600 });
  });

  it.each([
    [{ step: 'soon' }, '', ['step']],
    [{ range: 'between', from: 'yesterday', to: '2026-11-20T00:00' }, '', ['from', 'to']],
    [{ range: 'between', from: '2026-11-20', to: '2026-11-21', step: '' }, '', ['step']],
    [{ queries: [{ name: 'a b', expression: 'up' }] }, '', ['name 0']],
    [{ address: 'https://me:secret@prometheus' }, '', ['address']],
    [{}, 'Bearer ✓', ['login']],
  ] as const)('says beside the field what is wrong with %j', (change, login, fields) => {
    const { query, problems } = readForm(form(change), login, now);
    expect(query).toBeUndefined();
    expect(Object.keys(problems)).toEqual(fields);
  });

  it('comes back as it was remembered, and empty where that is odd', () => {
    const kept = form({ range: '7d', step: '30s' });
    expect(restoreForm(JSON.parse(JSON.stringify(kept)))).toEqual(kept);
    expect(restoreForm({ ...kept, range: 'always', queries: [{ name: 1 }], step: 5 })).toEqual({
      ...kept,
      range: '24h',
      queries: emptyForm.queries,
      step: '1m',
    });
    for (const value of [null, 'x', 3]) expect(restoreForm(value)).toEqual(emptyForm);
  });
});

/** A recorder on a host that answers as told. */
function recorder(answer: (request: AskRequest) => AskOutcome | Promise<AskOutcome>, stop = () => {}) {
  const texts = new Map<string, string>();
  const asked: AskRequest[] = [];
  const storage = {
    getItem: (key: string) => texts.get(key) ?? null,
    setItem: (key: string, value: string) => void texts.set(key, value),
  };
  const options = {
    storage,
    now: () => now * 1000,
    platform: {
      askPrometheus: async (request: AskRequest) => {
        asked.push(request);
        return answer(request);
      },
      stopAsking: stop,
    },
  };
  return { prometheus: createPrometheus(options), again: () => createPrometheus(options), asked, texts };
}

describe('a recording', () => {
  it('asks nobody before it is wanted, then only the address typed, and gives a document', async () => {
    const { prometheus, asked } = recorder(() => series);
    prometheus.change(form());
    expect(asked).toEqual([]);
    const document = await prometheus.fetch('Bearer secret');
    expect(JSON.parse(document ?? '')).toMatchObject({
      data: { result: [{ metric: { __name__: 'requests_per_second' }, values: [[1000, '7']] }] },
    });
    expect(asked.map(({ address }) => address.split('?')[0])).toEqual(['http://prometheus:9090/api/v1/query_range']);
    expect(asked[0]?.authorization).toBe('Bearer secret');
    expect(prometheus.store.getState()).toMatchObject({ progress: null, problems: {} });
  });

  it('remembers the form, and never the login', async () => {
    const { prometheus, again, texts } = recorder(() => series);
    prometheus.change(form({ range: '7d' }));
    await prometheus.fetch('Bearer secret');
    expect(again().store.getState().form).toEqual(form({ range: '7d' }));
    expect([...texts.values()].join()).not.toContain('secret');
  });

  it('does not remember a login typed into the address', async () => {
    const { prometheus, asked, texts } = recorder(() => series);
    prometheus.change(form({ address: 'http://me:secret@prometheus' }));
    expect(await prometheus.fetch('')).toBeNull();
    expect([asked.length, texts.size]).toEqual([0, 0]);
  });

  it.each([
    [answered({ status: 'error', errorType: 'bad_data', error: 'parse error: x' }, 400), 'queries 0', /parse error: x/],
    [{ status: 'failed', code: 'ECONNREFUSED', message: 'connect' }, 'address', /nothing listens there/],
    [{ status: 'failed', code: '', message: 'it sends on to http://b/' }, 'address', /it sends on to http:\/\/b\//],
    [answered({}, 401), 'login', /asks for a login/],
    [answered({ status: 'success', data: { resultType: 'matrix', result: [] } }), 'queries', /matched nothing/],
  ] as const)('says what went wrong beside the field: %j', async (outcome, field, message) => {
    const { prometheus } = recorder(() => outcome);
    prometheus.change(form());
    expect(await prometheus.fetch('')).toBeNull();
    const { problems, progress } = prometheus.store.getState();
    expect(Object.keys(problems)).toEqual([field]);
    expect(problems[field]).toMatch(message);
    expect(progress).toBeNull();
    prometheus.change({ step: '2m' });
    expect(prometheus.store.getState().problems).toEqual({});
  });

  it('says all that is missing at once', async () => {
    const { prometheus, asked } = recorder(() => series);
    await prometheus.fetch('');
    expect(Object.keys(prometheus.store.getState().problems).sort()).toEqual(['address', 'queries 0']);
    expect(asked).toEqual([]);
  });

  it('is cancelled at once, asks no more, and what comes late changes nothing', async () => {
    let stopped = 0;
    let reply: (outcome: AskOutcome) => void = () => {};
    const held = new Promise<AskOutcome>((resolve) => (reply = resolve));
    const { prometheus, asked } = recorder(
      () => held,
      () => (stopped += 1),
    );
    prometheus.change(form());
    const fetching = prometheus.fetch('');
    expect(prometheus.store.getState().progress).toBe(0);
    await Promise.resolve();
    prometheus.cancel();
    expect(prometheus.store.getState().progress).toBeNull();
    reply({ status: 'failed', code: '', message: 'it was cancelled' });
    expect(await fetching).toBeNull();
    expect({ stopped, asked: asked.length }).toEqual({ stopped: 1, asked: 1 });
    expect(prometheus.store.getState().problems).toEqual({});
  });
});

it('a recording is called by its day, and no two alike', () => {
  const first = recordingName(now * 1000, new Set());
  expect(first).toBe('prometheus-2026-11-21.json');
  expect(recordingName(now * 1000, new Set([`traces/${first}`]))).toBe('prometheus-2026-11-21-2.json');
});
