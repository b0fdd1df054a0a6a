import { controllerConfig } from '../../../sim-core/autoscaling/registry.ts';
import { timeZone } from '../../../sim-core/units/zone/time-zone.ts';

/** Keys that name things outside the simulation: writers fill them in, and no decision rests on them. */
const names: Readonly<Record<string, readonly string[]>> = {
  hpa: ['scaleTargetRef'],
  keda: ['scaleTargetRef'],
  watermark: ['scaleTargetRef'],
  aws: ['AlarmName', 'Namespace', 'Statistic', 'PolicyName', 'ScheduledActionName'],
  azure: ['enabled', 'name', 'targetResourceUri', 'metricResourceUri', 'timeGrain'],
  nomad: ['enabled'],
};

/** What of a controller's configuration decides: parsed, so that two ways of writing one thing are equal. */
export function decisive(controller: unknown): unknown {
  const parsed = controllerConfig.parse(controller);
  const [kind = ''] = Object.keys(parsed);
  const left = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(left);
    if (value === null || typeof value !== 'object') return value;
    const kept = Object.entries(value).filter(([key]) => !(names[kind] ?? []).includes(key));
    return Object.fromEntries(
      kept.map(([key, each]) => [key, /^timezone$/i.test(key) ? clockOf(String(each)) : left(each)]),
    );
  };
  return left(parsed);
}

/** Zones that never change their clocks have several names; one that does has its own. */
function clockOf(zone: string): unknown {
  const stretch = timeZone(zone).stretchAt(0);
  return stretch.until === Infinity && stretch.from === -Infinity ? stretch.offset : zone;
}
