/** How a number is printed. */
export type MeasureKind = 'seconds' | 'share' | 'number' | 'rate';

export interface Measure {
  readonly title: string;
  readonly kind: MeasureKind;
}

/** Every number a model may give, by its name in JSON. Seconds, shares of 1, requests, 1/s. */
export const calculatorMeasures = {
  offeredLoad: { title: 'Offered load, erlang', kind: 'number' },
  trafficIntensity: { title: 'Traffic intensity', kind: 'number' },
  utilisation: { title: 'Utilisation', kind: 'share' },
  servers: { title: 'Servers', kind: 'number' },
  squareRootFactor: { title: 'β of a + β√a', kind: 'number' },
  delayProbability: { title: 'Share that waits', kind: 'share' },
  delayProbabilityPointwise: { title: 'Share that waits at the worst moment, pointwise', kind: 'share' },
  delayProbabilityModified: { title: 'Share that waits at the worst moment, modified load', kind: 'share' },
  delayProbabilityMean: { title: 'Share that waits over a period, modified load', kind: 'share' },
  blockingProbability: { title: 'Blocking probability', kind: 'share' },
  abandonmentProbability: { title: 'Share that gives up', kind: 'share' },
  throughput: { title: 'Throughput', kind: 'rate' },
  waitingTimeMean: { title: 'Mean wait', kind: 'seconds' },
  waitingTimeServedMean: { title: 'Mean wait of those served', kind: 'seconds' },
  waitingTimeAbandonedMean: { title: 'Mean wait of those who give up', kind: 'seconds' },
  waitingTimeDelayedMean: { title: 'Mean wait of those who wait', kind: 'seconds' },
  waitingTimeP50: { title: 'Wait p50', kind: 'seconds' },
  waitingTimeP95: { title: 'Wait p95', kind: 'seconds' },
  waitingTimeP99: { title: 'Wait p99', kind: 'seconds' },
  firstWaitingTimeMean: { title: 'Mean wait, first class', kind: 'seconds' },
  lastWaitingTimeMean: { title: 'Mean wait, last class', kind: 'seconds' },
  firstSojournTimePreemptiveMean: { title: 'Mean sojourn, first class, interrupting', kind: 'seconds' },
  lastSojournTimePreemptiveMean: { title: 'Mean sojourn, last class, interrupted', kind: 'seconds' },
  sojournTimeMean: { title: 'Mean sojourn', kind: 'seconds' },
  sojournTimePreemptiveMean: { title: 'Mean sojourn of all, interrupting', kind: 'seconds' },
  sojournTimeP50: { title: 'Sojourn p50', kind: 'seconds' },
  sojournTimeP95: { title: 'Sojourn p95', kind: 'seconds' },
  sojournTimeP99: { title: 'Sojourn p99', kind: 'seconds' },
  slowdown: { title: 'Sojourn ÷ service time', kind: 'number' },
  queueLengthMean: { title: 'Mean queue', kind: 'number' },
  numberInSystemMean: { title: 'Mean inside', kind: 'number' },
  numberInSystemP95: { title: 'Inside p95', kind: 'number' },
  numberInSystemP99: { title: 'Inside p99', kind: 'number' },
  saturationUsers: { title: 'Users that saturate', kind: 'number' },
  offeredLoadPeak: { title: 'Highest offered load, erlang', kind: 'number' },
  peakLag: { title: 'Load peaks later than the rate by', kind: 'seconds' },
} as const satisfies Record<string, Measure>;

export type MeasureName = keyof typeof calculatorMeasures;
export const measureNames = Object.keys(calculatorMeasures) as MeasureName[];
