import type { Observation, PodSeen } from '../contract.ts';
import { platformMetric } from '../platform-metrics.ts';
import { inWords, percentInWords } from '../words.ts';
import type { GcpConfig } from './config.ts';
import { roundedSize } from './rules.ts';

/** What one signal asks for. */
export interface Signal {
  readonly name: string;
  /** as seen in the log: CPU as a fraction, other metrics as they are */
  readonly value: number;
  /** instances; NaN without a measurement */
  readonly size: number;
  readonly detail: string;
}

export function signalsOf(config: GcpConfig, seen: Observation, cpuRequestMilli: number): Signal[] {
  const signals: Signal[] = [];
  if (config.cpuUtilization !== undefined) {
    signals.push(cpuSignal(config.cpuUtilization.utilizationTarget, config.coolDownPeriodSec, seen, cpuRequestMilli));
  }
  for (const { metric, utilizationTarget, singleInstanceAssignment } of config.customMetricUtilizations) {
    const value = platformMetric(metric, [])?.read(seen) ?? NaN;
    // An average grows as instances leave, a value of the group does not depend on them.
    const needed =
      singleInstanceAssignment === undefined
        ? (seen.readyReplicas * value) / (utilizationTarget ?? NaN)
        : value / singleInstanceAssignment;
    const per = singleInstanceAssignment ?? utilizationTarget ?? NaN;
    signals.push(
      signal(metric, value, needed, seen.desiredReplicas, `${metric} ${inWords(value)} at ${inWords(per)} an instance`),
    );
  }
  return signals;
}

/** To grow, only instances past their initialization count; to shrink, all that run. */
function cpuSignal(target: number, initialization: number, seen: Observation, cpuRequestMilli: number): Signal {
  const running = seen.pods.filter(({ phase, terminating }) => phase === 'running' && !terminating);
  const initialised = running.filter(({ startTime }) => seen.time - startTime >= initialization);
  const used = (pods: readonly PodSeen[]): number => {
    const measured = pods.filter(({ cpuMilli }) => !Number.isNaN(cpuMilli));
    return measured.length === 0 ? NaN : measured.reduce((sum, { cpuMilli }) => sum + cpuMilli, 0) / cpuRequestMilli;
  };
  const current = seen.desiredReplicas;
  const forGrowth = used(initialised) / target;
  const forShrinking = Math.min(current, used(running) / target);
  const needed = forGrowth > current ? forGrowth : forShrinking;
  const load = needed * target;
  return signal(
    'cpu',
    seen.service.cpuUtilisation,
    needed,
    current,
    `CPU of ${inWords(load)} instances at ${percentInWords(target)}`,
  );
}

function signal(name: string, value: number, needed: number, current: number, words: string): Signal {
  const size = Number.isNaN(needed) ? NaN : roundedSize(current, needed);
  return { name, value, size, detail: `${words}: ${inWords(needed)} needed → ${inWords(size)}` };
}
