import type { LatencyQuantiles } from '../kernel/latency-book.ts';
import type { Distribution } from '../random/contract.ts';
import { fine, isPrompt, waitsOf, waitWeights, type WaitShape } from './latency-mixture.ts';

const levels = [0.5, 0.95, 0.99] as const;
/** How far off a quantile may be, as a share of it. */
const precision = 1e-4;
/** Of the table of the tail, evenly over duration ÷ (duration + median): finest, 0.1 %, around the median. */
const cells = 4096;
const waitCount = waitWeights.length;

/**
 * Quantiles of sojourn times without a histogram of them: those of a stretch without waits are the service time's; any
 * other mixture is searched for the duration that the right share of it exceeds, on a table of the service time's tail.
 */
export class SojournQuantiles {
  private readonly prompt: LatencyQuantiles;
  private readonly median: number;
  /** P(service time > the duration where the cell begins) */
  private readonly tail = new Float64Array(cells + 2);
  /** requests of each shape that waited and that did not, and the waits of the former */
  private delayed = new Float64Array(4);
  private waits = new Float64Array(4 * waitCount);
  private shapes = 0;
  private atOnce = 0;
  /** where the last search ended, s, and how steep the tail was there, by level: neighbouring rows are alike */
  private readonly found: Float64Array;
  private readonly slopes: Float64Array;

  constructor(serviceTimes: Distribution) {
    this.median = serviceTimes.quantile(0.5);
    const [p50, p95, p99] = levels.map((level) => serviceTimes.quantile(level)) as [number, number, number];
    this.prompt = { p50, p95, p99 };
    this.found = Float64Array.of(p50, p95, p99);
    this.slopes = new Float64Array(levels.length).fill(-1 / Math.max(p95, 1e-9));
    // The end of an unbounded distribution stands where next to nothing is left of it.
    const probabilities = [...fine.slice(0, -1), 1 - 2 ** -16];
    const values = probabilities.map((probability) => serviceTimes.quantile(probability));
    let above = 0;
    for (let cell = 0; cell < cells; cell++) {
      const value = (this.median * cell) / (cells - cell);
      while (above < values.length && values[above]! <= value) above++;
      if (above === 0) this.tail[cell] = 1;
      else if (above < values.length) {
        const from = values[above - 1]!;
        const share = (value - from) / (values[above]! - from);
        const below = probabilities[above - 1]!;
        this.tail[cell] = 1 - below - share * (probabilities[above]! - below);
      }
    }
  }

  /** Of all stretches together. */
  of(stretches: readonly WaitShape[]): LatencyQuantiles {
    let total = 0;
    this.shapes = 0;
    this.atOnce = 0;
    for (const shape of stretches) {
      total += shape.count;
      this.atOnce += isPrompt(shape, this.median) ? shape.count : this.take(shape);
    }
    if (!(total > 0)) return { p50: NaN, p95: NaN, p99: NaN };
    if (this.shapes === 0) return this.prompt;
    return { p50: this.search(0, total), p95: this.search(1, total), p99: this.search(2, total) };
  }

  /** @returns requests of the stretch that did not wait */
  private take(shape: WaitShape): number {
    if (this.shapes === this.delayed.length) {
      this.delayed = new Float64Array([...this.delayed, ...this.delayed]);
      this.waits = new Float64Array([...this.waits, ...this.waits]);
    }
    this.delayed[this.shapes] = shape.count * shape.delayed;
    waitsOf(shape, this.waits, this.shapes * waitCount);
    this.shapes++;
    return shape.count * (1 - shape.delayed);
  }

  /**
   * Where the tail falls through what a level leaves above it: along the secant, from where it was last; halfway between
   * the bounds known so far where that leads out of them or nowhere.
   */
  private search(level: number, total: number): number {
    const wanted = 1 - levels[level]!;
    let low = 0;
    let high = Infinity;
    let at = this.found[level]!;
    let slope = this.slopes[level]!;
    let before = at;
    let surplusBefore = 0;
    for (let round = 0; round < 60; round++) {
      const surplus = this.exceeding(at) / total - wanted;
      if (surplus >= 0) low = at;
      else high = at;
      if (round > 0) {
        const secant = (surplus - surplusBefore) / (at - before);
        if (secant < 0) slope = secant;
      }
      let next = at - surplus / slope;
      if (!(next > low && next < high) || round > 8) next = high === Infinity ? 2 * low : (low + high) / 2;
      before = at;
      surplusBefore = surplus;
      // A slope that is a row old is right to a tenth or so, and so is the stride it leads to.
      const allowed = (round === 0 ? 10 : 1) * precision;
      const done = surplus === 0 || Math.abs(next - at) <= allowed * next;
      at = surplus === 0 ? at : next;
      if (done) break;
    }
    this.found[level] = at;
    this.slopes[level] = slope;
    return at;
  }

  /** Requests whose sojourn is longer than this. */
  private exceeding(duration: number): number {
    const { waits, delayed } = this;
    let sum = this.atOnce * this.served(duration);
    for (let shape = 0, at = 0; shape < this.shapes; shape++, at += waitCount) {
      let share = 0;
      for (let i = 0; i < waitCount; i++) share += waitWeights[i]! * this.served(duration - waits[at + i]!);
      sum += delayed[shape]! * share;
    }
    return sum;
  }

  /** P(service time > duration) */
  private served(duration: number): number {
    if (duration <= 0) return 1;
    const { tail } = this;
    const place = (cells * duration) / (duration + this.median);
    const cell = Math.floor(place);
    return tail[cell]! + (tail[cell + 1]! - tail[cell]!) * (place - cell);
  }
}
