import { grown } from './grown.ts';
import type { RequestPool } from './request-pool.ts';

/** Lines of waiting requests, linked through the request pool so that anyone can leave from anywhere. */
export class RequestLines {
  /** waiting requests of all lines */
  total = 0;
  lengths = new Int32Array(16);
  /** who has waited longest and shortest, by line; −1 when nobody waits */
  heads = new Int32Array(16).fill(-1);
  tails = new Int32Array(16).fill(-1);

  constructor(private readonly requests: RequestPool) {}

  reserve(lines: number): void {
    if (lines <= this.lengths.length) return;
    const capacity = Math.max(lines, this.lengths.length * 2);
    this.lengths = grown(this.lengths, capacity);
    this.heads = grown(this.heads, capacity, -1);
    this.tails = grown(this.tails, capacity, -1);
  }

  /** Who has waited longest; −1 when nobody waits. */
  first(line: number): number {
    return this.heads[line]!;
  }

  /** Who has waited shortest; −1 when nobody waits. */
  last(line: number): number {
    return this.tails[line]!;
  }

  push(line: number, request: number): void {
    const { requests, tails } = this;
    const tail = tails[line]!;
    requests.previous[request] = tail;
    requests.next[request] = -1;
    if (tail < 0) this.heads[line] = request;
    else requests.next[tail] = request;
    tails[line] = request;
    this.lengths[line]!++;
    this.total++;
  }

  remove(line: number, request: number): void {
    const { requests } = this;
    const before = requests.previous[request]!;
    const after = requests.next[request]!;
    if (before < 0) this.heads[line] = after;
    else requests.next[before] = after;
    if (after < 0) this.tails[line] = before;
    else requests.previous[after] = before;
    this.lengths[line]!--;
    this.total--;
  }
}
