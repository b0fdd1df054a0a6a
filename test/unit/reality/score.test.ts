import { describe, expect, it } from 'vitest';
import type { RecordedReadings } from '../../../sim-core/reality/readings.ts';
import { readLikeRecording, scoreOf } from '../../../sim-core/reality/score.ts';
import type { RunResult } from '../../../sim-core/index.ts';

const readings = (replicas: number[], latency: number[] | null = null): RecordedReadings => ({
  time: Float64Array.from(replicas, (_, i) => 30 * i),
  readAt: Float64Array.from(replicas, (_, i) => 30 * i + 20),
  bucket: 30,
  replicas: Float64Array.from(replicas),
  counted: 'ready',
  latency:
    latency === null
      ? null
      : { name: 'latency', values: Float64Array.from(latency), statistic: 'mean' as const, unit: 's' as const },
  cpu: null,
  desired: null,
});

describe('the score of a reality check', () => {
  it('is worked out by hand here', () => {
    const score = scoreOf(readings([2, 2, 4, 8, 4, 2, 2, 2], [1, 1, 2, 4, 2, 1, 1, NaN]), {
      replicas: Float64Array.from([2, 2, 2, 5, 9, 4, 2, 2]),
      latency: Float64Array.from([1, 1, 1, 2, 2, 1, NaN, 9]),
      cpu: null,
    });
    expect(score).toMatchObject({
      replicaError: (2 + 3 + 5 + 2) / 8,
      equalShare: 0.5,
      replicasMean: 3.5,
      lag: 30,
      peakReplicas: 9,
      peakTime: 140,
      latencyError: 3 / 11,
      latencyP95Error: -0.5,
    });
    expect(score.cpuError).toBeNaN();
  });

  it('finds replicas that come early, and no lag where nothing moves', () => {
    const early = scoreOf(readings([1, 1, 1, 1, 6, 7, 3, 1, 1, 1, 1, 1]), {
      replicas: Float64Array.from([1, 1, 6, 7, 3, 1, 1, 1, 1, 1, 1, 1]),
      latency: null,
      cpu: null,
    });
    expect(early.lag).toBe(-60);
    const still = scoreOf(readings([3, 3, 3, 3, 3]), {
      replicas: new Float64Array(5).fill(3),
      latency: null,
      cpu: null,
    });
    expect(still).toMatchObject({ replicaError: 0, equalShare: 1, lag: 0 });
  });

  it('counts replicas at the instants they were read', () => {
    const life = (createdAt: number, readyAt: number, drainingAt = NaN) => ({
      id: 0,
      createdAt,
      startedAt: createdAt,
      readyAt,
      drainingAt,
      goneAt: drainingAt,
    });
    const run = {
      replicas: [life(0, 0), life(10, 21), life(12, 19), life(15, NaN, 40), life(0, 0, 79)],
    } as unknown as RunResult;
    expect([...readLikeRecording(run, readings([0, 0, 0]), 1).replicas]).toEqual([3, 4, 3]);
    const asked = { ...readings([0, 0, 0]), counted: 'desired' as const };
    expect([...readLikeRecording(run, asked, 1).replicas]).toEqual([5, 4, 3]);
  });
});
