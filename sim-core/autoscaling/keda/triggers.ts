import type { Observation } from '../contract.ts';
import { namedMetric } from '../hpa/metric-names.ts';
import { timeZone } from '../../units/zone/time-zone.ts';
import { parseCron } from '../scheduled/cron.ts';
import { lastDueIn } from '../scheduled/zoned-cron.ts';
import type { KedaTrigger } from './config.ts';

/** Equal is not enough. */
export const isTriggerActive = (value: number, activationThreshold: number): boolean => value > activationThreshold;

/** A trigger whose value becomes an External metric of the HPA. */
export interface ExternalTrigger {
  readonly label: string;
  /** as a formula calls it */
  readonly name: string | null;
  readonly target: { readonly type: 'AverageValue' | 'Value'; /** thousandths */ readonly value: number };
  readonly useCachedMetrics: boolean;
  poll(seen: Observation): Polled;
}

/** What a trigger answers. */
export interface Polled {
  /** null: it failed */
  readonly value: number | null;
  readonly error: string | null;
  readonly isActive: boolean;
}

/** A quantity as KEDA hands it over: thousandths, cut off. */
export const inMilli = (value: number): number => Math.trunc(value * 1000);

/** @returns null for triggers that are metrics of pods (cpu) */
export function externalTrigger(trigger: KedaTrigger, index: number, startEpoch: number): ExternalTrigger | null {
  if (trigger.type !== 'cron' && trigger.type !== 'prometheus') return null;
  const type = trigger.metricType === 'Value' ? 'Value' : 'AverageValue';
  const { useCachedMetrics, name = null } = trigger;
  const label = name ?? (trigger.type === 'cron' ? `cron-${index}` : trigger.metric);
  if (trigger.type === 'cron') {
    const isOn = cronWindow(trigger.metadata, startEpoch);
    const { desiredReplicas } = trigger.metadata;
    // Outside its window a cron trigger asks for one replica, and is inactive.
    const poll = ({ time }: Observation): Polled => {
      const isActive = isOn(time);
      return { value: isActive ? desiredReplicas : 1, error: null, isActive };
    };
    return { label, name, target: { type, value: 1000 }, useCachedMetrics, poll };
  }
  const { threshold, activationThreshold, ignoreNullValues } = trigger.metadata;
  const metric = namedMetric(trigger.metric);
  const poll = ({ service }: Observation): Polled => {
    const read = metric?.read(service) ?? NaN;
    if (Number.isNaN(read) && !ignoreNullValues) {
      return { value: null, error: 'the query returned no value', isActive: false };
    }
    const value = Number.isNaN(read) ? 0 : read;
    return { value, error: null, isActive: isTriggerActive(value, activationThreshold) };
  };
  return { label, name, target: { type, value: inMilli(threshold) }, useCachedMetrics, poll };
}

/** On from a start until an end: whether the start was due later than the end. */
function cronWindow(
  { start, end, timezone }: { readonly start: string; readonly end: string; readonly timezone: string },
  startEpoch: number,
): (time: number) => boolean {
  const [from, to] = [start, end].map((text) => {
    const { cron, problem } = parseCron(text);
    if (cron === undefined) throw new Error(problem);
    return cron;
  });
  const zone = timeZone(timezone);
  let minute = NaN;
  let found = false;
  return (time) => {
    const epoch = startEpoch + time;
    if (Math.floor(epoch / 60) !== minute && from !== undefined && to !== undefined) {
      minute = Math.floor(epoch / 60);
      found = (lastDueIn(from, zone, epoch) ?? -Infinity) > (lastDueIn(to, zone, epoch) ?? -Infinity);
    }
    return found;
  };
}
