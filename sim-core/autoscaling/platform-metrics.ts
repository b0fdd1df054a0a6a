import type { Observation } from './contract.ts';
import { knownMetricNames, namedMetric } from './hpa/metric-names.ts';

/** A metric as the monitoring of a platform hands it out, by name. */
export interface PlatformMetric {
  readonly name: string;
  /** NaN where nothing was observed */
  read(seen: Observation): number;
}

const perReplica = '_per_replica';

/**
 * A metric by the name a platform has for CPU utilisation (in percent), or by one of the names every simulated service
 * offers; `_per_replica` at the end of the latter shares a total out among the ready replicas.
 *
 * @param cpuNames what the platform calls CPU utilisation
 * @returns undefined for a metric the simulation cannot observe
 */
export function platformMetric(name: string, cpuNames: readonly string[]): PlatformMetric | undefined {
  if (cpuNames.includes(name)) return { name, read: ({ service }) => service.cpuUtilisation * 100 };
  const total = namedMetric(name);
  if (total !== undefined) return { name, read: ({ service }) => total.read(service) };
  if (!name.endsWith(perReplica)) return undefined;
  const shared = namedMetric(name.slice(0, -perReplica.length));
  if (shared?.shared !== true) return undefined;
  return {
    name,
    read: ({ service, readyReplicas }) => (readyReplicas > 0 ? shared.read(service) / readyReplicas : NaN),
  };
}

/** What to say of a metric that is not there. */
export function unknownMetric(name: string, cpuNames: readonly string[]): string {
  const known = [...cpuNames, ...knownMetricNames].join(', ');
  return `The simulated service has no metric \`${name}\`. It offers: ${known}; rates and counts also with \`${perReplica}\` at the end.`;
}
