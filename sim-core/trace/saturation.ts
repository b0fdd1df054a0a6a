import type { RecordedSeries, SaturatedStretch, TraceSeries } from './contract.ts';

/** Utilisation from which what is served may be less than what is asked for. */
const highUtilisation = 0.9;
/** Rows over which a queue must grow without a break, what it must at least grow by, and how many times over. */
const growingRows = 3;
const growingBy = 10;
const growingTimes = 2;
/** Share of the demand that may fail before the demand is taken for censored. */
const errorShare = 0.01;
const shownStretches = 200;

/**
 * Stretches in which a service was probably saturated, so that recorded demand is censored: it shows what was served,
 * not what was asked for.
 */
export function findSaturation(
  recorded: readonly RecordedSeries[],
  demand: TraceSeries | undefined,
): { readonly stretches: readonly SaturatedStretch[]; readonly time: number } {
  const all = recorded.flatMap((series): SaturatedStretch[] => {
    if (series.role === 'cpu' && series.unit === 'fraction')
      return stretches(series, 'utilisation', (i) => series.values[i]! >= highUtilisation);
    if (series.role === 'queue') return growingQueues(series);
    if (series.role !== 'errors') return [];
    if (series.unit === 'fraction') return stretches(series, 'errors', (i) => series.values[i]! > errorShare);
    if (series.unit !== '1/s' || demand === undefined) return [];
    const asked = rateBeside(series, demand);
    return stretches(series, 'errors', (i) => series.values[i]! > errorShare * asked[i]! && series.values[i]! > 0);
  });
  all.sort((a, b) => a.from - b.from || a.to - b.to);
  let time = 0;
  let until = -Infinity;
  for (const { from, to } of all) {
    time += Math.max(0, to - Math.max(from, until));
    until = Math.max(until, to);
  }
  return { stretches: all.slice(0, shownStretches), time };
}

function endOf({ time, bucket }: RecordedSeries, i: number): number {
  return Math.min(time[i + 1] ?? Infinity, time[i]! + bucket);
}

function stretches(
  series: RecordedSeries,
  reason: SaturatedStretch['reason'],
  isSaturated: (row: number) => boolean,
): SaturatedStretch[] {
  const found: SaturatedStretch[] = [];
  const { time } = series;
  for (let i = 0; i < time.length; i++) {
    if (!isSaturated(i)) continue;
    const from = time[i]!;
    while (i + 1 < time.length && isSaturated(i + 1)) i++;
    found.push({ from, to: endOf(series, i), reason, series: series.name });
  }
  return found;
}

function growingQueues(series: RecordedSeries): SaturatedStretch[] {
  const found: SaturatedStretch[] = [];
  const { time, values } = series;
  for (let i = 0; i + 1 < time.length; i++) {
    let last = i;
    while (last + 1 < time.length && values[last + 1]! > values[last]!) last++;
    const grown = values[last]! - values[i]!;
    if (last - i >= growingRows && grown >= growingBy && values[last]! >= growingTimes * values[i]!)
      found.push({ from: time[i]!, to: endOf(series, last), reason: 'queue', series: series.name });
    if (last > i) i = last - 1;
  }
  return found;
}

/** The demand over each row of another series, 1/s; 0 where it is not known. */
function rateBeside(series: RecordedSeries, { kind, time, rate, bucket }: TraceSeries): Float64Array {
  const beside = new Float64Array(series.time.length);
  for (let i = 0, k = 0; i < beside.length; i++) {
    const from = series.time[i]!;
    const to = endOf(series, i);
    while (k < time.length && (kind === 'rate' ? time[k]! + bucket <= from : time[k]! < from)) k++;
    let sum = 0;
    let weight = 0;
    for (let j = k; j < time.length && time[j]! < to; j++) {
      if (kind === 'timestamps') {
        sum++;
        weight = to - from;
        continue;
      }
      if (Number.isNaN(rate[j]!)) continue;
      const overlap = Math.min(to, time[j]! + bucket) - Math.max(from, time[j]!);
      sum += rate[j]! * overlap;
      weight += overlap;
    }
    beside[i] = weight > 0 ? sum / weight : 0;
  }
  return beside;
}
