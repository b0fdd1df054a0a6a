import { describe, expect, it } from 'vitest';
import { checkJson, verdictOf } from '../../../sim-core/export/check-json.ts';
import { comparisonCsv } from '../../../sim-core/export/comparison-csv.ts';
import { importJson, seriesCsv } from '../../../sim-core/export/import-json.ts';
import { resultCsv } from '../../../sim-core/export/result-csv.ts';
import { comparisonJson, resultJson } from '../../../sim-core/export/result-json.ts';
import { validationJson } from '../../../sim-core/export/validation-json.ts';
import { comparison, policyResult } from '../../support/comparison.ts';

const live = policyResult('live');
const tried = policyResult(
  'tried',
  {
    differenceToBaseline: { ...live.summary, cost: { mean: -3, halfWidth: NaN } },
    slo: { met: false, misses: ['p95 is 2 s, over 500 ms.'] },
  },
  { latencyP95: { mean: 2, halfWidth: NaN } },
);
const both = comparison([live, tried]);

describe('comparison', () => {
  it('gives every number as mean and half-width, and the difference to the baseline', () => {
    const json = comparisonJson(both) as Record<string, never>;
    expect(json).toMatchObject({
      schema: 'headroom/comparison/v1',
      baseline: 'live',
      replications: 2,
      policies: [
        { policy: 'live', summary: { latencyP95: { mean: 1, halfWidth: 0.5 } }, differenceToBaseline: null },
        {
          policy: 'tried',
          summary: { latencyP95: { mean: 2, halfWidth: null } },
          differenceToBaseline: { cost: { mean: -3, halfWidth: null } },
        },
      ],
    });
    expect(JSON.stringify(json)).not.toMatch(/columns|bands|example/);
  });

  it('has a row a policy as CSV', () => {
    const [header = '', first = '', second = ''] = comparisonCsv(both, { differences: true }).split('\n');
    const column = header.split(',').indexOf('costDifference');
    expect(header.split(',').slice(0, 5)).toEqual(['policy', 'sloMet', 'stable', 'arrivals', 'arrivalsHalfWidth']);
    expect([first.split(',')[column], second.split(',')[column], second.split(',')[column + 1]]).toEqual([
      '',
      '-3',
      '',
    ]);
    expect(first.split(',')).toHaveLength(header.split(',').length);
    expect(comparisonCsv(both, { differences: false })).not.toContain('Difference');
  });
});

describe('result', () => {
  it('holds columns and decisions only when they were asked for', () => {
    expect(Object.keys((resultJson(both) as { policies: object[] }).policies[0] ?? {})).toEqual([
      'policy',
      'summary',
      'slo',
      'stability',
      'stoppedEarly',
      'perReplication',
    ]);
    expect(resultJson(both, { columns: true, decisions: true })).toMatchObject({
      schema: 'headroom/result/v1',
      policies: [
        { recordingInterval: 30, columns: { time: [0, 30], retries: [2, null] }, decisions: [], replicas: [] },
        {},
      ],
    });
  });

  it('has a row a recording interval as CSV', () => {
    const rows = resultCsv([live.example], 1_767_225_600).split('\n');
    expect(rows[0]).toMatch(/^policy,replication,instant,time,arrivals,retries,/);
    expect(rows[1]).toMatch(/^live,0,2026-01-01T00:00:00Z,0,1,2,/);
    expect(rows[2]).toMatch(/^live,0,2026-01-01T00:00:30Z,30,,,/);
    expect(rows).toHaveLength(4);
  });
});

describe('check', () => {
  it('fails with its reasons', () => {
    expect(verdictOf(live)).toMatchObject({ passed: true, reasons: [] });
    expect(verdictOf(tried)).toMatchObject({ passed: false, reasons: ['p95 is 2 s, over 500 ms.'] });
    const stopped = policyResult('stuck', {
      example: { ...live.example, stoppedEarly: { at: 60, reason: 'Too many waited.' } },
    });
    expect(verdictOf(stopped).reasons).toEqual(['Too many waited.']);
    const flapping = policyResult('nervous', { stability: { stable: false, reasons: ['7 flaps.'] } });
    expect(verdictOf(flapping).reasons).toEqual(['7 flaps.']);
    expect(checkJson(both)).toMatchObject({
      schema: 'headroom/check/v1',
      passed: false,
      policies: [{ passed: true }, { passed: false }],
    });
    expect(checkJson(comparison([live]))).toMatchObject({ passed: true });
  });
});

describe('validation', () => {
  it('is invalid through errors, not through warnings', () => {
    const issue = (severity: 'error' | 'warning') => ({ code: 'x', severity, message: 'm', path: ['a', 0], line: 3 });
    expect(validationJson([{ file: 'f', issues: [issue('warning')] }])).toMatchObject({
      schema: 'headroom/validation/v1',
      valid: true,
    });
    expect(validationJson([{ file: 'f', issues: [issue('error')] }])).toMatchObject({
      valid: false,
      files: [{ file: 'f', valid: false, issues: [{ at: 'a[0]', line: 3 }] }],
    });
  });
});

describe('import', () => {
  const series = {
    kind: 'rate' as const,
    time: Float64Array.of(0, 60, 120),
    rate: Float64Array.of(1.5, NaN, 3),
    bucket: 60,
    startEpoch: NaN,
  };

  it('keeps gaps as gaps', () => {
    expect(seriesCsv(series)).toBe('time,rate\n0,1.5\n60,\n120,3\n');
    expect(seriesCsv({ ...series, kind: 'timestamps' })).toBe('time\n0\n60\n120\n');
    const imported = { file: 'f.csv', format: 'csv', series, recorded: [], startEpoch: NaN, issues: [] };
    const json = importJson(imported, true);
    expect(json).toMatchObject({
      schema: 'headroom/import/v1',
      series: { rows: 3, startEpoch: null, rate: [1.5, null, 3] },
    });
    expect(importJson(imported, false)).not.toHaveProperty('series.rate');
  });
});
