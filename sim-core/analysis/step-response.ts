import type { LoadStep } from '../workload/load-steps.ts';
import { stretches } from './count-over-time.ts';
import type { CountOverTime } from './count-over-time.ts';

export interface StepResponse {
  /**
   * s from the step until the count stays within the band around its final value for good; Infinity when it still leaves
   * the band in the last quarter, NaN without a step
   */
  readonly settlingTime: number;
  /** how far the count went beyond its final value, ÷ how far it had to go (at least one); NaN without a step */
  readonly overshoot: number;
}

/** Share of the way that the band is wide on each side; never less than one replica, which no count can be finer than. */
const band = 0.05;

/**
 * How a count answers steps of the load, as control theory has it; of several steps the worst of each number.
 *
 * The final value is the mean over the last quarter of the time for which the rate keeps its new level, the first value
 * the count just before the step.
 *
 * @param from s: earlier steps do not count
 * @param end s: the run covers no more
 */
export function stepResponseOf(
  count: CountOverTime,
  steps: readonly LoadStep[],
  from: number,
  end: number,
): StepResponse {
  const responses = steps
    .filter(({ time }) => time >= from && time < end)
    .map((step) => responseTo(count, { ...step, until: Math.min(step.until, end) }));
  if (responses.length === 0) return { settlingTime: NaN, overshoot: NaN };
  return {
    settlingTime: Math.max(...responses.map(({ settlingTime }) => settlingTime)),
    overshoot: Math.max(...responses.map(({ overshoot }) => overshoot)),
  };
}

function responseTo(count: CountOverTime, { time, until, grows }: LoadStep): StepResponse {
  const lastQuarter = until - (until - time) / 4;
  const final = meanWithin(count, lastQuarter, until);
  const way = Math.abs(final - valueBefore(count, time));
  const width = Math.max(1, band * way);
  let settled = time;
  let beyond = 0;
  for (const { stop, value } of stretches(count, time, until)) {
    beyond = Math.max(beyond, grows ? value - final : final - value);
    if (Math.abs(value - final) > width) settled = stop;
  }
  return {
    settlingTime: settled > lastQuarter ? Infinity : settled - time,
    overshoot: beyond / Math.max(1, way),
  };
}

function meanWithin(count: CountOverTime, from: number, end: number): number {
  let sum = 0;
  for (const { start, stop, value } of stretches(count, from, end)) sum += value * (stop - start);
  return sum / (end - from);
}

function valueBefore({ before, times, values }: CountOverTime, time: number): number {
  const index = times.findIndex((at) => at >= time);
  const last = index < 0 ? times.length - 1 : index - 1;
  return last < 0 ? before : values[last]!;
}
