import type { Observation, ServiceSeen } from '../contract.ts';

/** The service as plain numbers: an observation may work its percentiles out only when asked. */
export function serviceNumbers(service: ServiceSeen): Record<keyof ServiceSeen, number> {
  return {
    arrivalRate: service.arrivalRate,
    throughput: service.throughput,
    queueLength: service.queueLength,
    inService: service.inService,
    utilisation: service.utilisation,
    cpuUtilisation: service.cpuUtilisation,
    latencyMean: service.latencyMean,
    latencyP50: service.latencyP50,
    latencyP95: service.latencyP95,
    latencyP99: service.latencyP99,
    serviceTimeMean: service.serviceTimeMean,
    serviceScv: service.serviceScv,
    errorRate: service.errorRate,
  };
}

/**
 * What a policy is asked, as JSON. NaN becomes null on the way and NaN again inside.
 *
 * @param state JSON
 * @param parameters JSON
 */
export function questionOf(seen: Observation, state: string, parameters: string): string {
  const { time, desiredReplicas, currentReplicas, readyReplicas, pods } = seen;
  const service = serviceNumbers(seen.service);
  const observation = JSON.stringify({ time, desiredReplicas, currentReplicas, readyReplicas, pods, service });
  return `{"observation":${observation},"state":${state},"parameters":${parameters}}`;
}
