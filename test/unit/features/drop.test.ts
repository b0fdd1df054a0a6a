import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import {
  importTrace,
  loadScenario,
  parseScenario,
  traceKey,
  tracesOf,
  type TraceSeries,
} from '../../../sim-core/index.ts';
import { traceTerm } from '../../../renderer/features/drop/intake.ts';
import { guessFile } from '../../../renderer/features/drop/recognise.ts';
import { lengthOf, replayParts, requestsIn, sensiblePart } from '../../../renderer/features/drop/replay-part.ts';
import { binnedRate } from '../../../renderer/features/drop/Sparkline.tsx';
import { smallScenario } from '../../support/small-scenario.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('a file given from outside', () => {
  it.each([
    ['a.yaml', '# mine\nschema: headroom/v1\nname: x\n', 'scenario'],
    ['a.json', '{"schema": "headroom/v1"}', 'scenario'],
    ['hpa.yaml', 'apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\n', 'manifest'],
    ['list.json', '{"items":[{"kind":"HorizontalPodAutoscaler"}]}', 'manifest'],
    ['main.tf', 'resource "aws_appautoscaling_policy" "cpu" {\n}\n', 'manifest'],
    ['policies.json', '{"ScalingPolicies": [{"PolicyName": "cpu"}]}', 'manifest'],
    ['shop.nomad', 'job "shop" {\n  group "web" {\n    scaling {\n', 'manifest'],
    ['otlp.json', '{"resourceMetrics":[{"resource":{"attributes":[]}}]}', 'data'],
    ['calm.mts', 'export default () => ({ replicas: 2 });', 'policy'],
    ['film.ts', 'G\u0000\u0011', 'data'],
    ['x.csv', 'time,rps\n1,2\n', 'data'],
    ['prometheus.json', '{"status":"success","data":{}}', 'data'],
    ['photo.PNG', '\u0089PNG', 'image'],
    ['deployment.yaml', 'kind: Deployment\n', 'unknown-text'],
  ] as const)('%s is taken for what it holds', (name, text, guess) => {
    expect(guessFile(name, bytes(text))).toBe(guess);
  });
});

/** `days` of minutes at 1/s, with a busy hour at 10/s. */
function trace(days: number, busyAt: number): TraceSeries {
  const rows = days * 1440;
  const time = Float64Array.from({ length: rows }, (_, row) => row * 60);
  const rate = time.map((at) => (at >= busyAt && at < busyAt + 3600 ? 10 : 1));
  return { kind: 'rate', time, rate, bucket: 60, startEpoch: 0 };
}

describe('parts of a trace to replay', () => {
  it('are the whole, the busiest day and the busiest hour of a long one', () => {
    const parts = replayParts(trace(3, 1.5 * 86_400));
    expect(parts.map(({ id }) => id)).toEqual(['whole', 'busiest-day', 'busiest-hour']);
    const [whole, day, hour] = parts;
    expect(whole).toMatchObject({ from: 0, length: 3 * 86_400, requests: 3 * 86_400 + 9 * 3600 });
    expect(day!.requests).toBe(86_400 + 9 * 3600);
    expect(hour!.from).toBe(1.5 * 86_400);
    expect(hour!.requests).toBe(36_000);
  });

  it('leave out what is not shorter than the trace, and count gaps as nothing', () => {
    const series: TraceSeries = {
      kind: 'rate',
      time: Float64Array.of(0, 60, 120),
      rate: Float64Array.of(2, NaN, 3),
      bucket: 60,
      startEpoch: NaN,
    };
    expect(replayParts(series).map(({ id }) => id)).toEqual(['whole']);
    expect(requestsIn(series, 0, lengthOf(series))).toBe(300);
  });

  it('propose the longest that is done in seconds', () => {
    const parts = replayParts(trace(3, 0)).map((part, index) => ({ ...part, requests: [1e9, 3e7, 1e6][index]! }));
    expect(sensiblePart(parts)?.id).toBe('busiest-hour');
    expect(sensiblePart(replayParts(trace(3, 0)))?.id).toBe('whole');
  });

  it('are replayed by a term that the scenario takes', () => {
    const rows = Array.from({ length: 200 }, (_, row) => `${new Date(row * 60_000).toISOString()},${10 + (row % 7)}`);
    const file = bytes(['timestamp,rps', ...rows].join('\n'));
    const { mapping, series, report, issues } = importTrace('traces/week.csv', file);
    const { file: _file, ...rest } = mapping!;
    const draft = {
      fileName: 'week.csv',
      name: 'traces/week.csv',
      blob: new Blob([file]),
      recorded: [],
      progress: 1,
      format: 'csv',
      mapping: rest,
      series,
      report,
      issues,
      busy: false,
    };
    const parts = replayParts(series!);
    for (const part of parts) {
      const scenario = { ...parse(smallScenario), workload: { sum: [traceTerm(draft, part, 'hold')] } };
      const text = stringify(scenario);
      const [trace] = tracesOf(parseScenario(text).scenario!);
      const outcome = loadScenario(text, new Map([[traceKey(trace!), importTrace('traces/week.csv', file, trace!)]]));
      expect(outcome.issues).toEqual([]);
      expect(outcome.loaded).toBeDefined();
    }
    expect(parts.map(({ id }) => id)).toEqual(['whole', 'busiest-hour']);
  });
});

describe('the glance at a trace', () => {
  it('keeps the peaks and the gaps', () => {
    const series = trace(1, 3600);
    const rates = binnedRate(series, 24);
    expect(rates[1]).toBe(10);
    expect(rates[5]).toBe(1);
    expect(binnedRate({ ...series, rate: series.rate.fill(NaN) }, 10).every(Number.isNaN)).toBe(true);
  });

  it('counts time stamps', () => {
    const series: TraceSeries = {
      kind: 'timestamps',
      time: Float64Array.of(0, 1, 2, 9),
      rate: new Float64Array(0),
      bucket: 0,
      startEpoch: 0,
    };
    const rates = binnedRate(series, 2);
    expect(rates[0]).toBeCloseTo(3 / 5);
    expect(rates[1]).toBeCloseTo(1 / 5);
  });
});
