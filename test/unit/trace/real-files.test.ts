import { readdirSync, readFileSync } from 'node:fs';
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
  const { series, report, recorded, issues } = importTrace(path, read(path), mapping);
  if (series === undefined || report === undefined) throw new Error(JSON.stringify(issues));
  return { series, report, recorded, codes: issues.map(({ code }) => code) };
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
    const { series, report } = load(path);
    expect(report).toMatchObject({ format: 'azure-llm', rows: 8819, used: 8819 });
    expect(series.kind).toBe('timestamps');
    expect(series.time[1]).toBeCloseTo(0.052, 9);
    expect(series.time.at(-1)! / 60).toBeGreaterThan(56);
    expect(series.time.at(-1)! / 60).toBeLessThan(58);
    expect(load(path, { format: 'csv', kind: 'timestamps' }).series).toEqual(series);
    const silent = importTrace(path, read(path), { format: 'csv' });
    expect(silent.series).toBeUndefined();
    expect(silent.issues.find(({ code }) => code === 'trace-column-choice')?.message).toContain('kind: timestamps');
  });

  it('reads one service of many: Online Boutique', () => {
    const path = 'arrivals/pbscaler_onlineboutique_wiki_rps.csv';
    const { series, report } = load(path, { column: 'frontend' });
    expect(report.rows).toBe(3601);
    expect(report.columns[7]).toMatchObject({ name: 'frontend', role: 'demand', unit: 'requests/s' });
    expect(series.rate[0]).toBe(116.66925931687368);
    expect(load(path, { column: 8 }).series).toEqual(series);
    const silent = importTrace(path, read(path));
    expect(silent.issues.find(({ code }) => code === 'trace-column-choice')?.message).toContain('`adservice`');
  });

  it('reads arrivals as end minus duration: Azure Functions 2021', () => {
    const path = 'arrivals/azure_functions_2021_first200.csv';
    const { series, report, codes } = load(path);
    expect(report).toMatchObject({ format: 'azure-functions-2021', rows: 199, timeFormat: 'seconds from the start' });
    expect(report.quality).toMatchObject({ movedToStart: 199, loop: 'open' });
    expect(series.time[0]).toBe(0);
    const rows = new TextDecoder().decode(read(path)).trim().split('\n').slice(1);
    const begun = rows.map((row) => Number(row.split(',')[2]) - Number(row.split(',')[3])).sort((a, b) => a - b);
    const wrong = begun.filter((time, i) => Math.abs(time - begun[0]! - series.time[i]!) > 1e-9);
    expect(wrong).toEqual([]);
    expect(series.time.at(-1)! / 60).toBeLessThan(22);
    // As a table nobody knows, with its columns named, it is read the same.
    const told = { time: 'end_timestamp', duration: 'duration', kind: 'timestamps' } as const;
    expect(load(path, { format: 'csv', ...told }).series.time.length).toBe(199);
    expect([...series.time].every((t, i) => i === 0 || t >= series.time[i - 1]!)).toBe(true);
    expect(codes).toEqual([]);
  });

  it('reads an OLTP database: the demand among many rates, and the rest beside it', () => {
    const path = 'metrics/oracledb_oltp_2min.csv';
    const { series, report, recorded } = load(path, { column: 'txn_rate', roles: { db_time: 'latency' } });
    expect(report).toMatchObject({ rows: 360, timeFormat: 'unix seconds' });
    expect(series.bucket).toBe(120);
    expect(recorded.map(({ name, role, unit }) => [name, role, unit])).toEqual([
      ['db_time', 'latency', 'unknown'],
      ['cpu_time', 'cpu', 'unknown'],
      ['call_rate', 'other', 'unknown'],
      ['exec_rate', 'other', 'unknown'],
      ['lio_rate', 'other', 'unknown'],
      ['cpu_util', 'cpu', 'fraction'],
    ]);
    const cpu = recorded.find(({ name }) => name === 'cpu_util')!;
    expect(cpu.values.length).toBe(360);
    expect(cpu.values[0]).toBeCloseTo(0.172505, 12);
    // Without a word on the demand everything is there but the demand.
    const silent = importTrace(path, read(path));
    expect(silent.series).toBeUndefined();
    expect(silent.report?.rows).toBe(360);
    expect(silent.recorded).toHaveLength(7);
  });

  it('reads the M4 hourly series: 207 of 700 or 960 points, and 48 to forecast', () => {
    const train = importTrace('m4', read('m4/Hourly-train-odd.csv'), { bucket: 3600 });
    expect(train.issues).toEqual([]);
    expect(train.recorded).toHaveLength(207);
    expect(train.recorded.slice(0, 3).map(({ name }) => name)).toEqual(['H1', 'H3', 'H5']);
    expect(new Set(train.recorded.map(({ values }) => values.length))).toEqual(new Set([700, 960]));
    expect(train.recorded.every(({ values }) => values.every(Number.isFinite))).toBe(true);
    const test = importTrace('m4', read('m4/Hourly-test-odd.csv'), { column: 'H1', bucket: 3600 });
    expect(test.series?.rate.length).toBe(48);
    expect(test.series?.rate[0]).toBe(619);
    expect(test.recorded).toHaveLength(206);
  });

  it('reads every NAB file', () => {
    const root = new URL('nab/data/', folder);
    const files = readdirSync(root).flatMap((part) =>
      readdirSync(new URL(`${part}/`, root)).map((file) => `${part}/${file}`),
    );
    expect(files).toHaveLength(31);
    for (const file of files) {
      const bytes = read(`nab/data/${file}`);
      const lines = new TextDecoder().decode(bytes).trim().split('\n').length - 1;
      // Some are measurements that fall below zero, and some have stamps twice: no demand, but series all the same.
      const { report, recorded, issues } = importTrace(file, bytes, { roles: { value: 'other' } });
      expect(issues.filter(({ severity }) => severity === 'error')).toEqual([]);
      expect(report?.rows).toBe(lines);
      expect(recorded[0]!.values.filter((value) => !Number.isNaN(value)).length).toBe(
        lines - report!.quality.duplicates,
      );
    }
  });

  it('reads what an HPA did to php-apache: demand, replicas, latency and failures of either run', () => {
    const path = 'autoscaler_runs/php_apache_hpa_short/predictive_vs_horizontal_table.md';
    const { series, report, recorded, codes } = load(path, {
      column: 'hpa num requests',
      units: {
        'hpa avg latencies': 'ms',
        'hpa max latencies': 'ms',
        'phpa avg latencies': 'ms',
        'phpa max latencies': 'ms',
      },
    });
    expect(report).toMatchObject({ rows: 60, used: 60, gaps: 0 });
    expect(series).toMatchObject({ kind: 'rate', bucket: 30 });
    expect(series.rate[0]).toBeCloseTo(58 / 30, 12);
    const found = new Map(recorded.map((one) => [one.name, one]));
    expect(found.get('hpa replicas')).toMatchObject({ role: 'replicas', unit: 'count', aggregation: 'last' });
    expect(found.get('hpa replicas')!.values.slice(0, 4)).toEqual(Float64Array.of(1, 3, 3, 6));
    expect(found.get('hpa avg latencies')).toMatchObject({ role: 'latency', statistic: 'mean', unit: 's' });
    expect(found.get('hpa avg latencies')!.values[0]).toBeCloseTo(1.07108, 12);
    expect(found.get('hpa fail requests (%)')).toMatchObject({ role: 'errors', unit: 'fraction' });
    // More than one request in a hundred failed in some bursts: the demand was higher than what was served.
    expect(codes).toEqual(['trace-saturated']);
    expect(report.quality.saturated.every(({ reason }) => reason === 'errors')).toBe(true);
  });

  it('proposes a mapping that reads the same series again', () => {
    for (const name of ['worldcup98_invocation_count_to_jun13.csv', 'autothrottle_noisy.txt']) {
      const bytes = read(`arrivals/${name}`);
      const { mapping, series } = importTrace(name, bytes);
      expect(importTrace(name, bytes, mapping).series).toEqual(series);
    }
  });
});
