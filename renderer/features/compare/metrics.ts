import { currencySymbol, exponentOf, formatFixed, noValue } from '../../../sim-core/index.ts';
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

/** A number to so many decimals; one more when nothing would be left of it, none when there is nothing. */
function beside(value: number, decimals: number): string {
  if (value === 0) return '0';
  for (const digits of [decimals, decimals + 1]) {
    const text = formatFixed(value, digits);
    if (Number(text.replaceAll(',', '')) !== 0) return text;
  }
  return '0';
}

interface Scale {
  /** What the numbers are multiplied by to stand in the printed unit. */
  readonly factor: number;
  readonly decimals: number;
  /** Of the mean itself, where it needs none: `100 %`, `0`. */
  readonly meanDecimals?: number;
  readonly before?: string;
  readonly after?: string;
}

/** A metric whose mean, half-width and difference stand in one unit and end at the same digit. */
function scaled(scaleOf: (mean: number) => Scale): Pick<Metric, 'print' | 'printHalfWidth' | 'printDifference'> {
  return {
    print(mean) {
      if (Number.isNaN(mean)) return noValue;
      const { factor, decimals, meanDecimals = decimals, before = '', after = '' } = scaleOf(mean);
      return `${before}${formatFixed(mean * factor, meanDecimals)}${after}`;
    },
    printHalfWidth(halfWidth, mean) {
      const { factor, decimals } = scaleOf(mean);
      return beside(halfWidth * factor, decimals);
    },
    printDifference({ mean: difference, halfWidth }, mean) {
      const { factor, decimals } = scaleOf(mean);
      const text = sign(difference, beside(Math.abs(difference) * factor, decimals));
      return Number.isNaN(halfWidth) ? text : `${text} ± ${beside(halfWidth * factor, decimals)}`;
    },
  };
}

/** Decimals that make three significant digits. */
const threeDigits = (value: number): number => Math.max(0, 2 - exponentOf(value));

/** The unit that suits a time, so that it stays one number: `612 ms`, `2.18 s`, `2.12 min`. */
function timeScale(seconds: number): Scale {
  const [factor, unit] =
    seconds < 0.9995 ? [1000, 'ms'] : seconds < 119.5 ? [1, 's'] : seconds < 7170 ? [1 / 60, 'min'] : [1 / 3600, 'h'];
  return { factor, decimals: threeDigits(seconds * factor), after: ` ${unit}` };
}

/** The columns, in their order. Money prints in the scenario's currency. */
export function metricsOf(currency: string): readonly Metric[] {
  return [
    {
      key: 'sloAttainment',
      title: 'SLO met',
      help: 'Share of the SLO windows that met every objective',
      better: 'higher',
      ...scaled((mean) => ({
        factor: 100,
        decimals: 2,
        ...(mean === 0 || mean === 1 ? { meanDecimals: 0 } : {}),
        after: ' %',
      })),
    },
    {
      key: 'latencyP95',
      title: 'p95 latency',
      help: '95 % of the requests were answered within this time, over the whole run',
      better: 'lower',
      ...scaled(timeScale),
    },
    {
      key: 'maxBacklog',
      title: 'Max backlog',
      help: 'The most requests that waited at once',
      better: 'lower',
      ...scaled((mean) => ({ factor: 1, decimals: mean < 10 && !Number.isInteger(mean) ? 1 : 0 })),
    },
    {
      key: 'replicaHours',
      title: 'Replica-hours',
      help: 'Replicas paid for, start-up and draining included',
      better: 'lower',
      ...scaled((mean) => ({ factor: 1, decimals: mean < 1000 ? 1 : 0 })),
    },
    {
      key: 'cost',
      title: 'Cost',
      help: 'Replicas, and SLO violations at their stated price',
      better: 'lower',
      ...scaled((mean) => ({ factor: 1, decimals: mean < 1000 ? 2 : 0, before: `${currencySymbol(currency)} ` })),
    },
    {
      key: 'flaps',
      title: 'Flaps',
      help: 'A scale-up followed by a scale-down within the flap window, or the reverse; mean over the replications',
      better: 'lower',
      ...scaled((mean) => ({ factor: 1, decimals: 1, ...(Number.isInteger(mean) ? { meanDecimals: 0 } : {}) })),
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
