import { readFileSync } from 'node:fs';
import { build, encodeIntoCompressedBase64 } from 'hdr-histogram-js';
import { describe, expect, it } from 'vitest';
import { readDurations } from '../../../sim-core/fitting/read-durations.ts';
import { distributionQuantile, distributionSample } from '../../../sim-core/trace/distribution.ts';
import { importTrace } from '../../../sim-core/trace/import-session.ts';

const sample = (path: string): Uint8Array => new Uint8Array(readFileSync(new URL(`samples/${path}`, import.meta.url)));

/** A log of two intervals whose values are known: 1 … 1000 and 1001 … 2000. */
function log(unitsPerShown: number): Uint8Array {
  const rows = [0, 1].map((interval) => {
    const histogram = build({ numberOfSignificantValueDigits: 3, highestTrackableValue: 1e7 });
    for (let k = 1; k <= 1000; k++) histogram.recordValue(1000 * interval + k);
    return `${interval}.000,1.000,${histogram.maxValue / unitsPerShown},${encodeIntoCompressedBase64(histogram)}`;
  });
  return new TextEncoder().encode(`#[Histogram log format version 1.3]\n${rows.join('\n')}\n`);
}

describe('distributions', () => {
  it('adds up the intervals of a HdrHistogram log', () => {
    const { distribution, recorded, series } = importTrace('x.hlog', log(1000), { units: { value: 'ms' } });
    expect(series).toBeUndefined();
    expect(distribution!.count).toBe(2000);
    for (const p of [0.1, 0.5, 0.9, 0.99, 1])
      expect(Math.abs(distributionQuantile(distribution!, p) - 2 * p)).toBeLessThan(2 * p * 1e-3 + 0.001);
    const p95 = recorded.find(({ statistic }) => statistic === 'p95')!;
    expect([...p95.values].map((value) => Math.round(value * 100) / 100)).toEqual([0.95, 1.95]);
    expect(recorded.find(({ statistic }) => statistic === 'mean')!.values[1]).toBeCloseTo(1.5005, 3);
    expect([...recorded.find(({ name }) => name === 'count')!.values]).toEqual([1000, 1000]);
  });

  it('judges the unit by how the writer scaled the largest value', () => {
    expect(importTrace('x.hlog', log(1000)).mapping?.units).toEqual({ value: 'us' });
    expect(importTrace('x.hlog', log(1e6)).mapping?.units).toEqual({ value: 'ns' });
    const counted = importTrace('x.hlog', log(1000), { column: 'count' });
    expect([...counted.series!.rate]).toEqual([1000, 1000]);
  });

  it('gives a spectrum of wrk2 to the fit, as values of equal share', () => {
    const { distribution } = importTrace('wrk2.txt', sample('hdr-percentiles/wrk2.txt'));
    const values = distributionSample(distribution!, 20_000);
    expect(values.length).toBe(1000);
    const below = (limit: number): number => values.filter((value) => value <= limit).length;
    expect([0.004_053, 0.006_675, 0.009_135, 0.011_031].map(below)).toEqual([100, 500, 900, 990]);
    const read = readDurations(sample('hdr-percentiles/wrk2.txt'));
    expect(read).toMatchObject({ column: 'Value', unit: 'ms', issues: [] });
    expect(read.values).toEqual(values);
    const sum = values.reduce((total, value) => total + value, 0);
    // The tool's own mean, which it computed from all values.
    expect(sum / values.length).toBeCloseTo(0.006_462, 3);
    expect(readDurations(sample('hdr-percentiles/wrk2.txt'), { unit: 'us' }).values![0]).toBeCloseTo(
      values[0]! / 1000,
      12,
    );
  });
});
