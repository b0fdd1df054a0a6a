import { erlangB } from '../queueing/erlang.ts';
import type { QueueModel, QueueSystem } from '../queueing/model.ts';
import { jsonValue } from './json-value.ts';
import type { JsonValue } from './json-value.ts';

/** What a model says of a system, flat, with the quantiles people ask for. Infinity where there is no steady state. */
export function theoryNumbers(model: QueueModel, system: QueueSystem) {
  const prediction = model.predict(system);
  return {
    ...prediction,
    blockingProbability: erlangB(system.servers, prediction.offeredLoad),
    waitingTimeP50: model.waitingTimeQuantile(system, 0.5),
    waitingTimeP95: model.waitingTimeQuantile(system, 0.95),
    waitingTimeP99: model.waitingTimeQuantile(system, 0.99),
    sojournTimeP50: model.sojournTimeQuantile(system, 0.5),
    sojournTimeP95: model.sojournTimeQuantile(system, 0.95),
    sojournTimeP99: model.sojournTimeQuantile(system, 0.99),
  };
}

/** Why this number of servers, when it was not given. */
export interface StaffingNote {
  /** as the person wrote it: `p95=500ms` */
  readonly objective: string;
  /** false: the service alone takes too long, whatever the number of servers */
  readonly attainable: boolean;
}

/** `headroom/theory/v1`. */
export function theoryJson(model: QueueModel, system: QueueSystem, staffing?: StaffingNote): JsonValue {
  const { name, title, assumptions, accuracy } = model;
  const numbers = theoryNumbers(model, system);
  return jsonValue({
    schema: 'headroom/theory/v1',
    model: name,
    title,
    assumptions,
    accuracy,
    ...system,
    steadyState: numbers.trafficIntensity < 1,
    ...numbers,
    staffing,
  });
}
