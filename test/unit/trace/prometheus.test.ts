import { describe, expect, it } from 'vitest';
import type { TraceMapping } from '../../../sim-core/trace/mapping.ts';
import { importTrace } from '../../../sim-core/trace/import-session.ts';

/** As `curl …/api/v1/query_range` writes it. */
function response(
  series: readonly { metric: Record<string, string>; values: readonly (readonly [number, unknown])[] }[],
  extra = {},
) {
  return new TextEncoder().encode(
    JSON.stringify({ status: 'success', data: { resultType: 'matrix', result: series }, ...extra }),
  );
}

function load(bytes: Uint8Array, mapping: Omit<TraceMapping, 'file'> = {}) {
  const { series, report, issues } = importTrace('response.json', bytes, mapping);
  if (series === undefined || report === undefined) throw new Error(JSON.stringify(issues));
  return { series, report, codes: issues.map(({ code }) => code) };
}

const step = 15;
const start = 1_767_225_600;
const at = (k: number): number => start + k * step;

describe('Prometheus query_range', () => {
  it('reads a rate() with its steps, absent steps and NaN staying gaps', () => {
    const { series, report, codes } = load(
      response([
        {
          metric: { job: 'checkout' },
          values: [
            [at(0), '150.5'],
            [at(1), '151'],
            [at(2), 'NaN'],
            [at(3), '1.5e2'],
            [at(6), '149'],
            [at(7), '148'],
          ],
        },
      ]),
    );
    expect([...series.time]).toEqual([0, 15, 30, 45, 60, 90, 105]);
    expect([...series.rate]).toEqual([150.5, 151, NaN, 150, NaN, 149, 148]);
    expect(series).toMatchObject({ bucket: 15, startEpoch: start, kind: 'rate' });
    expect(report).toMatchObject({
      format: 'prometheus',
      rows: 6,
      gaps: 2,
      timeFormat: 'unix seconds',
      firstTime: '2026-01-01T00:00:00Z',
    });
    expect(report.columns[1]).toMatchObject({ name: '{job="checkout"}', role: 'demand', unit: 'requests/s' });
    expect(codes).toEqual(['trace-missing-value', 'trace-gaps']);
  });

  it('reads fractions of a second, and milliseconds as other tools write them', () => {
    const fractions = load(
      response([
        {
          metric: {},
          values: [
            [start + 0.25, '1'],
            [start + 0.5, '2'],
          ],
        },
      ]),
    );
    expect([...fractions.series.time]).toEqual([0, 0.25]);
    const milliseconds = load(
      response([
        {
          metric: {},
          values: [
            [start * 1000, 1],
            [start * 1000 + 15_000, 2],
          ],
        },
      ]),
    );
    expect(milliseconds.series).toMatchObject({ bucket: 15, startEpoch: start });
    expect([...milliseconds.series.rate]).toEqual([1, 2]);
  });

  it('picks one series by its labels', () => {
    const bytes = response([
      {
        metric: { __name__: 'job:rps', pod: 'a', zone: '1' },
        values: [
          [at(0), '1'],
          [at(1), '1'],
        ],
      },
      {
        metric: { __name__: 'job:rps', pod: 'b', zone: '1' },
        values: [
          [at(0), '2'],
          [at(1), '2'],
        ],
      },
    ]);
    expect([...load(bytes, { series: { pod: 'b' } }).series.rate]).toEqual([2, 2]);
    expect(importTrace('r', bytes, { series: { zone: '1' } }).issues[0]?.message).toContain(
      'job:rps{pod="a", zone="1"}',
    );
    expect(importTrace('r', bytes, { series: { pod: 'c' } }).issues[0]?.message).toContain('No series has the labels');
  });

  it('takes a metric that keeps the name of a counter for one, restarts included, unless told otherwise', () => {
    const values = [
      [at(0), '900'],
      [at(1), '930'],
      [at(2), '15'],
      [at(3), '60'],
    ] as const;
    const bytes = response([{ metric: { __name__: 'http_requests_total', pod: 'a' }, values }]);
    const counted = importTrace('r', bytes);
    expect([...counted.series!.rate]).toEqual([2, 1, 3]);
    expect(counted.mapping).toMatchObject({ counters: { http_requests_total: true } });
    expect(counted.mapping).not.toHaveProperty('unit');
    expect(load(bytes).codes).toEqual(['trace-counter-reset']);
    expect([...load(bytes, { unit: 'requests per bucket' }).series.rate]).toEqual([60, 62, 1, 4]);
    const gauge = load(bytes, { counters: { http_requests_total: false } });
    expect(gauge.codes).toEqual(['trace-unit-assumed']);
    expect([...gauge.series.rate]).toEqual([900, 930, 15, 60]);
  });

  it('passes on what Prometheus warned of', () => {
    const bytes = response(
      [
        {
          metric: {},
          values: [
            [at(0), '1'],
            [at(1), '1'],
          ],
        },
      ],
      { warnings: ['store gateway missing'] },
    );
    expect(importTrace('r', bytes).issues[0]?.message).toContain('store gateway missing');
  });
});
