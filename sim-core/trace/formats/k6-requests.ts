import type { TraceMapping } from '../mapping.ts';
import type { Recording } from '../recording.ts';
import { outcomeOfStatus, outcomes, type Outcome, type RequestLog } from '../request-log.ts';
import type { SeriesGroup } from '../series-group.ts';
import type { TimeReader } from '../time-reader.ts';

/** The metrics of k6 that are read; all others are counted and left out. */
export const k6Metrics = ['http_reqs', 'http_req_duration', 'http_req_blocked', 'grpc_req_duration', 'vus'] as const;
export type K6Metric = (typeof k6Metrics)[number];

/**
 * Puts the samples that k6 writes for one request together again: `http_reqs` comes first and its durations follow. All
 * carry the time at which the request ended. It began `http_req_blocked` (waiting for a connection, connecting and TLS
 * included) and `http_req_duration` before that.
 *
 * @see https://grafana.com/docs/k6/latest/using-k6/metrics/reference/
 */
export class K6Requests {
  private readonly log: RequestLog;
  private readonly users: SeriesGroup;
  private readonly moves: boolean;
  private open = false;
  private line = 0;
  private seconds = 0;
  private fraction = 0;
  private took = NaN;
  private blocked = 0;
  private outcome: Outcome = outcomes.served;

  /** @param grain s, of the times */
  constructor(
    private readonly recording: Recording,
    mapping: TraceMapping,
    grain: number,
  ) {
    recording.loop = 'closed';
    recording.proposal = { kind: 'timestamps' };
    recording.column({ name: 'http_req_duration', role: 'duration', unit: 'ms' });
    this.moves = (mapping.loggedAt ?? 'end') === 'end';
    this.log = recording.requests({ loggedAt: 'start', unordered: true, grain });
    this.users = recording.series({ name: 'vus', role: 'other', measure: 'gauge' });
  }

  /**
   * @param value ms for durations
   * @param status of HTTP; NaN or 0 where there was no answer
   */
  sample(metric: K6Metric, line: number, times: TimeReader, value: number, status: number): void {
    switch (metric) {
      case 'http_reqs':
        this.begin(line, times, status);
        return;
      case 'http_req_duration':
        this.took = value / 1000;
        return;
      case 'http_req_blocked':
        this.blocked = value > 0 ? value / 1000 : 0;
        return;
      case 'grpc_req_duration':
        this.begin(line, times, NaN);
        this.outcome = outcomes.served;
        this.took = value / 1000;
        return;
      case 'vus':
        this.users.at(line, times.seconds, times.fraction);
        this.users.put(0, value, line);
    }
  }

  end(times: TimeReader): void {
    this.flush();
    this.recording.time = times.facts;
  }

  private begin(line: number, times: TimeReader, status: number): void {
    this.flush();
    this.open = true;
    this.line = line;
    this.seconds = times.seconds;
    this.fraction = times.fraction;
    this.took = NaN;
    this.blocked = 0;
    this.outcome = status > 0 ? outcomeOfStatus(status) : outcomes.failed;
  }

  private flush(): void {
    if (!this.open) return;
    this.open = false;
    const moves = this.moves && this.took >= 0;
    if (moves) this.log.moved++;
    const back = moves ? this.took + this.blocked : 0;
    this.log.add(this.line, this.seconds, this.fraction - back, this.took, this.outcome);
  }
}
