import { describe, expect, it } from 'vitest';
import { importTrace } from '../../../sim-core/index.ts';
import { quantileOf, exponentialBuckets } from '../../../sim-core/trace/formats/otlp-histogram.ts';

const read = (text: string, name = 'file', mapping = {}) => importTrace(name, new TextEncoder().encode(text), mapping);
const day = Date.UTC(2026, 0, 5);

describe('VictoriaMetrics', () => {
  it('turns a counter into a rate, over a restart too', () => {
    const { series, issues } = read(
      `${JSON.stringify({ metric: { __name__: 'hits_total' }, values: [100, 700, 60], timestamps: [day, day + 60_000, day + 120_000] })}\n`,
    );
    expect([...series!.rate]).toEqual([10, 1]);
    expect(issues.map(({ code }) => code)).toContain('trace-counter-reset');
  });
});

describe('Grafana in a locale of decimal commas', () => {
  const frame = (delimiter: string, rate: string) =>
    ['Time,rps,took,share', `2026-01-05 00:00:00,${rate},95 ms,40 %`, '2026-01-05 00:01:00,900,1.5 s,50 %']
      .map((row) => row.replaceAll(',', delimiter).replaceAll('~', ','))
      .join('\r\n');

  it('reads them after semicolons and tabs, and takes what a unit measures for no demand', () => {
    for (const delimiter of [';', '\t']) {
      const { series, report } = read(frame(delimiter, '1~25 K'));
      expect([...series!.rate]).toEqual([1250, 900]);
      expect(report!.columns.map(({ role }) => role)).toEqual(['time', 'demand', 'latency', 'other']);
    }
    expect([...read(frame(';', '1~250')).series!.rate]).toEqual([1.25, 900]);
  });

  it('does not guess where three digits after a tab could be thousands', () => {
    const { issues } = read(frame('\t', '1~250'));
    expect(issues.find(({ code }) => code === 'trace-bad-cell')?.message).toContain('`1,250` is not a number');
  });
});

describe('CloudWatch', () => {
  const answer = (more: object = {}) =>
    JSON.stringify({
      MetricDataResults: [
        {
          Id: 'm',
          Label: 'RequestCount',
          Timestamps: ['2026-01-05T00:02:00Z', '2026-01-05T00:01:00Z'],
          Values: [120, 60],
          ...more,
        },
      ],
    });

  it('puts the newest-first answer in order, and a sum per period over its length', () => {
    const { series } = read(answer());
    expect([...series!.rate]).toEqual([1, 2]);
    expect(series!.startEpoch).toBe(day / 1000 + 60);
  });

  it('says when there is a further page', () => {
    expect(
      read(answer({ StatusCode: 'PartialData' }))
        .issues.map(({ message }) => message)
        .join(),
    ).toMatch(/first page only/);
  });
});

describe('Datadog', () => {
  it('reads both versions alike', () => {
    const unit = [{ name: 'request' }, { name: 'second' }];
    const times = [day, day + 60_000];
    const first = read(
      JSON.stringify({
        status: 'ok',
        series: [
          {
            metric: 'hits',
            pointlist: [
              [times[0], 5],
              [times[1], 7],
            ],
            interval: 60,
            unit,
          },
        ],
      }),
    );
    const second = read(
      JSON.stringify({
        data: { type: 'timeseries_response', attributes: { times, series: [{ unit }], values: [[5, 7]] } },
      }),
    );
    expect([...first.series!.rate]).toEqual([5, 7]);
    expect(second.series).toEqual(first.series);
  });

  it('passes on what Datadog complains of', () => {
    const { issues } = read(
      JSON.stringify({ status: 'error', error: 'Rate limit exceeded', series: [], pointlist: [] }),
    );
    expect(issues[0]?.message).toMatch(/Datadog says: Rate limit exceeded\./);
  });
});

describe('OTLP', () => {
  it('interpolates within buckets as histogram_quantile does', () => {
    const buckets = [
      { from: 0, to: 10, count: 20 },
      { from: 10, to: 50, count: 60 },
      { from: 50, to: 100, count: 15 },
      { from: 100, to: Infinity, count: 5 },
    ];
    expect(quantileOf(buckets, 0.5)).toBe(30);
    expect(quantileOf(buckets, 0.95)).toBe(100);
    expect(quantileOf(buckets, 0.99)).toBe(100);
    expect(quantileOf([], 0.5)).toBeNaN();
  });

  it('has the bounds of exponential buckets', () => {
    // base = 2^(2^-1) = √2; bucket i from base^(offset + i).
    const point = new Map<string, never>([
      ['scale', 1],
      ['zeroCount', '2'],
      [
        'positive',
        new Map<string, unknown>([
          ['offset', 2],
          ['bucketCounts', ['1', '3']],
        ]),
      ],
    ] as unknown as [string, never][]);
    const [zero, first, second] = exponentialBuckets(point);
    expect(zero).toEqual({ from: 0, to: 0, count: 2 });
    expect(first!.from).toBeCloseTo(2, 12);
    expect(first!.to).toBeCloseTo(2 * Math.SQRT2, 12);
    expect(second).toMatchObject({ count: 3 });
    expect(second!.to).toBeCloseTo(4, 12);
  });
});

describe('Grafana', () => {
  it('reads values with thousands and units, each column on one scale', () => {
    const { series, recorded } = read(
      '"Time","Requests","p95"\n2026-01-05 00:00:00,1.2 K,850 ms\n2026-01-05 00:01:00,950,1.2 s\n',
    );
    expect([...series!.rate]).toEqual([1200, 950]);
    expect([...recorded[0]!.values]).toEqual([0.85, 1.2]);
  });

  it('counts what is no value', () => {
    const { issues } = read(
      '"Time","Requests"\n2026-01-05 00:00:00,1.2 K\n2026-01-05 00:01:00,many\n2026-01-05 00:02:00,1.1 K\n',
    );
    expect(issues.map(({ code }) => code)).toContain('trace-bad-cell');
  });
});

describe('Azure Functions 2019', () => {
  const head = `HashOwner,HashApp,HashFunction,Trigger,${Array.from({ length: 1440 }, (_, minute) => minute + 1).join(',')}`;
  const row = (name: string, count: number) =>
    `o,a,${name},http,${Array.from({ length: 1440 }, () => count).join(',')}`;

  it('adds the functions up, or takes the one that is named', () => {
    const text = `${head}\n${row('f', 60)}\n${row('g', 120)}\n`;
    const all = read(text);
    expect([all.series!.rate.length, all.series!.rate[0], all.series!.rate[1439]]).toEqual([1440, 3, 3]);
    const one = read(text, 'file', { series: { HashFunction: 'g' } });
    expect(one.series!.rate[7]).toBe(2);
  });
});

describe('VASIM', () => {
  it('is CPU in use, and no demand', () => {
    const { series, recorded } = read(
      'TIMESTAMP,CPU_USAGE_ACTUAL\n2023.04.02-00:09:00:500,2.5\n2023.04.02-00:10:00:500,3\n',
    );
    expect(series).toBeUndefined();
    expect(recorded).toMatchObject([{ role: 'cpu', unit: 'cores', values: Float64Array.of(2.5, 3) }]);
  });
});
