import type { Amount } from './amount.ts';

/** What a scenario knows of itself, under the names formulas may use. */
export const givenNames: readonly string[] = [
  'peakArrivalRate',
  'meanArrivalRate',
  'meanServiceTime',
  'concurrency',
  'perReplicaHour',
] satisfies readonly (keyof GivenAmounts)[];

export interface GivenAmounts {
  /** highest and mean arrival rate over the horizon, before retries */
  readonly peakArrivalRate: Amount;
  readonly meanArrivalRate: Amount;
  readonly meanServiceTime: Amount;
  readonly concurrency: Amount;
  /** price of one replica for an hour */
  readonly perReplicaHour: Amount;
}
