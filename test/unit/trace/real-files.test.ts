import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { TraceMapping } from '../../../sim-core/trace/mapping.ts';
import type { TraceSeries } from '../../../sim-core/trace/contract.ts';
import { importTrace } from '../../../sim-core/trace/import-session.ts';

/** Public recordings, read where they lie; their sizes and totals are those their README states. */
const folder = new URL('../../../../shared/traces/', import.meta.url);

function read(path: string): Uint8Array {
  return readFileSync(new URL(path, folder));
}

function load(path: string, mapping: Omit<TraceMapping, 'file'> = {}) {
  const { series, report, issues } = importTrace(path, read(path), mapping);
  if (series === undefined || report === undefined) throw new Error(JSON.stringify(issues));
  return { series, report, codes: issues.map(({ code }) => code) };
}

function requests({ rate, bucket }: TraceSeries): number {
  return rate.reduce((sum, value) => sum + (Number.isNaN(value) ? 0 : value * bucket), 0);
}

describe('published recordings', () => {
  it('reads the World Cup 98 counts: 63,500 minutes with 10 missing', () => {
    const { series, report, codes } = load('arrivals/worldcup98_invocation_count_to_jun13.csv');
    expect(report).toMatchObject({
      format: 'csv',
      rows: 63_500,
      used: 63_500,
      gaps: 10,
      timeFormat: 'local text, taken as UTC',
      firstTime: '1998-04-30T21:30:00Z',
      columns: [
        { name: 'period', role: 'time' },
        { name: 'count', role: 'demand', unit: 'requests per bucket' },
      ],
    });
    expect(report.lastTime.slice(0, 10)).toBe('1998-06-13');
    expect(series.bucket).toBe(60);
    expect(series.startEpoch).toBe(Date.UTC(1998, 3, 30, 21, 30) / 1000);
    expect(series.rate.filter(Number.isNaN).length).toBeGreaterThan(0);
    const text = new TextDecoder().decode(read('arrivals/worldcup98_invocation_count_to_jun13.csv'));
    const total = text
      .trim()
      .split('\n')
      .slice(1)
      .reduce((sum, line) => sum + Number(line.split(',')[1]), 0);
    expect(requests(series)).toBeCloseTo(total, 3);
    expect(codes).toEqual(['trace-no-zone', 'trace-gaps']);
  });

  it('reads a row of counts per second: NASA, July 1995', () => {
    const { series, report, codes } = load('arrivals/nasa_http_jul95_per_second.txt', { bucket: 1 });
    expect(report.format).toBe('values');
    expect(series.time.length).toBe(2_381_545);
    expect(requests(series)).toBe(1_891_714);
    expect(codes).toEqual([]);
  });

  it('reads one value a line: Autothrottle', () => {
    for (const name of ['diurnal', 'noisy']) {
      const { series, codes } = load(`arrivals/autothrottle_${name}.txt`);
      expect(series.time.length).toBe(3600);
      expect(series.bucket).toBe(1);
      expect(codes).toEqual(['trace-no-time']);
    }
    expect(load('arrivals/autothrottle_diurnal.txt').series.rate.slice(0, 3)).toEqual(Float64Array.of(189, 188, 187));
  });

  it('reads a request log with 100 ns digits: Azure LLM inference', () => {
    const path = 'arrivals/AzureLLMInferenceTrace_code.csv';
    const { series, report } = load(path, { kind: 'timestamps' });
    expect(report.rows).toBe(8819);
    expect(series.kind).toBe('timestamps');
    expect(series.time[1]).toBeCloseTo(0.052, 9);
    expect(series.time.at(-1)! / 60).toBeGreaterThan(56);
    expect(series.time.at(-1)! / 60).toBeLessThan(58);
    const silent = importTrace(path, read(path));
    expect(silent.series).toBeUndefined();
    expect(silent.issues.find(({ code }) => code === 'trace-column-choice')?.message).toContain('kind: timestamps');
  });

  it('reads one service of many: Online Boutique', () => {
    const path = 'arrivals/pbscaler_onlineboutique_wiki_rps.csv';
    const { series, report } = load(path, { column: 'frontend' });
    expect(report.rows).toBe(3601);
    expect(report.columns[7]).toEqual({ name: 'frontend', role: 'demand', unit: 'requests/s' });
    expect(series.rate[0]).toBe(116.66925931687368);
    expect(load(path, { column: 8 }).series).toEqual(series);
    const silent = importTrace(path, read(path));
    expect(silent.issues.find(({ code }) => code === 'trace-column-choice')?.message).toContain('`adservice`');
  });

  it('reads arrivals as end minus duration: Azure Functions 2021', () => {
    const path = 'arrivals/azure_functions_2021_first200.csv';
    const { series, report, codes } = load(path, { time: 'end_timestamp', duration: 'duration', kind: 'timestamps' });
    expect(report).toMatchObject({ rows: 199, timeFormat: 'seconds from the start' });
    expect(series.time[0]).toBe(0);
    expect([...series.time].every((t, i) => i === 0 || t >= series.time[i - 1]!)).toBe(true);
    expect(codes).toEqual([]);
  });

  it('reads unix seconds with one of many rates: an OLTP database', () => {
    const { series, report } = load('metrics/oracledb_oltp_2min.csv', { column: 'txn_rate' });
    expect(report).toMatchObject({ rows: 360, timeFormat: 'unix seconds' });
    expect(series.bucket).toBe(120);
  });

  it('proposes a mapping that reads the same series again', () => {
    for (const name of ['worldcup98_invocation_count_to_jun13.csv', 'autothrottle_noisy.txt']) {
      const bytes = read(`arrivals/${name}`);
      const { mapping, series } = importTrace(name, bytes);
      expect(importTrace(name, bytes, mapping).series).toEqual(series);
    }
  });
});
