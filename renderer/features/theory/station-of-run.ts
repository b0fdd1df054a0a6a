import { serviceMoments, serviceOf } from '../../../sim-core/index.ts';
import type { ParameterValues } from '../../../sim-core/index.ts';
import type { Session } from '../../session.ts';
import { watchedPolicy } from '../decisions/step.ts';

/** What the run that is shown measured of its service, as parameters of a model; null before the first result. */
export function stationOfRun(session: Session): Partial<ParameterValues> | null {
  const { shown } = session.runs.store.getState();
  const policy = watchedPolicy(session);
  const run = shown?.comparison.policies.find((result) => result.policy === policy)?.example;
  if (!shown || !run) return null;
  const { columns } = run;
  const service = serviceMoments(columns);
  if (service === null) return null;
  const seconds = run.stoppedEarly?.at ?? shown.scenario.horizon;
  const sum = (column: Float64Array): number => column.reduce((total, value) => total + value, 0);
  const three = (value: number): number => Number(value.toPrecision(3));
  const servers = Math.max(1, Math.round(sum(columns.readySlotSeconds) / seconds));
  const { queue } = serviceOf(shown.scenario);
  return {
    arrivalRate: three(sum(columns.arrivals) / seconds),
    serviceTimeMean: three(service.serviceTimeMean),
    serviceScv: three(service.serviceScv),
    servers,
    ...(queue.capacity !== undefined && { capacity: servers + queue.capacity }),
    ...(queue.timeout !== undefined && { patienceMean: queue.timeout }),
  };
}
