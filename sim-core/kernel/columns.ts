/**
 * What a run records: columns of equal length n, one row a recording interval. Row i covers
 * [time[i], time[i] + recordingInterval). Counts are of events in the row, replicas and queue of its end,
 * unless the name says Mean or Max.
 */
export interface RunColumns {
  /** s, start of the row */
  readonly time: Float64Array;
  /** attempts that arrived, retries included */
  readonly arrivals: Float64Array;
  readonly retries: Float64Array;
  readonly completed: Float64Array;
  readonly rejected: Float64Array;
  readonly timedOut: Float64Array;
  readonly failed: Float64Array;
  /** requests waiting at the end of the row */
  readonly queueLength: Float64Array;
  /** time average of the requests waiting */
  readonly queueLengthMean: Float64Array;
  /** most requests waiting at once in the row */
  readonly queueLengthMax: Float64Array;
  /** requests on a slot at the end of the row */
  readonly inService: Float64Array;
  /** time average of the requests on a slot */
  readonly inServiceMean: Float64Array;
  /** replicas asked for at the end of the row */
  readonly desired: Float64Array;
  readonly provisioning: Float64Array;
  readonly starting: Float64Array;
  readonly ready: Float64Array;
  readonly draining: Float64Array;
  /** nodes that are ready; 0 where there is room without end */
  readonly nodes: Float64Array;
  /** replicas, of those provisioning, that no node has room for */
  readonly unplaced: Float64Array;
  /** replica-seconds that are billed in the row: everything from start to gone */
  readonly replicaSeconds: Float64Array;
  /** slot-seconds of ready replicas in the row */
  readonly readySlotSeconds: Float64Array;
  /** busy ÷ ready slot-seconds, 0 … 1; NaN when no slot was ready */
  readonly utilisation: Float64Array;
  /** CPU use of ready replicas ÷ their request; NaN when none was ready */
  readonly cpuUtilisation: Float64Array;
  /** the CPU utilisation the autoscaler saw at its last evaluation; NaN before the first */
  readonly cpuSeen: Float64Array;
  /** sojourn time of attempts completed in the row, s; NaN when none completed */
  readonly latencyMean: Float64Array;
  readonly latencyP50: Float64Array;
  readonly latencyP95: Float64Array;
  readonly latencyP99: Float64Array;
  /** wait before service of attempts that started in the row, s; NaN when none did */
  readonly waitingTimeMean: Float64Array;
  /** share of the attempts started in the row that had to wait; NaN when none did */
  readonly delayedShare: Float64Array;
  /** slot time of attempts completed in the row, s, and its squared coefficient of variation; NaN when none did */
  readonly serviceTimeMean: Float64Array;
  readonly serviceScv: Float64Array;
}

export const columnNames = [
  'time',
  'arrivals',
  'retries',
  'completed',
  'rejected',
  'timedOut',
  'failed',
  'queueLength',
  'queueLengthMean',
  'queueLengthMax',
  'inService',
  'inServiceMean',
  'desired',
  'provisioning',
  'starting',
  'ready',
  'draining',
  'nodes',
  'unplaced',
  'replicaSeconds',
  'readySlotSeconds',
  'utilisation',
  'cpuUtilisation',
  'cpuSeen',
  'latencyMean',
  'latencyP50',
  'latencyP95',
  'latencyP99',
  'waitingTimeMean',
  'delayedShare',
  'serviceTimeMean',
  'serviceScv',
] as const satisfies readonly (keyof RunColumns)[];

/** Zeros. A literal, not made of the list of names: an object made name by name is a hash table to V8, 32 look-ups a row. */
export function emptyColumns(rows: number): { -readonly [Name in keyof RunColumns]: Float64Array } {
  const column = () => new Float64Array(rows);
  return {
    time: column(),
    arrivals: column(),
    retries: column(),
    completed: column(),
    rejected: column(),
    timedOut: column(),
    failed: column(),
    queueLength: column(),
    queueLengthMean: column(),
    queueLengthMax: column(),
    inService: column(),
    inServiceMean: column(),
    desired: column(),
    provisioning: column(),
    starting: column(),
    ready: column(),
    draining: column(),
    nodes: column(),
    unplaced: column(),
    replicaSeconds: column(),
    readySlotSeconds: column(),
    utilisation: column(),
    cpuUtilisation: column(),
    cpuSeen: column(),
    latencyMean: column(),
    latencyP50: column(),
    latencyP95: column(),
    latencyP99: column(),
    waitingTimeMean: column(),
    delayedShare: column(),
    serviceTimeMean: column(),
    serviceScv: column(),
  };
}
