import type { LoadedScenario } from '../experiment/load.ts';
import { createDistribution } from '../random/registry.ts';
import { arrivalRateOf, cpuModelOf, serviceOf } from '../scenario/build.ts';
import { livePolicyOf } from '../scenario/reality-status.ts';
import { integrate } from '../workload/rate-function.ts';
import type { RecordedReadings } from './readings.ts';

/** The rule every introduction gives: ⌈replicas × CPU ÷ target⌉, from each row of the recording to the same row. */
export interface TextbookRule {
  readonly replicas: Float64Array;
  /** where its CPU comes from: the recording, or the utilisation law with the service demand of the scenario */
  readonly cpuFrom: 'recording' | 'utilisation law';
}

/**
 * What the textbook rule of the HPA makes of the recording, without queueing, delays or limits of speed: the yardstick a
 * simulation has to beat to be worth anything.
 *
 * @returns null unless the live policy is an HPA with a target of CPU utilization
 */
export function textbookRule(loaded: LoadedScenario, readings: RecordedReadings): TextbookRule | null {
  const { scenario } = loaded;
  const hpa = scenario.policies.find(({ name }) => name === livePolicyOf(scenario))?.controller.hpa;
  const target = hpa === undefined ? null : cpuTargetOf(hpa.metrics);
  if (hpa === undefined || target === null) return null;
  const { cpu } = readings;
  const { idle, perBusySlot, request } = cpuModelOf(serviceOf(scenario));
  const demand = createDistribution(serviceOf(scenario).serviceTime).mean * perBusySlot;
  const rate = arrivalRateOf(loaded, 0);
  const replicas = readings.time.map((time, i) => {
    const present = readings.replicas[i]!;
    let share = ((integrate(rate, time, time + readings.bucket) / readings.bucket) * demand) / present / request;
    share += idle / request;
    if (cpu !== null) share = cpu.unit === 'cores' ? cpu.values[i]! / present / request : cpu.values[i]!;
    // Twelve digits: 3 × 0.5 ÷ 0.5 is to be 3.
    const wished = Math.ceil(Number(((present * share) / target).toPrecision(12)));
    return Math.min(hpa.maxReplicas, Math.max(hpa.minReplicas, wished));
  });
  return { replicas, cpuFrom: cpu === null ? 'utilisation law' : 'recording' };
}

type Metrics = NonNullable<LoadedScenario['scenario']['policies'][number]['controller']['hpa']>['metrics'];

/** The share of the request an HPA aims at; null when it aims at something else. */
function cpuTargetOf(metrics: Metrics): number | null {
  if (metrics === undefined || metrics.length === 0) return 0.8;
  for (const metric of metrics) {
    const target =
      metric.type === 'Resource'
        ? metric.resource.target
        : metric.type === 'ContainerResource'
          ? metric.containerResource.target
          : undefined;
    if (target?.averageUtilization !== undefined) return target.averageUtilization / 100;
  }
  return null;
}
