import type { Decision } from '../autoscaling/contract.ts';
import { formatNumber, formatQuantity } from './chart/quantity.ts';

/** `cpuUtilisation` → `CPU use`; unknown names are split into words. */
const observedNames: Readonly<Record<string, string>> = {
  cpuUtilisation: 'CPU use',
  utilisation: 'Slot use',
  arrivalRate: 'Arrival rate',
  forecastRate: 'Forecast rate',
  queueLength: 'Backlog',
  latencyP50: 'p50',
  latencyP95: 'p95',
  latencyP99: 'p99',
  latencyMean: 'Mean latency',
  serviceTimeMean: 'Service time',
};

/** A measurement with the unit its name implies: `CPU use 83.1 %`. */
export function observedWords(name: string, value: number): string {
  const label = observedNames[name] ?? name.replace(/([a-z])([A-Z0-9])/g, '$1 $2').toLowerCase();
  const lower = name.toLowerCase();
  const quantity = /utili[sz]ation|errorrate|share|ratio/.test(lower)
    ? 'fraction'
    : /latency|^p\d+$|time|wait|delay|seconds/.test(lower)
      ? 'seconds'
      : /rate|throughput/.test(lower)
        ? 'rate'
        : 'count';
  return `${label} ${formatQuantity(value, quantity)}`;
}

/** `rate-limit` → `Rate limit`. */
export const stageWords = (name: string): string =>
  name.replace(/-/g, ' ').replace(/^\w/, (letter) => letter.toUpperCase());

/** What was done and what would have been: `Wished 24, applied 20; without rate limit 24.` */
export function outcomeWords({ recommended, applied, binding, withoutBinding }: Decision): string {
  const wished = Number.isNaN(recommended) ? 'Applied' : `Wished ${formatNumber(recommended)}, applied`;
  const without =
    binding === null || Number.isNaN(withoutBinding)
      ? ''
      : `; without ${stageWords(binding).toLowerCase()} ${formatNumber(withoutBinding)}`;
  return `${wished} ${formatNumber(applied)}${without}.`;
}

/**
 * The arithmetic of one decision as lines of text: what was observed, each stage with its input, output, detail and
 * reason (the binding one is marked `▸`), and what would have been without that stage.
 */
export function explanationLines(decision: Decision): string[] {
  const { observed, stages, binding, current, applied } = decision;
  const measured = Object.entries(observed).filter(([, value]) => !Number.isNaN(value));
  const bound = stages.findLastIndex(({ name }) => name === binding);
  const names = stages.map(({ name }) => stageWords(name));
  const flows = stages.map(({ input, output }) => `${formatNumber(input)} → ${formatNumber(output)}`);
  const width = (texts: readonly string[]): number => Math.max(0, ...texts.map(({ length }) => length));
  return [
    applied === current
      ? `Stays at ${formatNumber(current)} replicas.`
      : `${formatNumber(current)} → ${formatNumber(applied)} replicas.`,
    ...(measured.length === 0
      ? []
      : [`Observed: ${measured.map(([name, value]) => observedWords(name, value)).join(', ')}`]),
    ...stages.map(({ detail, reason }, index) =>
      [
        index === bound ? '▸' : ' ',
        names[index]!.padEnd(width(names)),
        flows[index]!.padEnd(width(flows)),
        `${detail} (${reason})`,
      ].join('  '),
    ),
    outcomeWords(decision),
  ];
}
