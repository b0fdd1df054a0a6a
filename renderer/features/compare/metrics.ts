import { formatFixed, formatMoney, formatNumber, formatShare } from '../../../sim-core/index.ts';
import type { Estimate, RunSummary } from '../../../sim-core/index.ts';

/** One column of the comparison. */
export interface Metric {
  readonly key: keyof RunSummary;
  readonly title: string;
  readonly help: string;
  readonly better: 'higher' | 'lower';
  /** `612 ms` */
  print(value: number): string;
  /** The half-width beside the mean, in the mean's unit: `18`. */
  printHalfWidth(halfWidth: number, mean: number): string;
  /** The signed difference: `−181`. */
  printDifference(difference: Estimate, mean: number): string;
}

const sign = (value: number, printed: string): string =>
  Number(printed.replaceAll(',', '')) === 0 ? printed : value > 0 ? `+${printed}` : `−${printed}`;

const decimalsIn = (printed: string): number => /\.(\d+)/.exec(printed)?.[1]?.length ?? 0;

/** As many decimals as the mean beside it shows; one more when nothing would be left of it. */
function beside(value: number, decimals: number): string {
  return formatFixed(value, value > 0 && value < 0.5 * 10 ** -decimals ? decimals + 1 : decimals);
}

/**
 * A metric whose numbers are plain after a factor (0.9731 → 97.31), so that mean, half-width and difference stand in
 * one unit and end at the same digit.
 */
function scaled(
  factorOf: (mean: number) => number,
  print: (value: number) => string,
): Pick<Metric, 'print' | 'printHalfWidth' | 'printDifference'> {
  return {
    print,
    printHalfWidth: (halfWidth, mean) => beside(halfWidth * factorOf(mean), decimalsIn(print(mean))),
    printDifference({ mean: difference, halfWidth }, mean) {
      const factor = factorOf(mean);
      const decimals = decimalsIn(print(mean));
      const text = sign(difference, beside(Math.abs(difference) * factor, decimals));
      return Number.isNaN(halfWidth) ? text : `${text} ± ${beside(halfWidth * factor, decimals)}`;
    },
  };
}

/** The unit that suits a time, so that it stays one number: `612 ms`, `2.18 s`, `2.12 min`. */
function timeUnit(seconds: number): readonly [factor: number, unit: string] {
  if (seconds < 0.9995) return [1000, 'ms'];
  if (seconds < 119.5) return [1, 's'];
  return seconds < 7170 ? [1 / 60, 'min'] : [1 / 3600, 'h'];
}

function printTime(seconds: number): string {
  const [factor, unit] = timeUnit(seconds);
  return Number.isNaN(seconds) ? formatNumber(seconds) : `${formatNumber(seconds * factor)} ${unit}`;
}

/** The columns, in their order. Money prints in the scenario's currency. */
export function metricsOf(currency: string): readonly Metric[] {
  return [
    {
      key: 'sloAttainment',
      title: 'SLO met',
      help: 'Share of the SLO windows that met every objective',
      better: 'higher',
      ...scaled(() => 100, formatShare),
    },
    {
      key: 'latencyP95',
      title: 'p95 latency',
      help: '95 % of the requests were answered within this time, over the whole run',
      better: 'lower',
      ...scaled((mean) => timeUnit(mean)[0], printTime),
    },
    {
      key: 'maxBacklog',
      title: 'Max backlog',
      help: 'The most requests that waited at once',
      better: 'lower',
      ...scaled(
        () => 1,
        (value) => formatFixed(value, value < 10 && !Number.isInteger(value) ? 1 : 0),
      ),
    },
    {
      key: 'replicaHours',
      title: 'Replica-hours',
      help: 'Replicas paid for, start-up and draining included',
      better: 'lower',
      ...scaled(
        () => 1,
        (value) => (value < 1000 ? formatFixed(value, 1) : formatNumber(value, 4)),
      ),
    },
    {
      key: 'cost',
      title: 'Cost',
      help: 'Replicas, and SLO violations at their stated price',
      better: 'lower',
      ...scaled(
        () => 1,
        (value) => formatMoney(value, currency),
      ),
    },
    {
      key: 'flaps',
      title: 'Flaps',
      help: 'A scale-up followed by a scale-down within the flap window, or the reverse; mean over the replications',
      better: 'lower',
      ...scaled(
        () => 1,
        (value) => formatNumber(value),
      ),
    },
  ];
}

/** Whether an interval tells the two sides of zero apart: −1 below, 1 above, 0 when it cannot. */
export function significance({ mean, halfWidth }: Estimate): -1 | 0 | 1 {
  if (!Number.isFinite(mean) || !Number.isFinite(halfWidth) || Math.abs(mean) <= halfWidth || mean === 0) return 0;
  return mean < 0 ? -1 : 1;
}

/** Whether the difference is an improvement, a loss, or neither for sure. */
export function judgement(metric: Pick<Metric, 'better'>, difference: Estimate): 'better' | 'worse' | 'unsure' {
  const side = significance(difference);
  if (side === 0) return 'unsure';
  return side > 0 === (metric.better === 'higher') ? 'better' : 'worse';
}
