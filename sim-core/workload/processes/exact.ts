import type { ArrivalProcess } from '../contract.ts';

/** Arrivals as recorded. @param times s, non-decreasing */
export class ExactArrivals implements ArrivalProcess {
  private next = 0;

  constructor(private readonly times: Float64Array) {}

  fill(target: Float64Array): number {
    const part = this.times.subarray(this.next, this.next + target.length);
    target.set(part);
    this.next += part.length;
    return part.length;
  }
}
