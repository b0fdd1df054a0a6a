import { formatFixed, formatMoney, formatNumber, formatSeconds, formatShare } from '../../../sim-core/index.ts';
import type { Estimate, RunSummary } from '../../../sim-core/index.ts';

/** One column of the comparison. */
export interface Metric {
  readonly key: keyof RunSummary;
  readonly title: string;
  readonly help: string;
  readonly better: 'higher' | 'lower';
  /** `612 ms` */
  print(value: number): string;
  /** The half-width beside the mean, in the mean's unit: `18`; digits follow the half-width. */
  printHalfWidth(halfWidth: number, mean: number): string;
  /** The signed difference: `−181`. */
  printDifference(difference: Estimate, mean: number): string;
}

const plusMinus = '±';
const sign = (value: number, printed: string): string =>
  value > 0 ? `+${printed}` : value < 0 ? `−${printed}` : printed;

/** As many digits as make two significant ones of the half-width, none for large ones. */
function alike(value: number, halfWidth: number): string {
  const reference = Number.isFinite(halfWidth) && halfWidth > 0 ? halfWidth : value / 100;
  if (!(Math.abs(reference) > 0)) return formatNumber(value);
  const decimals = Math.max(0, Math.min(4, 1 - Math.floor(Math.log10(Math.abs(reference)))));
  return formatFixed(value, decimals);
}

/** Metrics whose numbers are plain after a factor: 0.9731 → 97.31. */
function scaled(
  factorOf: (mean: number) => number,
  print: (value: number) => string,
): Pick<Metric, 'print' | 'printHalfWidth' | 'printDifference'> {
  return {
    print,
    printHalfWidth: (halfWidth, mean) => alike(halfWidth * factorOf(mean), halfWidth * factorOf(mean)),
    printDifference: ({ mean: difference, halfWidth }, mean) => {
      const factor = factorOf(mean);
      const text = sign(difference, alike(Math.abs(difference) * factor, halfWidth * factor));
      return Number.isNaN(halfWidth) ? text : `${text} ${plusMinus} ${alike(halfWidth * factor, halfWidth * factor)}`;
    },
  };
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
      ...scaled((mean) => (mean < 0.9995 ? 1000 : mean < 119.5 ? 1 : mean < 3600 ? 1 / 60 : 1 / 3600), formatSeconds),
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
      print: (value) => formatMoney(value, currency),
      printHalfWidth: (halfWidth) => alike(halfWidth, halfWidth),
      printDifference: ({ mean: difference, halfWidth }) => {
        const text = sign(difference, formatFixed(Math.abs(difference), Math.abs(difference) < 1000 ? 2 : 0));
        return Number.isNaN(halfWidth) ? text : `${text} ${plusMinus} ${alike(halfWidth, halfWidth)}`;
      },
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
